using Proximal.Control.Environments;
using Proximal.Control.Spaces;
using Proximal.Control.State;

namespace Proximal.Control.Tests.Algorithms;

/// <summary>Three actions of which one is legal at the walls and two elsewhere; an illegal one is an error.</summary>
internal sealed class MaskedCorridor : SingleEnvironment
{
    private int cell;

    public override EnvironmentSpecification Specification { get; } = new()
    {
        Name = "masked-corridor",
        Observations = new DiscreteSpace(6),
        Actions = new DiscreteSpace(3),
        MaximumSteps = 30,
        HasActionMask = true,
    };

    public override void WriteActionMask(Span<bool> mask) => (mask[0], mask[1], mask[2]) = (cell > 0, cell < 5, false);

    protected override SingleEnvironment NewCopy() => new MaskedCorridor();

    protected override void Begin(Span<float> observation) => observation[0] = cell = 0;

    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        Span<bool> mask = stackalloc bool[3];
        WriteActionMask(mask);
        if (!mask[(int)action[0]])
        {
            throw new InvalidOperationException($"action {action[0]} is illegal in cell {cell}");
        }

        cell += action[0] == 1 ? 1 : -1;
        observation[0] = cell;
        return new StepOutcome(cell == 5 ? 1 : -0.01, cell == 5);
    }

    protected override void TransferState(StateTransfer state) => state.Value(ref cell);
}
