using Proximal.Recipes;

namespace Proximal.Runs;

/// <summary>What runs of policy optimization tell beyond their metrics.</summary>
public static class PolicyRuns
{
    extension(RunReader run)
    {
        /// <summary>The recipe that the run pinned.</summary>
        /// <param name="components">The components that it can name.</param>
        /// <exception cref="RecipeException">It cannot be read, or names a component that is not there.</exception>
        public Recipe ReadRecipe(IRecipeComponents components) => new RecipeReader(components).ReadFile(run.Folder.Recipe);

        /// <summary>The run at a glance.</summary>
        /// <param name="components">The components that its recipe can name.</param>
        /// <exception cref="InvalidDataException">The state of the trainer is damaged.</exception>
        public RunSummary ReadSummary(IRecipeComponents components)
        {
            string? checkpoint = CheckpointStore.Latest(run.Folder);
            TrainerState? state = checkpoint is null ? null : CheckpointStore.ReadState(checkpoint);
            IReadOnlyList<RunMetrics> recent = run.ReadRecentMetrics();
            RunMetrics? policy = recent.LastOrDefault(m => m.Stage == TrainingStage.Policy && !double.IsNaN(m["reward/mean"]));
            bool isFinished = state?.Position.Stage == TrainingStage.Finished;
            Recipe? recipe = TryReadRecipe(run, components);
            RunPosition position = recent.Count > 0 ? new RunPosition(recent[^1].Stage, recent[^1].Step) : state?.Position ?? Start(recipe);
            return new RunSummary(
                run.Folder.IsTaken ? RunState.Running : isFinished ? RunState.Finished : RunState.Stopped,
                position,
                recipe is null ? null : recipe.StepsOf(position.Stage) is > 0 and int steps ? steps : recipe.Policy?.Steps,
                policy?["reward/mean"] ?? double.NaN,
                policy?["reward/exact"] ?? double.NaN,
                state?.Seconds ?? 0,
                state?.Evaluations ?? []);
        }
    }

    /// <summary>Where a run begins that has not got anywhere.</summary>
    private static RunPosition Start(Recipe? recipe) => new(recipe?.Stages.FirstOrDefault(TrainingStage.Finished) ?? TrainingStage.Supervised, 0);

    private static Recipe? TryReadRecipe(RunReader run, IRecipeComponents components)
    {
        try
        {
            return run.ReadRecipe(components);
        }
        catch (RecipeException)
        {
            // The recipe of a program with components of its own: everything else about the run can still be told.
            return null;
        }
    }
}
