using System.Globalization;
using Proximal.Cli.Terminals;
using Proximal.Cli.Training;
using Proximal.Control.Data;
using Proximal.Control.Environments;
using Proximal.Control.Policies;
using Proximal.Control.Recipes;
using Proximal.Control.Rendering;
using Proximal.Control.Runs;
using Proximal.Recipes;
using Proximal.Runs;

namespace Proximal.Cli.Control;

/// <summary>How good the policy of a control run is, over episodes that it did not learn from.</summary>
internal sealed class ControlMeasurement
{
    private readonly RunFolder run;
    private readonly ControlRecipe recipe;
    private readonly IEnvironment environment;

    /// <summary>What is measured.</summary>
    /// <param name="run">The run.</param>
    /// <param name="changes">Changes of single values of its recipe.</param>
    /// <exception cref="RecipeException">The recipe cannot be used with the changes.</exception>
    public ControlMeasurement(RunFolder run, string[] changes)
    {
        this.run = run;
        recipe = new ControlRecipeReader(ControlCatalog.CreateDefault()).ReadFile(run.Recipe, changes);
        environment = recipe.CreateEnvironment(evaluation: true);
    }

    /// <summary>Plays the episodes and tells how they went.</summary>
    /// <param name="terminal">Where it is told.</param>
    /// <param name="episodes">Number of episodes; null for that of the recipe.</param>
    /// <param name="seed">Their seed; null for that of the recipe.</param>
    /// <param name="recording">File for an animated picture of the first episode; null for none.</param>
    /// <param name="json">Whether it is told as JSON.</param>
    public void Run(Terminal terminal, int? episodes, int? seed, string? recording, bool json)
    {
        using Policy policy = run.LoadPolicy();
        // An environment of other spaces can come by a change of the recipe.
        PolicyFit.Require(policy, run, environment, recipe.Environment.Definition.Info.Key);
        int count = episodes ?? recipe.Evaluation.Episodes, chosen = seed ?? recipe.Seed;
        ControlEvaluation evaluation = ControlEvaluator.Evaluate("eval", policy, environment, count, chosen, recipe.Evaluation.Deterministic);
        ControlEvaluationReport report = new(evaluation, chosen);
        RecordedEpisode? recorded = recording is null ? null : Record(policy, chosen, recording);
        if (json)
        {
            JsonText.WriteIndented(terminal.Output, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("run", run.Path);
                writer.WriteString("environment", recipe.Environment.Definition.Info.Key);
                writer.WriteNumber("seed", chosen);
                writer.WriteBoolean("deterministic", recipe.Evaluation.Deterministic);
                report.Write(writer);
                writer.WriteString("recording", recording);
                writer.WriteEndObject();
            });
            return;
        }

        string actions = recipe.Evaluation.Deterministic ? "most likely actions" : "sampled actions";
        terminal.Output.WriteLine(terminal.Paint($"{TrainingText.Place(run.Path)} on {recipe.Environment}", Ink.Bold));
        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Readable.Count(count)} {(count == 1 ? "episode" : "episodes")}, {actions}, seed {chosen}"));
        terminal.Output.WriteLine();
        report.Write(terminal);
        if (recorded is not null)
        {
            terminal.Output.WriteLine();
            terminal.Output.WriteLine(
                $"Wrote {SafeText.OneLine(recording!)}: an episode of {Readable.Count(recorded.Steps)} steps with return {Readable.Number(recorded.Return)}");
        }
    }

    private RecordedEpisode Record(Policy policy, int seed, string path)
    {
        ulong episode = ControlEvaluator.EpisodeSeed(seed);
        return EpisodeRecorder.Record(environment, Controllers.From(policy, recipe.Evaluation.Deterministic, episode), episode, path);
    }
}
