using Proximal.Recipes;

namespace Proximal.Training;

/// <summary>What may be done to a run from outside while it trains.</summary>
public sealed record LiveOptions
{
    /// <summary>Whether the run takes commands; <see cref="TrainingSession.ControlToken"/> then tells the token that they must bring.</summary>
    public bool Controls { get; init; }

    /// <summary>A file of events, <c>events.jsonl</c> of another run: what was set in it is set here at the same steps. Null for none.</summary>
    public string? Events { get; init; }

    /// <summary>The components that the recipe can name; those of this assembly when null.</summary>
    public IRecipeComponents? Components { get; init; }
}
