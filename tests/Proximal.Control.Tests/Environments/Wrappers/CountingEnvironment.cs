using Proximal.Control.Environments;
using Proximal.Control.Spaces;
using Proximal.Control.State;

namespace Proximal.Control.Tests.Environments.Wrappers;

/// <summary>Sees the steps so far and the last action, is paid the action, and ends after a number of steps.</summary>
internal sealed class CountingEnvironment(int length, Space actions, bool masked = false) : SingleEnvironment
{
    private int count;
    private float last;

    public override EnvironmentSpecification Specification { get; } = new()
    {
        Name = "counting",
        Observations = new BoxSpace([0, -100], [1000, 100]),
        Actions = actions,
        HasActionMask = masked,
        Metrics = ["count"],
    };

    public override void WriteActionMask(Span<bool> mask)
    {
        for (int i = 0; i < mask.Length; i++)
        {
            mask[i] = i % 3 == count % 3;
        }
    }

    public override void WriteMetrics(Span<float> metrics) => metrics[0] = count;

    protected override SingleEnvironment NewCopy() => new CountingEnvironment(length, Specification.Actions, masked);

    protected override void Begin(Span<float> observation)
    {
        (count, last) = (0, 0);
        Observe(observation);
    }

    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        count++;
        last = action[0];
        Observe(observation);
        return new StepOutcome(last, count == length);
    }

    protected override void TransferState(StateTransfer state)
    {
        state.Value(ref count);
        state.Value(ref last);
    }

    private void Observe(Span<float> observation) => (observation[0], observation[1]) = (count, last);
}
