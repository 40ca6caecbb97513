using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Rewards;

/// <summary>A number that the environment counted, as a term of the reward: with a negative weight a price on tool calls or errors. An episode without it earns 0.</summary>
public sealed class CounterReward(CounterOptions options) : IReward
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IReward, CounterOptions> Definition { get; } = new(
        new ComponentInfo("counter", Seam.Rewards, "A number that the environment counted, such as look-ups or errors.", "r = n_counter", ""),
        CounterOptions.Schema,
        options => new CounterReward(options));

    /// <inheritdoc/>
    public float Score(Trajectory trajectory)
    {
        ArgumentNullException.ThrowIfNull(trajectory);
        return (float)trajectory.Counters.GetValueOrDefault(options.Counter);
    }
}
