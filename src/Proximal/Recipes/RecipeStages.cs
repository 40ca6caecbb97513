using Proximal.Rewards;
using Proximal.Runs;

namespace Proximal.Recipes;

/// <summary>The stages of a recipe.</summary>
public static class RecipeStages
{
    extension(Recipe recipe)
    {
        /// <summary>The stages in which the run trains something, in order.</summary>
        public IReadOnlyList<TrainingStage> Stages =>
            [.. new[] { TrainingStage.Teacher, TrainingStage.Supervised, TrainingStage.Preferences, TrainingStage.Policy }.Where(stage => recipe.StepsOf(stage) > 0)];

        /// <summary>Steps of a stage; 0 where the recipe does without it.</summary>
        public int StepsOf(TrainingStage stage) => stage switch
        {
            TrainingStage.Teacher => recipe.Supervised?.Teacher is { IsTrained: true } teacher ? teacher.Steps : 0,
            TrainingStage.Supervised => recipe.Supervised?.Steps ?? 0,
            TrainingStage.Preferences => recipe.Policy?.Rewards
                .Select(choice => choice.Options).OfType<RewardModelOptions>().Sum(reward => reward.Steps) ?? 0,
            TrainingStage.Policy => recipe.Policy?.Steps ?? 0,
            _ => 0,
        };
    }
}
