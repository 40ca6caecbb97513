using Proximal.Models.Generation;
using Proximal.Rollouts;
using Proximal.Tasks;
using Proximal.Tensors.Random;

namespace Proximal.Tests.Rollouts;

/// <summary>Token trees of random shape and tokens: a prompt, and below it segments of one origin among observations, some of them empty.</summary>
internal static class TestTrees
{
    public const int Vocabulary = 19;

    public static TokenTree Create(ulong seed, SegmentOrigin origin = SegmentOrigin.Policy)
    {
        RandomStream random = new(seed, RandomPurpose.User);
        int position = 0;
        int Draw(int bound) => random.Integer(position++, bound);
        int[] Tokens(int count) => [.. Enumerable.Range(0, count).Select(_ => Draw(Vocabulary))];

        TokenTree tree = new(Tokens(1 + Draw(12)));
        Fill(tree.Branch(0, origin), 1 + Draw(8));
        for (int i = Draw(7); i > 0; i--)
        {
            int parent = Draw(tree.Segments.Count);
            if (Draw(3) == 0)
            {
                tree.Branch(parent, SegmentOrigin.Environment, Tokens(Draw(5)));
            }
            else
            {
                Fill(tree.Branch(parent, origin), Draw(9));
            }
        }

        return tree;

        void Fill(TokenSegment segment, int count)
        {
            for (int i = 0; i < count; i++)
            {
                segment.Append(Draw(Vocabulary), -0.1f * (1 + Draw(30)), 0.1f * Draw(20));
            }
        }
    }

    /// <summary>Random trees as a batch; every leaf is a trajectory with a reward of its own.</summary>
    public static RolloutBatch Batch(ulong seed, int trees)
    {
        TokenTree[] all = [.. Enumerable.Range(0, trees).Select(i => Create((1000 * seed) + (ulong)i))];
        return Batch(all);
    }

    /// <summary>Trees as a batch; every leaf is a trajectory with a reward of its own.</summary>
    public static RolloutBatch Batch(params TokenTree[] trees)
    {
        List<Trajectory> trajectories = [];
        List<int> leaves = [];
        foreach (TokenTree tree in trees)
        {
            tree.WriteLeaves(leaves);
            foreach (int leaf in leaves)
            {
                Trajectory trajectory = Trajectory(tree, leaf);
                trajectory.AddReward("test", leaf + 0.5f, 2);
                trajectories.Add(trajectory);
            }
        }

        return new RolloutBatch(trees, trajectories, responseBudget: 64);
    }

    /// <summary>A trajectory without rewards.</summary>
    public static Trajectory Trajectory(TokenTree tree, int leaf, int tokens = 0) => new()
    {
        Instance = new TaskInstance { Family = "test", Split = TaskSplit.Train, Index = 0, Key = "", Prompt = "prompt", Answer = "" },
        Tree = tree,
        Leaf = leaf,
        Response = "",
        ResponseTokens = tokens,
        ResponseBudget = 64,
        End = leaf % 2 == 0 ? EndReason.Finished : EndReason.Truncated,
        Verdict = new Verdict { Score = leaf },
    };
}
