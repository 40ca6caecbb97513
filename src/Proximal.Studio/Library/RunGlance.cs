using Proximal.Control.Runs;
using Proximal.Runs;

namespace Proximal.Studio.Library;

/// <summary>A run as a row of a table.</summary>
internal sealed record RunGlance
{
    /// <summary>Whether it is worked on; null where it cannot be read.</summary>
    public RunState? State { get; init; }

    /// <summary>The stage that is going on.</summary>
    public TrainingStage Stage { get; init; }

    /// <summary>Finished steps of the stage.</summary>
    public int Step { get; init; }

    /// <summary>Steps of the stage; null where they are not known.</summary>
    public int? Steps { get; init; }

    /// <summary>Mean reward of the last step, or mean return of the last episodes; NaN before there is one.</summary>
    public double Reward { get; init; } = double.NaN;

    /// <summary>Share of exactly right rollouts of the last step; NaN for control, and before there is one.</summary>
    public double Exact { get; init; } = double.NaN;

    /// <summary>The last measurement: the share of right answers, or the mean return.</summary>
    public double HeldOut { get; init; } = double.NaN;

    /// <summary>Seconds of training.</summary>
    public double Seconds { get; init; }

    /// <summary>What a run of a language model tells; null for another.</summary>
    public RunSummary? Language { get; init; }

    /// <summary>What a control run tells; null for another.</summary>
    public ControlSummary? Control { get; init; }

    /// <summary>The recipe as keys; null where it cannot be read.</summary>
    public FlatRecipe? Recipe { get; init; }

    /// <summary>What is wrong with the run, as a sentence; null where nothing is.</summary>
    public string? Fault { get; init; }

    /// <summary>When something was last written.</summary>
    public DateTimeOffset Updated { get; init; }
}
