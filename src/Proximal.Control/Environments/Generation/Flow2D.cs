using System.Globalization;
using Proximal.Control.Rendering;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Tensors;

namespace Proximal.Control.Environments.Generation;

/// <summary>
/// Points of a ring of eight normal distributions, one of which is asked for by its direction. An episode is one action: the point. The reward is a proxy
/// with a loophole, <c>exp(-D²/(2w²)) min(1, r/2)</c> with the angle D between point and target and the radius r: beyond the ring it does not see the radius,
/// and the farther out, the smaller the angle. The metric <c>gold</c> is what is really wanted, the logarithm of the target distribution's density, and
/// <c>radius</c> shows the way out.
/// </summary>
public sealed class Flow2D : SingleEnvironment, IExamples
{
    /// <summary>Number of distributions on the ring.</summary>
    public const int Modes = 8;

    /// <summary>Radius of the ring.</summary>
    public const double Ring = 2;

    /// <summary>Standard deviation of a distribution, and of padding.</summary>
    public const double Deviation = 0.15;

    private readonly Flow2DOptions options;
    private int target;
    private double x;
    private double y;

    /// <summary>Creates the environment.</summary>
    /// <param name="options">Settings; the defaults when null.</param>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public Flow2D(Flow2DOptions? options = null)
    {
        this.options = options ?? new Flow2DOptions();
        if (Flow2DOptions.Schema.FindFault(this.options) is { } fault)
        {
            throw new ArgumentException($"flow2d: {fault}.", nameof(options));
        }

        Specification = new EnvironmentSpecification
        {
            Name = "flow2d",
            Observations = new BoxSpace(new Shape(2), -1, 1),
            Actions = new BoxSpace(new Shape(2 + this.options.Padding)),
            MaximumSteps = 1,
            Metrics = ["gold", "radius"],
        };
    }

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; }

    /// <summary>The proxy of a point.</summary>
    /// <param name="target">Number of the distribution that is asked for.</param>
    /// <param name="x">First coordinate.</param>
    /// <param name="y">Second coordinate.</param>
    /// <param name="angleWidth">w.</param>
    public static double Proxy(int target, double x, double y, double angleWidth)
    {
        double angle = Math.Atan2(y, x) - (2 * Math.PI * target / Modes);
        angle -= 2 * Math.PI * Math.Round(angle / (2 * Math.PI));
        return Math.Exp(-angle * angle / (2 * angleWidth * angleWidth)) * Math.Min(1, Math.Sqrt((x * x) + (y * y)) / Ring);
    }

    /// <summary>The logarithm of the density of a distribution of the ring at a point.</summary>
    /// <param name="target">Number of the distribution.</param>
    /// <param name="x">First coordinate.</param>
    /// <param name="y">Second coordinate.</param>
    public static double LogDensity(int target, double x, double y)
    {
        (double centreX, double centreY) = Centre(target);
        double square = ((x - centreX) * (x - centreX)) + ((y - centreY) * (y - centreY)), variance = Deviation * Deviation;
        return (-square / (2 * variance)) - Math.Log(2 * Math.PI * variance);
    }

    /// <inheritdoc/>
    public void DrawExample(ref EpisodeRandom random, Span<float> observation, Span<float> action)
    {
        // What is asked for and what is shown have nothing to do with each other: following the request is what is to be learned.
        Observe(random.Integer(options.Targets), observation);
        (double centreX, double centreY) = Centre(random.Integer(Modes));
        for (int i = 0; i < action.Length; i++)
        {
            action[i] = (float)((i == 0 ? centreX : i == 1 ? centreY : 0) + (Deviation * random.Normal()));
        }
    }

    /// <inheritdoc/>
    public override void WriteMetrics(Span<float> metrics) =>
        (metrics[0], metrics[1]) = ((float)Math.Max(options.GoldFloor, LogDensity(target, x, y)), (float)Math.Sqrt((x * x) + (y * y)));

    /// <inheritdoc/>
    public override void Draw(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        canvas.SetWorld(-4, -4, 4, 4);
        for (int mode = 0; mode < Modes; mode++)
        {
            (double centreX, double centreY) = Centre(mode);
            canvas.Circle(new Point(centreX, centreY), 2 * Deviation, mode == target ? Color.Teal : Color.Ink);
        }

        canvas.Circle(new Point(x, y), 0.08, Color.Indigo);
    }

    /// <inheritdoc/>
    public override void WriteText(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"at ({x:0.00}, {y:0.00}), target {target} of {options.Targets}, log density {LogDensity(target, x, y):0.00}"));
    }

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new Flow2D(options);

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation)
    {
        target = Random.Integer(options.Targets);
        (x, y) = (0, 0);
        Observe(target, observation);
    }

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        (x, y) = (action[0], action[1]);
        Observe(target, observation);
        return new StepOutcome(Proxy(target, x, y, options.AngleWidth), Terminated: true);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Value(ref target);
        state.Value(ref x);
        state.Value(ref y);
    }

    private static (double X, double Y) Centre(int mode)
    {
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * mode / Modes);
        return (Ring * cosine, Ring * sine);
    }

    private static void Observe(int target, Span<float> observation)
    {
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * target / Modes);
        (observation[0], observation[1]) = ((float)cosine, (float)sine);
    }
}
