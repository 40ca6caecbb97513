using System.Text.Json;
using Proximal.Control.Diffusion;
using Proximal.Control.Flow;
using Proximal.Control.Spaces;
using Proximal.Models.Files;
using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Control.Policies;

/// <summary>
/// A flow from noise to actions (Lipman et al. 2023, flow matching): a network gives the velocity, which is followed in a few steps. The deterministic
/// choice follows the ordinary differential equation from noise that the seed names, as what is generated from one noise is one action; the other one is
/// the stochastic path, every step of which is a normal distribution with a density.
/// </summary>
public sealed class FlowPolicy : Policy
{
    internal const string KindName = "flow";

    // The network is told the time in thousandths.
    private const int TimeScale = 1000;

    private readonly FlowPolicySettings settings;
    private readonly FlowSchedule path;
    private readonly FlowSchedule stochasticPath;
    private readonly Tape tape = new(recording: false);
    private float[] conditions = [];
    private float[] states = [];
    private float[] means = [];
    private int[] times = [];

    /// <summary>Creates a policy.</summary>
    /// <param name="observations">Where observations come from.</param>
    /// <param name="actions">A box without bounds.</param>
    /// <param name="settings">Sizes.</param>
    /// <param name="seed">Seed of the first weights.</param>
    /// <exception cref="ArgumentException">The actions are of another space, or a setting is impossible.</exception>
    public FlowPolicy(Space observations, Space actions, FlowPolicySettings settings, ulong seed = 1)
        : base(observations, actions)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        if (actions is not BoxSpace box || box.Low.ContainsAnyExcept(float.NegativeInfinity) || box.High.ContainsAnyExcept(float.PositiveInfinity))
        {
            throw new ArgumentException($"A flow policy takes box actions without bounds, not {actions}.", nameof(actions));
        }

        this.settings = settings;
        path = new FlowSchedule(settings.Steps, 0, settings.Shift);
        stochasticPath = new FlowSchedule(settings.Steps, settings.Noise, settings.Shift);
        Velocity = new DenoisingNetwork("velocity", actions.Width, observations.EncodedWidth, [.. settings.Hidden], TimeScale, seed);
    }

    /// <summary>Is told of every step of the stochastic path: its number, the states before it, the means and the states after it, [rows, action width] each.</summary>
    internal delegate void StepObserver(int step, ReadOnlySpan<float> before, ReadOnlySpan<float> means, ReadOnlySpan<float> after);

    /// <summary>Sizes.</summary>
    public FlowPolicySettings Settings => settings;

    /// <summary>The stochastic path.</summary>
    public FlowSchedule Schedule => stochasticPath;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => Velocity.Parameters;

    /// <inheritdoc/>
    public override string Kind => KindName;

    internal DenoisingNetwork Velocity { get; }

    /// <inheritdoc/>
    public override void Act(PolicyInput input, ActionChoice choice, Span<float> actions) => Follow(
        choice.Deterministic ? path : stochasticPath, input.Count, input.Observations, new ActionNoise(choice.Seed, RandomPurpose.Exploration, choice.Step), actions, null);

    /// <inheritdoc/>
    public override void WriteSettings(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumber("steps", settings.Steps);
        writer.WriteNumber("noise", settings.Noise);
        writer.WriteNumber("shift", settings.Shift);
        writer.WriteStartArray("hidden");
        foreach (int width in settings.Hidden)
        {
            writer.WriteNumberValue(width);
        }

        writer.WriteEndArray();
    }

    internal static FlowPolicy Read(Space observations, Space actions, JsonFields fields) => new(observations, actions, new FlowPolicySettings
    {
        Steps = fields.Integer("steps", 2, 10_000),
        Noise = fields.NumberOrNull("noise", 1e-9, 1e6) ?? throw fields.Missing("noise"),
        Shift = fields.NumberOrNull("shift", 1e-9, 1e6) ?? throw fields.Missing("shift"),
        Hidden = fields.Integers("hidden", 1, 1 << 14, 16),
    });

    /// <summary>Follows the stochastic path.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="observations">[rows, observation width].</param>
    /// <param name="noise">Names the random numbers.</param>
    /// <param name="actions">Receives [rows, action width].</param>
    /// <param name="observer">Is told of every step.</param>
    internal void Explore(int rows, ReadOnlySpan<float> observations, ActionNoise noise, Span<float> actions, StepObserver observer) =>
        Follow(stochasticPath, rows, observations, noise, actions, observer);

    /// <summary>The velocity of rows at one time each.</summary>
    /// <param name="points">Where they are [rows, action width].</param>
    /// <param name="rowTimes">t of every row.</param>
    /// <param name="condition">Encoded observations [rows, encoded width].</param>
    internal Tensor VelocityAt(Tensor points, ReadOnlySpan<double> rowTimes, Tensor condition)
    {
        Span<int> scaled = Rent(ref times, rowTimes.Length);
        for (int row = 0; row < rowTimes.Length; row++)
        {
            scaled[row] = (int)Math.Round(TimeScale * rowTimes[row]);
        }

        return Velocity.Forward(points, scaled, condition);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            tape.Dispose();
        }
    }

    private static Span<T> Rent<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new T[length];
        }

        return buffer.AsSpan(0, length);
    }

    private void Follow(FlowSchedule schedule, int rows, ReadOnlySpan<float> observations, ActionNoise noise, Span<float> actions, StepObserver? observer)
    {
        int width = Actions.Width;
        Span<float> condition = Rent(ref conditions, rows * Observations.EncodedWidth);
        Span<float> before = Rent(ref states, rows * width), mean = Rent(ref means, rows * width);
        Observations.EncodeRows(observations, condition);
        double[] rowTimes = new double[rows];
        noise.Write(rows, width, 0, 1, before);
        for (int step = 0; step < schedule.Steps; step++)
        {
            tape.Reset();
            Array.Fill(rowTimes, schedule.Time(step));
            ReadOnlySpan<float> velocity =
                VelocityAt(tape.Input(new Shape(rows, width), before), rowTimes, tape.Input(new Shape(rows, Observations.EncodedWidth), condition)).Data;
            (double ofState, double ofVelocity) = schedule.Mean(step);
            for (int i = 0; i < mean.Length; i++)
            {
                mean[i] = (float)((ofState * before[i]) + (ofVelocity * velocity[i]));
            }

            mean.CopyTo(actions);
            noise.Write(rows, width, step + 1, schedule.Deviation(step), actions);
            observer?.Invoke(step, before, mean, actions);
            actions.CopyTo(before);
        }
    }

    /// <summary>Normal numbers of an action: a function of seed, purpose, step and row, whatever is generated beside it.</summary>
    internal readonly record struct ActionNoise(ulong Seed, RandomPurpose Purpose, long Step)
    {
        /// <summary>Writes noise for the beginning of the path, or adds it to a later step.</summary>
        /// <param name="rows">Number of rows.</param>
        /// <param name="width">Numbers of a row.</param>
        /// <param name="part">0 for the beginning, then one more for every step.</param>
        /// <param name="deviation">Standard deviation.</param>
        /// <param name="values">[rows, width].</param>
        public void Write(int rows, int width, int part, double deviation, Span<float> values)
        {
            for (int row = 0; row < rows && deviation > 0; row++)
            {
                RandomStream random = new(Seed, Purpose, Step, row, part);
                for (int i = 0; i < width; i++)
                {
                    ref float value = ref values[(row * width) + i];
                    value = (part == 0 ? 0 : value) + (float)(deviation * random.Normal(i));
                }
            }
        }
    }
}
