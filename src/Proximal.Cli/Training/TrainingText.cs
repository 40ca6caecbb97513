using Proximal.Cli.Terminals;
using Proximal.Recipes;
using Proximal.Runs;
using Proximal.Training;

namespace Proximal.Cli.Training;

/// <summary>What happens in a run, in words.</summary>
internal static class TrainingText
{
    /// <summary>How good the step was: the loss of supervised learning, the reward of rollouts.</summary>
    public static string Results(StepReport report) => report.Stage == TrainingStage.Policy
        ? $"reward {Readable.Number(report["reward/mean"])}  exact {Readable.Share(report["reward/exact"])}"
        : $"loss {Readable.Number(report["loss/total"])}";

    /// <summary>How the step went: entropy and divergence of the policy, and speed.</summary>
    public static string Health(StepReport report)
    {
        string speed = $"{Readable.Count(report["time/tokens-per-second"])} tokens/s";
        return report.Stage == TrainingStage.Policy
            ? $"entropy {Readable.Number(report["policy/entropy"])}  KL {Readable.Number(report["policy/kl"])}  {speed}"
            : speed;
    }

    /// <summary>A measurement on held-out problems.</summary>
    public static string Describe(EvaluationResult evaluation) =>
        $"{evaluation.Label}: {Readable.Share(evaluation.Exact)} exact, reward {Readable.Number(evaluation.Reward)}";

    /// <summary>What begins.</summary>
    public static string Describe(TrainingStart start) =>
        $"{start.Recipe.Name}: {Readable.Count(start.Parameters)} parameters, run {Place(start.Folder.Path)}";

    /// <summary>Where a run goes on; null at its beginning.</summary>
    public static string? Continuation(TrainingStart start) =>
        !start.Continued ? null :
        start.Position.Stage == TrainingStage.Finished ? "This run is finished; nothing is left to do." :
        start.Position.Step == 0 ? $"Continues with the {Name(start.Position.Stage)} stage." :
        $"Continues after {Name(start.Position.Stage)} step {Readable.Count(start.Position.Step)} of {Readable.Count(start.Recipe.StepsOf(start.Position.Stage))}.";

    /// <summary>A stage as recipes call it.</summary>
    public static string Name(TrainingStage stage) => stage switch
    {
        TrainingStage.Teacher => "teacher",
        TrainingStage.Supervised => "supervised",
        TrainingStage.Preferences => "preferences",
        TrainingStage.Policy => "policy",
        _ => "finished",
    };

    /// <summary>A path as short as it can be typed.</summary>
    public static string Place(string path)
    {
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return SafeText.OneLine(relative.StartsWith("..", StringComparison.Ordinal) ? path : relative);
    }
}
