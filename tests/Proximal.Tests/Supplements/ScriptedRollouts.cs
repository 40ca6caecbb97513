using Proximal.Models.Generation;
using Proximal.Models.Tokenizers;
using Proximal.Rollouts;
using Proximal.Tasks;

namespace Proximal.Tests.Supplements;

/// <summary>Rollouts whose texts are written by a function, and that remember the problems they were given.</summary>
internal sealed class ScriptedRollouts(ITask task, ITokenizer tokenizer, Func<TaskInstance, int, string> write) : IRollouts
{
    public List<TaskInstance> Asked { get; } = [];

    public RolloutBatch Generate(IReadOnlyList<TaskInstance> instances, RolloutRequest request)
    {
        Asked.AddRange(instances);
        List<TokenTree> trees = [];
        List<Trajectory> trajectories = [];
        foreach (TaskInstance instance in instances)
        {
            TokenTree tree = new(tokenizer.EncodePrompt(instance.Prompt));
            trees.Add(tree);
            for (int i = 0; i < request.RolloutsPerPrompt; i++)
            {
                string text = write(instance, i);
                TokenSegment segment = tree.Branch(0, SegmentOrigin.Policy, tokenizer.Encode(text));
                segment.Append(tokenizer.EndOfSequence!.Value, 0, 0);
                segment.End = EndReason.Finished;
                Trajectory trajectory = new()
                {
                    Instance = instance,
                    Tree = tree,
                    Leaf = segment.Index,
                    Response = text,
                    ResponseTokens = segment.Tokens.Length,
                    ResponseBudget = 64,
                    End = EndReason.Finished,
                    Verdict = task.Verify(instance, new Response(text)),
                };
                trajectory.AddReward("score", (float)trajectory.Verdict.Score, 1);
                trajectories.Add(trajectory);
            }
        }

        return new RolloutBatch(trees, trajectories, 64);
    }
}
