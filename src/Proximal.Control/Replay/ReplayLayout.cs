using Proximal.Control.Environments;

namespace Proximal.Control.Replay;

/// <summary>How many numbers a stored transition has.</summary>
/// <param name="ObservationWidth">Floats per observation.</param>
/// <param name="ActionWidth">Floats per action.</param>
/// <param name="MaskWidth">Entries of the mask of legal actions in the next state; 0 for none.</param>
public sealed record ReplayLayout(int ObservationWidth, int ActionWidth, int MaskWidth = 0)
{
    /// <summary>The layout of an environment's transitions.</summary>
    public static ReplayLayout Of(EnvironmentSpecification specification)
    {
        ArgumentNullException.ThrowIfNull(specification);
        return new ReplayLayout(specification.Observations.Width, specification.Actions.Width, specification.MaskWidth);
    }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ObservationWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ActionWidth, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MaskWidth);
    }
}
