using System.Globalization;
using Proximal.Recipes;
using Proximal.Runs;
using Proximal.Training;

namespace Proximal.Comparisons;

/// <summary>
/// The supervised stage that runs of different methods have in common: where everything before policy optimization agrees, seed included, one run
/// trains it, and the others continue from its checkpoint to the same bits.
/// </summary>
internal static class SharedStart
{
    /// <summary>Everything that decides a run up to policy optimization, as text; null for a recipe without both stages.</summary>
    public static string? Key(Recipe recipe)
    {
        if (recipe.Supervised is null || recipe.Policy is not { } policy)
        {
            return null;
        }

        // Held-out problems are measured with the rewards and the length of responses of the policy stage.
        string rewards = string.Join(';', policy.Rewards.Select(reward => string.Create(CultureInfo.InvariantCulture, $"{reward.Weight:R} {reward}")));
        string common = RecipeWriter.Write(recipe with { Name = "start", Workers = 1, Checkpoints = new CheckpointSettings(), Policy = null });

        // What rollouts are made of beyond the task is in the vocabulary of a new model.
        string symbols = string.Join(' ', ModelFactory.Symbols(policy).Distinct());
        return string.Create(CultureInfo.InvariantCulture, $"{common}{policy.ResponseTokens} {rewards} {symbols}");
    }

    /// <summary>Whether a run has come to policy optimization.</summary>
    public static bool IsIn(RunFolder folder) => File.Exists(Path.Combine(CheckpointStore.PolicyStart(folder), CheckpointFolders.StateFile));

    /// <summary>Makes a run that begins where another began policy optimization: its logs up to there, and that checkpoint.</summary>
    /// <param name="recipe">The recipe of the new run.</param>
    /// <param name="source">A run with an equal <see cref="Key"/> that <see cref="IsIn">has come so far</see>; it may go on meanwhile.</param>
    /// <param name="target">Where the new run is to lie, without a checkpoint.</param>
    public static void Copy(Recipe recipe, RunFolder source, RunFolder target)
    {
        using FileStream held = target.Take();
        target.Pin(RecipeWriter.Write(recipe), TrainingSession.FreeKeys);
        string start = CheckpointStore.PolicyStart(source), state = Path.Combine(start, CheckpointFolders.StateFile);
        RunLogs.Copy(source, target, CheckpointStore.ReadState(start).Logs);
        new CheckpointFolders(target, recipe.Checkpoints.Keep).Write(
            Path.GetFileName(start),
            folder =>
            {
                foreach (string file in Directory.EnumerateFiles(start).Where(file => file != state))
                {
                    File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
                }
            },
            stream => stream.Write(File.ReadAllBytes(state)));
    }
}
