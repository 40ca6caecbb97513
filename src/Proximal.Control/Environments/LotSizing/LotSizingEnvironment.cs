using System.Globalization;
using Proximal.Control.Rendering;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Tensors;

namespace Proximal.Control.Environments.LotSizing;

/// <summary>
/// Stochastic discrete lot sizing: in every step each machine makes a lot of one item or nothing, then demand is sold. The observation is the share of
/// every store that is full and, for every machine, which item it is set up for (one-hot, none first). The reward is minus the cost of set-ups, of
/// storing and of lost sales. An episode begins with empty stores and machines that are set up for nothing.
/// </summary>
public sealed class LotSizingEnvironment : SingleEnvironment, IPostDecision
{
    private readonly LotSizingInstance instance;
    private readonly int maximumSteps;
    private readonly int[] inventory;
    private readonly int[] configuration;
    private readonly int[] lots;
    private readonly int[] demand;
    private readonly int[] postInventory;
    private readonly int[] postConfiguration;

    /// <summary>Creates an environment.</summary>
    /// <param name="options">Size and limit; the small instance when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public LotSizingEnvironment(LotSizingOptions? options = null)
        : this((options ?? new LotSizingOptions()).CreateInstance(), (options ?? new LotSizingOptions()).MaximumSteps)
    {
    }

    /// <summary>Creates an environment.</summary>
    /// <param name="instance">Items, machines and costs.</param>
    /// <param name="maximumSteps">Steps after which an episode is truncated.</param>
    public LotSizingEnvironment(LotSizingInstance instance, int maximumSteps = 100)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumSteps, 1);
        (this.instance, this.maximumSteps) = (instance, maximumSteps);
        inventory = new int[instance.Items];
        postInventory = new int[instance.Items];
        demand = new int[instance.Items];
        configuration = new int[instance.Machines];
        postConfiguration = new int[instance.Machines];
        lots = new int[instance.Machines];
        int[] choices = new int[instance.Machines];
        Array.Fill(choices, instance.Items + 1);
        Specification = new EnvironmentSpecification
        {
            Name = "lot-sizing",
            Observations = new BoxSpace(new Shape(instance.Items + (instance.Machines * (instance.Items + 1))), 0, 1),
            Actions = new MultiDiscreteSpace(choices),
            MaximumSteps = maximumSteps,
        };
    }

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; }

    /// <inheritdoc/>
    public int PostDecisionWidth => Specification.Observations.Width;

    /// <inheritdoc/>
    public double Decide(ReadOnlySpan<float> action, Span<float> postDecision)
    {
        inventory.CopyTo(postInventory, 0);
        configuration.CopyTo(postConfiguration, 0);
        ReadLots(action);
        double cost = instance.Produce(postInventory, postConfiguration, lots);
        Write(postInventory, postConfiguration, postDecision);
        return -cost;
    }

    /// <summary>Puts a state into the running episode.</summary>
    /// <param name="newInventory">Units in store [items].</param>
    /// <param name="newConfiguration">Item that each machine is set up for, counted from 1, 0 for none [machines].</param>
    public void SetState(ReadOnlySpan<int> newInventory, ReadOnlySpan<int> newConfiguration)
    {
        newInventory.CopyTo(inventory);
        newConfiguration.CopyTo(configuration);
    }

    /// <inheritdoc/>
    public override void Draw(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        canvas.SetWorld(-0.5, -0.3 * instance.Items, instance.Items + 0.5, 1.1 * instance.Items);
        for (int item = 0; item < instance.Items; item++)
        {
            canvas.Rectangle(item + 0.15, 0, item + 0.85, instance.Items, Color.Silver);
            canvas.Rectangle(item + 0.15, 0, item + 0.85, (double)instance.Items * inventory[item] / instance.Capacity, Array.IndexOf(configuration, item + 1) >= 0 ? Color.Amber : Color.Indigo);
            canvas.Text(new Point(item + 0.5, -0.12 * instance.Items), 0.08 * instance.Items, $"{inventory[item]}", Color.Ink);
        }
    }

    /// <inheritdoc/>
    public override void WriteText(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"step {Steps}, machines set up for {string.Join(' ', configuration.Select(item => item == 0 ? "-" : $"{item}"))}"));
        for (int item = 0; item < Math.Min(instance.Items, 40); item++)
        {
            writer.WriteLine($"item {item + 1,3} {new string('█', inventory[item])}{new string('·', instance.Capacity - inventory[item])} {inventory[item]}");
        }
    }

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new LotSizingEnvironment(instance, maximumSteps);

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation)
    {
        inventory.AsSpan().Clear();
        configuration.AsSpan().Clear();
        Write(inventory, configuration, observation);
    }

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        ReadLots(action);
        double cost = instance.Produce(inventory, configuration, lots);
        for (int item = 0; item < instance.Items; item++)
        {
            demand[item] = instance.Demand(item).Quantile(Random.Uniform());
        }

        cost += instance.Sell(inventory, demand);
        Write(inventory, configuration, observation);
        return new StepOutcome(-cost);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        state.Values<int>(inventory);
        state.Values<int>(configuration);
    }

    private void ReadLots(ReadOnlySpan<float> action)
    {
        for (int machine = 0; machine < lots.Length; machine++)
        {
            lots[machine] = (int)action[machine];
        }
    }

    private void Write(ReadOnlySpan<int> stores, ReadOnlySpan<int> setups, Span<float> features)
    {
        features.Clear();
        for (int item = 0; item < stores.Length; item++)
        {
            features[item] = (float)stores[item] / instance.Capacity;
        }

        for (int machine = 0; machine < setups.Length; machine++)
        {
            features[stores.Length + (machine * (stores.Length + 1)) + setups[machine]] = 1;
        }
    }
}
