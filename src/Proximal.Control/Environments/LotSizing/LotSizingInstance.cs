namespace Proximal.Control.Environments.LotSizing;

/// <summary>
/// Items that machines make in lots, and their costs (stochastic discrete lot sizing, Fleischmann 1990). The two halves of a step are pure functions of
/// the state: <see cref="Produce"/> and <see cref="Sell"/>.
/// </summary>
public sealed class LotSizingInstance
{
    private readonly int[] output;
    private readonly int[] setupLoss;
    private readonly double[] setupCost;
    private readonly double[] holdingCost;
    private readonly double[] lostSaleCost;
    private readonly DemandDistribution[] demands;

    private LotSizingInstance(int items, int machines, int capacity, int output, int setupLoss, Func<double> setupCost, Func<double> holdingCost, Func<double> lostSaleCost, DemandDistribution demand)
    {
        (Items, Machines, Capacity) = (items, machines, capacity);
        this.output = new int[items * machines];
        this.setupLoss = new int[items * machines];
        this.setupCost = new double[items * machines];
        Array.Fill(this.output, output);
        Array.Fill(this.setupLoss, setupLoss);
        for (int i = 0; i < this.setupCost.Length; i++)
        {
            this.setupCost[i] = setupCost();
        }

        this.holdingCost = [.. Enumerable.Range(0, items).Select(_ => holdingCost())];
        this.lostSaleCost = [.. Enumerable.Range(0, items).Select(_ => lostSaleCost())];
        demands = [.. Enumerable.Repeat(demand, items)];
    }

    /// <summary>Number of items.</summary>
    public int Items { get; }

    /// <summary>Number of machines.</summary>
    public int Machines { get; }

    /// <summary>The most units of an item that can be stored.</summary>
    public int Capacity { get; }

    /// <summary>Two items on one machine, small enough to be solved exactly: stores of 8, three units a lot less one after a set-up of cost 2, holding
    /// cost 1, lost sales 5, demand Binomial(3, 1/3).</summary>
    public static LotSizingInstance Small { get; } = new(2, 1, 8, 3, 1, () => 2, () => 1, () => 5, DemandDistribution.Binomial(3, 1.0 / 3));

    /// <summary>An instance with drawn costs: lots of four units less one after a set-up, demand Poisson(1.5), set-up costs U(2, 6), holding costs
    /// U(0.5, 1.5), lost sales U(4, 8).</summary>
    /// <param name="items">Number of items, 1 to 100.</param>
    /// <param name="machines">Number of machines, 1 to 50.</param>
    /// <param name="seed">Seed of the costs.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static LotSizingInstance Drawn(int items, int machines, ulong seed)
    {
        OptionRange.Check(nameof(items), items, 1, 100);
        OptionRange.Check(nameof(machines), machines, 1, 50);
        EpisodeRandom random = new(seed);
        return new LotSizingInstance(items, machines, 20, 4, 1, () => random.Uniform(2, 6), () => random.Uniform(0.5, 1.5), () => random.Uniform(4, 8), DemandDistribution.Poisson(1.5));
    }

    /// <summary>The demand of an item in a step.</summary>
    public DemandDistribution Demand(int item) => demands[item];

    /// <summary>What machines do for certain: every machine makes one lot of its item, less after a change of items.</summary>
    /// <param name="inventory">Units in store [items]; receives those after production.</param>
    /// <param name="configuration">Item that each machine is set up for, counted from 1, 0 for none [machines]; receives those after production.</param>
    /// <param name="lots">Item that each machine makes, counted from 1, 0 for none [machines].</param>
    /// <returns>Cost of the set-ups.</returns>
    public double Produce(Span<int> inventory, Span<int> configuration, ReadOnlySpan<int> lots)
    {
        double cost = 0;
        for (int machine = 0; machine < Machines; machine++)
        {
            int item = lots[machine] - 1;
            if (item < 0)
            {
                continue;
            }

            int at = (item * Machines) + machine;
            bool changes = configuration[machine] != item + 1;
            cost += changes ? setupCost[at] : 0;
            inventory[item] = Math.Min(Capacity, inventory[item] + output[at] - (changes ? setupLoss[at] : 0));
            configuration[machine] = item + 1;
        }

        return cost;
    }

    /// <summary>What chance does: demand is sold from the stores, and what is missing is lost.</summary>
    /// <param name="inventory">Units in store [items]; receives those after sales.</param>
    /// <param name="demand">Units asked for [items].</param>
    /// <returns>Cost of what is stored afterwards and of lost sales.</returns>
    public double Sell(Span<int> inventory, ReadOnlySpan<int> demand)
    {
        double cost = 0;
        for (int item = 0; item < Items; item++)
        {
            int sold = Math.Min(inventory[item], demand[item]);
            inventory[item] -= sold;
            cost += (holdingCost[item] * inventory[item]) + (lostSaleCost[item] * (demand[item] - sold));
        }

        return cost;
    }
}
