using System.Globalization;

namespace Proximal.Control.Environments.MinAtar;

/// <summary>Settings of the games.</summary>
public sealed record MinAtarOptions
{
    /// <summary>Which actions there are.</summary>
    public MinAtarActionSet Actions { get; init; }

    /// <summary>Probability that the last action is repeated in place of the chosen one.</summary>
    public double StickyActions { get; init; } = 0.1;

    /// <summary>Whether the game gets faster as it goes on.</summary>
    public bool DifficultyRamping { get; init; } = true;

    /// <summary>Frames after which an episode is truncated; 0 for no limit.</summary>
    public int MaximumSteps { get; init; } = 5000;

    internal void Validate()
    {
        if (!(StickyActions is >= 0 and <= 1))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"StickyActions is {StickyActions}, expected 0 to 1."));
        }

        if (!Enum.IsDefined(Actions))
        {
            throw new ArgumentException($"Actions is {(int)Actions}, expected {nameof(MinAtarActionSet.All)}, {nameof(MinAtarActionSet.Minimal)} or {nameof(MinAtarActionSet.Masked)}.");
        }

        if (MaximumSteps < 0)
        {
            throw new ArgumentException($"MaximumSteps is {MaximumSteps}, expected 0 or more.");
        }
    }
}
