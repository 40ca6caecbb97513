using Proximal.Tensors.Random;

namespace Proximal.Worlds.TowerDefence;

/// <summary>Draws decisions: without a mask, any type at any place of the map; with one, a type that can be done now and then one of its targets.</summary>
public sealed class RandomTowerAgent : ITowerAgent
{
    private readonly bool masked;
    private readonly bool[] mask = new bool[TowerChoices.Count];
    private readonly int[] counts = new int[TowerAction.Types];
    private RandomStream random;

    /// <summary>Creates the agent.</summary>
    /// <param name="masked">Whether it draws among what can be done.</param>
    public RandomTowerAgent(bool masked) => this.masked = masked;

    /// <inheritdoc/>
    public string Name => masked ? "masked-random" : "random";

    /// <inheritdoc/>
    public void Begin(TowerWorld world, ulong seed) => random = new RandomStream(seed, RandomPurpose.Exploration);

    /// <inheritdoc/>
    public TowerAction Choose(TowerWorld world)
    {
        ArgumentNullException.ThrowIfNull(world);
        long position = 3L * world.Decision;
        if (!masked)
        {
            double width = 2 * TowerRules.MapRadius;
            return new TowerAction(
                (TowerActionType)random.Integer(position, TowerAction.Types),
                (random.Uniform(position + 1) * width) - TowerRules.MapRadius,
                (random.Uniform(position + 2) * width) - TowerRules.MapRadius);
        }

        TowerChoices.WriteMask(world, mask);
        Array.Clear(counts);
        for (int choice = 0; choice < mask.Length; choice++)
        {
            counts[(int)TowerChoices.TypeOf(choice)] += mask[choice] ? 1 : 0;
        }

        int type = Nth(random.Integer(position, counts.Count(count => count > 0)), index => counts[index] > 0);
        int target = random.Integer(position + 1, counts[type]);
        return TowerChoices.ToAction(world, Nth(target, index => mask[index] && (int)TowerChoices.TypeOf(index) == type));
    }

    private static int Nth(int n, Func<int, bool> counts)
    {
        int index = -1;
        do
        {
            index++;
            n -= counts(index) ? 1 : 0;
        }
        while (n >= 0);

        return index;
    }
}
