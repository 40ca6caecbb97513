using Proximal.Control.Rendering;
using Proximal.Control.Spaces;
using Proximal.Control.State;

namespace Proximal.Control.Environments.Diagnostic;

/// <summary>
/// A corridor that ends in a junction (Bakker 2002): a cue at the first step says where to turn at the end, so the policy has to remember it. The
/// observation is the cue (1 up, -1 down, 0 later), whether this is the junction, and 1. Actions: 0 forward, 1 back, 2 up, 3 down. The right turn pays 1,
/// the wrong one -1, a move that leads nowhere -0.01. The best return is 1, that of a policy without memory 0.
/// </summary>
public sealed class TMaze : SingleEnvironment
{
    private readonly int length;
    private int position;
    private int cue;

    /// <summary>Creates a maze.</summary>
    /// <param name="length">Steps from the start to the junction, 1 to 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is outside its range.</exception>
    public TMaze(int length = 10)
    {
        OptionRange.Check(nameof(length), length, 1, 10_000);
        this.length = length;
        Specification = new EnvironmentSpecification
        {
            Name = "t-maze",
            Observations = new BoxSpace([-1f, 0, 0], [1f, 1, 1]),
            Actions = new DiscreteSpace(4),
            MaximumSteps = (3 * length) + 10,
            RewardThreshold = 0.9,
            Metrics = ["success"],
        };
    }

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; }

    /// <inheritdoc/>
    public override void WriteMetrics(Span<float> metrics) => metrics[0] = position > length ? 1 : 0;

    /// <inheritdoc/>
    public override void Draw(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        canvas.SetWorld(-1, -2, length + 1, 2);
        canvas.Rectangle(-0.5, -0.5, length + 0.5, 0.5, Color.Silver);
        canvas.Rectangle(length - 0.5, -1.5, length + 0.5, 1.5, Color.Silver);
        canvas.Circle(new Point(length, cue), 0.3, Color.Teal);
        canvas.Circle(new Point(Math.Min(position, length), 0), 0.35, Color.Indigo);
    }

    /// <inheritdoc/>
    public override void WriteText(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int shown = Math.Min(length, 77), at = (int)Math.Round((double)Math.Min(position, length) * shown / length);
        string gap = new(' ', shown);
        writer.WriteLine($"{gap}{(cue > 0 ? '◆' : '·')}");
        writer.WriteLine($"{new string('·', at)}●{new string('·', shown - at)}");
        writer.WriteLine($"{gap}{(cue < 0 ? '◆' : '·')}");
    }

    /// <inheritdoc/>
    protected override SingleEnvironment NewCopy() => new TMaze(length);

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation)
    {
        position = 0;
        cue = Random.Chance(0.5) ? 1 : -1;
        Observe(observation, cue);
    }

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        int move = (int)action[0];
        if (position == length && move >= 2)
        {
            bool right = (move == 2 ? 1 : -1) == cue;
            position += right ? 1 : 0;
            Observe(observation, 0);
            return new StepOutcome(right ? 1 : -1, Terminated: true);
        }

        int target = Math.Clamp(position + (move switch { 0 => 1, 1 => -1, _ => 0 }), 0, length);
        bool moved = target != position;
        position = target;
        Observe(observation, 0);
        return new StepOutcome(moved ? 0 : -0.01);
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        state.Value(ref position);
        state.Value(ref cue);
    }

    private void Observe(Span<float> observation, int shown) => (observation[0], observation[1], observation[2]) = (shown, position >= length ? 1 : 0, 1);
}
