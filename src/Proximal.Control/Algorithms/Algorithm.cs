using Proximal.Control.Environments;
using Proximal.Control.Learning;
using Proximal.Control.Spaces;

namespace Proximal.Control.Algorithms;

/// <summary>An algorithm with its options, as a recipe names it: it says what it can control, and makes learners.</summary>
public sealed class Algorithm
{
    /// <summary>An algorithm.</summary>
    /// <param name="actions">What it can control.</param>
    /// <param name="create">Makes a learner.</param>
    public Algorithm(ActionKinds actions, Func<LearningTask, Learner> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        Actions = actions;
        Create = create;
    }

    /// <summary>The kinds of actions that it can choose.</summary>
    public ActionKinds Actions { get; }

    /// <summary>Makes a learner.</summary>
    public Func<LearningTask, Learner> Create { get; }

    /// <summary>Whether it learns from a data set instead of its environment. The steps of a recipe are then updates.</summary>
    public bool IsOffline { get; init; }

    /// <summary>Whether it learns over several environments, <see cref="LearningTask.Tasks"/>, instead of one.</summary>
    public bool NeedsTasks { get; init; }

    /// <summary>The arithmetic of an iteration in words, for a number of steps in all: how many transitions, minibatches and optimizer steps.</summary>
    public required Func<long, string> Arithmetic { get; init; }

    /// <summary>What keeps the algorithm from an environment, as <c>takes continuous actions, not discrete(2)</c>; null where nothing does.</summary>
    public string? FindFault(EnvironmentSpecification specification)
    {
        ArgumentNullException.ThrowIfNull(specification);
        return Actions.HasFlag(KindOf(specification.Actions)) ? null : $"takes {Describe(Actions)} actions, not {specification.Actions}";
    }

    private static ActionKinds KindOf(Space actions) => actions switch
    {
        DiscreteSpace => ActionKinds.Discrete,
        MultiDiscreteSpace => ActionKinds.MultiDiscrete,
        BoxSpace => ActionKinds.Continuous,
        _ => ActionKinds.All,
    };

    private static string Describe(ActionKinds kinds)
    {
        string[] names =
        [
            .. (kinds.HasFlag(ActionKinds.Discrete) ? ["discrete"] : (string[])[]),
            .. (kinds.HasFlag(ActionKinds.MultiDiscrete) ? ["multi-discrete"] : (string[])[]),
            .. (kinds.HasFlag(ActionKinds.Continuous) ? ["continuous"] : (string[])[]),
        ];
        return string.Join(" or ", names);
    }
}
