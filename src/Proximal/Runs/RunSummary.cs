using Proximal.Training;

namespace Proximal.Runs;

/// <summary>A run at a glance.</summary>
/// <param name="State">Whether it is worked on.</param>
/// <param name="Position">The last step that it logged; of a finished run the end.</param>
/// <param name="Steps">Steps of the stage; null where the recipe names components that the reader does not know.</param>
/// <param name="Reward">Mean reward of the last policy step; NaN before there is one.</param>
/// <param name="Exact">Share of exactly right rollouts of the last policy step; NaN before there is one.</param>
/// <param name="Seconds">Seconds of training up to the last checkpoint.</param>
/// <param name="Evaluations">Evaluations up to the last checkpoint, in order.</param>
public sealed record RunSummary(
    RunState State,
    RunPosition Position,
    int? Steps,
    double Reward,
    double Exact,
    double Seconds,
    IReadOnlyList<EvaluationResult> Evaluations);
