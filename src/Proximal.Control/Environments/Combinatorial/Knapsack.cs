using System.Globalization;
using Proximal.Control.Rendering;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Tensors;

namespace Proximal.Control.Environments.Combinatorial;

/// <summary>
/// A knapsack that is filled item by item until none fits; the value of what is in it is the reward at the end. Weights and values are U(0, 1) in every
/// episode anew. The observation holds weight, value and whether it was taken of every item, and the share of the capacity that is left.
/// </summary>
public sealed class Knapsack : SingleEnvironment
{
    private readonly KnapsackOptions options;
    private readonly double capacity;
    private readonly double[] weights;
    private readonly double[] values;
    private readonly bool[] taken;
    private double left;

    /// <summary>Creates an environment whose episodes have random items.</summary>
    /// <param name="options">Size and capacity; 50 items when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public Knapsack(KnapsackOptions? options = null)
    {
        this.options = options ?? new KnapsackOptions();
        OptionRange.Check(nameof(KnapsackOptions.Items), this.options.Items, 1, 2000);
        capacity = this.options.ActualCapacity;
        OptionRange.Check(nameof(KnapsackOptions.Capacity), capacity, 1, 10_000);
        weights = new double[this.options.Items];
        values = new double[weights.Length];
        taken = new bool[weights.Length];
        Specification = new EnvironmentSpecification
        {
            Name = "knapsack",
            Observations = new BoxSpace(new Shape((3 * weights.Length) + 1), 0, 1),
            Actions = new DiscreteSpace(weights.Length),
            HasActionMask = true,
            Metrics = ["value"],
        };
    }

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; }

    /// <summary>The most weight.</summary>
    public double Capacity => capacity;

    /// <summary>Weights [items].</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>Values [items].</summary>
    public ReadOnlySpan<double> Values => values;

    private double Value
    {
        get
        {
            double sum = 0;
            for (int item = 0; item < taken.Length; item++)
            {
                sum += taken[item] ? values[item] : 0;
            }

            return sum;
        }
    }

    /// <summary>Lays out items and begins the running episode anew with them.</summary>
    /// <param name="newWeights">Weights from 0 to 1 [items].</param>
    /// <param name="newValues">Values from 0 to 1 [items].</param>
    /// <param name="observation">Receives the first observation.</param>
    /// <exception cref="ArgumentException">The numbers do not fit.</exception>
    public void SetItems(ReadOnlySpan<double> newWeights, ReadOnlySpan<double> newValues, Span<float> observation)
    {
        if (newWeights.Length != weights.Length || newValues.Length != weights.Length || newWeights.IndexOfAnyExceptInRange(0.0, 1.0) >= 0 || newValues.IndexOfAnyExceptInRange(0.0, 1.0) >= 0)
        {
            throw new ArgumentException($"{weights.Length} items have weights and values from 0 to 1.", nameof(newWeights));
        }

        newWeights.CopyTo(weights);
        newValues.CopyTo(values);
        Restart(observation);
    }

    /// <inheritdoc/>
    public override void WriteActionMask(Span<bool> mask)
    {
        for (int item = 0; item < taken.Length; item++)
        {
            mask[item] = Fits(item);
        }
    }

    /// <inheritdoc/>
    public override void WriteMetrics(Span<float> metrics) => metrics[0] = (float)Value;

    /// <inheritdoc/>
    public override void Draw(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        canvas.SetWorld(-0.08, -0.08, 1.08, 1.08);
        canvas.Line(new Point(0, 0), new Point(1, 0), 0.005, Color.Gray);
        canvas.Line(new Point(0, 0), new Point(0, 1), 0.005, Color.Gray);
        for (int item = 0; item < taken.Length; item++)
        {
            canvas.Circle(new Point(weights[item], values[item]), 0.014, taken[item] ? Color.Indigo : Fits(item) ? Color.Amber : Color.Silver);
        }
    }

    /// <inheritdoc/>
    public override void WriteText(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int full = (int)Math.Round(40 * (1 - (left / capacity)));
        writer.WriteLine($"{new string('█', full)}{new string('·', 40 - full)}");
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"value {Value:0.000}, room {left:0.000} of {capacity}"));
    }

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new Knapsack(options);

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation)
    {
        for (int item = 0; item < weights.Length; item++)
        {
            weights[item] = Random.Uniform();
            values[item] = Random.Uniform();
        }

        Restart(observation);
    }

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        int item = (int)action[0];
        if (!Fits(item))
        {
            throw new InvalidOperationException($"item {item} was taken or does not fit; the action mask says which do");
        }

        taken[item] = true;
        left -= weights[item];
        Observe(observation);
        for (int other = 0; other < taken.Length; other++)
        {
            if (Fits(other))
            {
                return default;
            }
        }

        return new StepOutcome(Value, Terminated: true);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Values<double>(weights);
        state.Values<double>(values);
        state.Values<bool>(taken);
        state.Value(ref left);
    }

    private bool Fits(int item) => !taken[item] && weights[item] <= left;

    private void Restart(Span<float> observation)
    {
        taken.AsSpan().Clear();
        left = capacity;
        Observe(observation);
    }

    private void Observe(Span<float> observation)
    {
        for (int item = 0; item < weights.Length; item++)
        {
            (observation[3 * item], observation[(3 * item) + 1], observation[(3 * item) + 2]) = ((float)weights[item], (float)values[item], taken[item] ? 1 : 0);
        }

        observation[^1] = (float)(left / capacity);
    }
}
