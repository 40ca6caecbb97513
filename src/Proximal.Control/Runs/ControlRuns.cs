using Proximal.Control.Recipes;
using Proximal.Recipes;
using Proximal.Runs;

namespace Proximal.Control.Runs;

/// <summary>What runs of control tell beyond their metrics.</summary>
public static class ControlRuns
{
    /// <summary>Name of a metric: the mean return of the last hundred episodes that were learned from.</summary>
    public const string ReturnMetric = "episode/return";

    extension(RunReader run)
    {
        /// <summary>The recipe that the run pinned.</summary>
        /// <param name="components">The components that it can name.</param>
        /// <exception cref="RecipeException">It cannot be read, or names a component that is not there.</exception>
        public ControlRecipe ReadControlRecipe(IRecipeComponents components) => new ControlRecipeReader(components).ReadFile(run.Folder.Recipe);

        /// <summary>The run at a glance.</summary>
        /// <param name="components">The components that its recipe can name.</param>
        /// <exception cref="InvalidDataException">The state of the trainer is damaged.</exception>
        public ControlSummary ReadControlSummary(IRecipeComponents components)
        {
            string? checkpoint = CheckpointFolders.Latest(run.Folder);
            ControlState? state = checkpoint is null ? null : ControlState.Read(checkpoint);
            IReadOnlyList<RunMetrics> recent = run.ReadRecentMetrics();
            bool isFinished = state?.Position.Stage == TrainingStage.Finished;
            return new ControlSummary(
                run.Folder.IsTaken ? RunState.Running : isFinished ? RunState.Finished : RunState.Stopped,
                recent.Count > 0 ? recent[^1].Step : state?.Position.Step ?? 0,
                Steps(run, components),
                recent.LastOrDefault(metrics => !double.IsNaN(metrics[ReturnMetric]))?[ReturnMetric] ?? double.NaN,
                state?.Seconds ?? 0,
                state?.Evaluations ?? []);
        }
    }

    private static int? Steps(RunReader run, IRecipeComponents components)
    {
        try
        {
            return run.ReadControlRecipe(components).Steps;
        }
        catch (RecipeException)
        {
            // The recipe of a program with components of its own: everything else about the run can still be told.
            return null;
        }
    }
}
