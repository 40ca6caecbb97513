using Proximal.Control.Environments;
using Proximal.Control.Spaces;
using Proximal.Control.State;

namespace Proximal.Control.Tests.Algorithms;

/// <summary>The first observation says which action is right at the last step (Bakker's T-maze without walking): without a memory, half of the episodes fail.</summary>
internal sealed class RecallEnvironment(int length) : SingleEnvironment
{
    private int sign;

    public override EnvironmentSpecification Specification { get; } = new()
    {
        Name = "recall",
        Observations = new BoxSpace(new Tensors.Shape(2), -1, 1),
        Actions = new DiscreteSpace(2),
        MaximumSteps = length,
    };

    protected override SingleEnvironment NewCopy() => new RecallEnvironment(length);

    protected override void Begin(Span<float> observation)
    {
        sign = Random.Chance(0.5) ? 1 : -1;
        observation[0] = sign;
        observation[1] = 0;
    }

    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        bool last = Steps == length;
        observation[0] = 0;
        observation[1] = Steps == length - 1 ? 1 : 0;
        return new StepOutcome(last ? (action[0] == 1) == (sign == 1) ? 1 : -1 : 0, last);
    }

    protected override void TransferState(StateTransfer state) => state.Value(ref sign);
}
