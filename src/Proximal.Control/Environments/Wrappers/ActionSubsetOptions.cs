using Proximal.Recipes;

namespace Proximal.Control.Environments.Wrappers;

/// <summary>Settings of <see cref="ActionSubset"/> in a recipe.</summary>
public sealed record ActionSubsetOptions
{
    /// <summary>The actions that are left; action 0 of the wrapper is the first of them.</summary>
    public IReadOnlyList<int> Actions { get; init; } = [0];

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<ActionSubsetOptions> Schema { get; } = new OptionSchema<ActionSubsetOptions>(() => new ActionSubsetOptions())
        .IntegerList("actions", o => o.Actions, (o, v) => o with { Actions = v }, "The actions that are left.", 0)
        .Rule(o => o.Actions.Count > 0 ? null : "'actions' is empty, expected at least one");
}
