using Proximal.Recipes;

namespace Proximal.Control.Environments.Wrappers;

/// <summary>Settings of <see cref="ActionSubset"/> in a recipe.</summary>
public sealed record ActionSubsetOptions
{
    /// <summary>The actions that are left; action 0 of the wrapper is the first of them.</summary>
    public IReadOnlyList<int> Actions { get; init; } = [0];

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<ActionSubsetOptions> Schema { get; } = new OptionSchema<ActionSubsetOptions>(() => new ActionSubsetOptions())
        .NumberList(
            "actions",
            o => [.. o.Actions.Select(action => (double)action)],
            (o, v) => o with { Actions = [.. v.Select(action => double.IsInteger(action) && action is >= 0 and <= int.MaxValue ? (int)action : -1)] },
            "The actions that are left.")
        .Rule(o => o.Actions.Count > 0 && o.Actions.All(action => action >= 0) ? null : $"'actions' is [{string.Join(", ", o.Actions)}], expected whole numbers from 0");
}
