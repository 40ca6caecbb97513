using Proximal.Models.Generation;
using Proximal.Rollouts;
using Proximal.Tasks;

namespace Proximal.Tests.Rollouts;

/// <summary>Trajectories for batches that were made from columns.</summary>
internal static class TestTrajectories
{
    /// <summary>A trajectory for every path of a batch, none of which knows a gold answer.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="answer">The answer of a path, or null for one that cannot be read.</param>
    /// <param name="family">The family of a path's problem.</param>
    /// <param name="terms">Reward terms of a path.</param>
    /// <param name="key">The key of a path's problem.</param>
    /// <param name="correct">Whether a path's answer is right.</param>
    public static PathBatch Attach(
        PathBatch batch,
        Func<int, string?>? answer = null,
        Func<int, string>? family = null,
        Func<int, (string Name, float Value)[]>? terms = null,
        Func<int, string>? key = null,
        Func<int, bool>? correct = null)
    {
        Trajectory[] all = new Trajectory[batch.PathCount];
        for (int path = 0; path < all.Length; path++)
        {
            TokenTree tree = new([1]);
            string? given = answer?.Invoke(path);
            all[path] = new Trajectory
            {
                Instance = new TaskInstance
                {
                    Family = family?.Invoke(path) ?? "test",
                    Split = TaskSplit.Train,
                    Index = 0,
                    Key = key?.Invoke(path) ?? "",
                    Prompt = "prompt",
                    Answer = null!,
                },
                Tree = tree,
                Leaf = 0,
                Response = given ?? "",
                ResponseTokens = 1,
                ResponseBudget = 16,
                End = EndReason.Finished,
                Verdict = new Verdict { Parsed = given is not null, NormalizedAnswer = given ?? "", Correct = correct?.Invoke(path) ?? false },
            };
            foreach ((string name, float value) in terms?.Invoke(path) ?? [])
            {
                all[path].AddReward(name, value, 1);
            }
        }

        batch.Attach(all);
        return batch;
    }
}
