using System.Globalization;
using Proximal.Analysis.Trees;
using Proximal.Control.Data;
using Proximal.Control.Environments;
using Proximal.Control.Spaces;

namespace Proximal.Cli.Trees;

/// <summary>The names under which trees and rules know the observations and actions of an environment.</summary>
internal static class NamedSpaces
{
    private const int MostFeatures = 256;

    /// <summary>Names of the numbers of an observation; <c>observation-0</c>, ... where the environment gives none.</summary>
    public static IReadOnlyList<string> Features(EnvironmentSpecification specification) => specification.ObservationNames.Count == specification.Observations.Width
        ? specification.ObservationNames
        : [.. Enumerable.Range(0, specification.Observations.Width).Select(i => string.Create(CultureInfo.InvariantCulture, $"observation-{i}"))];

    /// <summary>The columns of a table of observations: the names above with the bounds of the space.</summary>
    public static IReadOnlyList<NumberColumn> Columns(EnvironmentSpecification specification)
    {
        BoxSpace box = (BoxSpace)specification.Observations;
        return [.. Features(specification).Select((name, i) => new NumberColumn([name], Math.Max(box.Low[i], float.MinValue), Math.Min(box.High[i], float.MaxValue)))];
    }

    /// <summary>The actions; their numbers where the environment gives no names.</summary>
    public static ActionSet Actions(EnvironmentSpecification specification)
    {
        int count = ((DiscreteSpace)specification.Actions).Count;
        IReadOnlyList<string> names = specification.ActionNames.Count == count ? specification.ActionNames : ActionSet.Numbered(count).Names;
        return new ActionSet(names, [.. specification.ActionNumbers.Select(numbers => new ActionQuantity(numbers.Name, numbers.Values))]);
    }

    /// <summary>Refuses environments whose policies no tree can stand for.</summary>
    /// <exception cref="CommandFailure">Actions are not discrete or can be illegal, or observations are no short vector.</exception>
    public static void Require(EnvironmentSpecification specification)
    {
        if (specification.Actions is not DiscreteSpace { Count: <= ActionSet.Most } || specification.HasActionMask)
        {
            throw new CommandFailure($"{specification.Name} has actions {specification.Actions}{(specification.HasActionMask ? " of which some can be illegal" : "")}, expected discrete ones that are always legal");
        }

        if (specification.Observations is not BoxSpace { Shape.Rank: 1, Width: <= MostFeatures })
        {
            throw new CommandFailure($"{specification.Name} has observations {specification.Observations}, expected a vector of at most {MostFeatures} numbers");
        }
    }

    /// <summary>Refuses a tree that was made for other observations or actions.</summary>
    /// <exception cref="CommandFailure">The tree cannot act in the environment.</exception>
    public static void RequireFit(DecisionTree tree, EnvironmentSpecification specification)
    {
        Require(specification);
        if (!tree.Features.SequenceEqual(Features(specification)) || !tree.Actions.Names.SequenceEqual(Actions(specification).Names))
        {
            throw new CommandFailure(
                $"{specification.Name} has other features or actions than the tree, expected {string.Join(", ", tree.Features.Take(8))}", "--environment names the one that the tree was made for");
        }
    }
}
