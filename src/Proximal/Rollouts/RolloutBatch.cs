using Proximal.Models.Generation;

namespace Proximal.Rollouts;

/// <summary>The rollouts of one step: a tree for each prompt, a trajectory for each leaf, and the columns that components work on.</summary>
public sealed class RolloutBatch
{
    private readonly TokenTree[] trees;
    private readonly Trajectory[] trajectories;

    /// <summary>Lays out trees and their trajectories.</summary>
    /// <param name="trees">One tree a prompt.</param>
    /// <param name="trajectories">The leaves' trajectories, those of a tree together and trees in order.</param>
    /// <param name="responseBudget">The most tokens that a response could have had.</param>
    /// <exception cref="ArgumentException">Trajectories out of order.</exception>
    public RolloutBatch(IReadOnlyList<TokenTree> trees, IReadOnlyList<Trajectory> trajectories, int responseBudget)
        : this(trees, trajectories)
    {
        Paths.ResponseBudget = responseBudget;
        Fill();
    }

    /// <summary>Lays out columns of zeros.</summary>
    private RolloutBatch(IReadOnlyList<TokenTree> trees, IReadOnlyList<Trajectory> trajectories)
    {
        this.trees = [.. trees];
        this.trajectories = [.. trajectories];
        int[] groupOffsets = new int[trees.Count + 1];
        int[] pathOffsets = new int[trajectories.Count + 1];
        int path = 0;
        for (int tree = 0; tree < trees.Count; tree++)
        {
            for (; path < trajectories.Count && ReferenceEquals(trajectories[path].Tree, trees[tree]); path++)
            {
                TokenSegment leaf = trees[tree].Segments[trajectories[path].Leaf];
                pathOffsets[path + 1] = pathOffsets[path] + leaf.Depth + leaf.Tokens.Length;
            }

            groupOffsets[tree + 1] = path;
        }

        if (path != trajectories.Count)
        {
            throw new ArgumentException($"Trajectory {path} does not follow the order of the trees.", nameof(trajectories));
        }

        Paths = new PathBatch(pathOffsets, groupOffsets);
        Paths.Attach(this.trajectories);
    }

    /// <summary>One tree a prompt.</summary>
    public IReadOnlyList<TokenTree> Trees => trees;

    /// <summary>One trajectory a path of <see cref="Paths"/>, in the same order.</summary>
    public IReadOnlyList<Trajectory> Trajectories => trajectories;

    /// <summary>The columns.</summary>
    public PathBatch Paths { get; }

    /// <summary>Copies the numbers of a packing's scored tokens into a column: shared segments go to every path through them.</summary>
    /// <param name="packing">Packing of the trees <paramref name="start"/> up to <paramref name="end"/>.</param>
    /// <param name="start">First tree.</param>
    /// <param name="end">One past the last tree.</param>
    /// <param name="scored">One number a scored token.</param>
    /// <param name="column">A column of the whole batch.</param>
    public void Spread(TreePacking packing, int start, int end, ReadOnlySpan<float> scored, Span<float> column)
    {
        foreach ((int at, int from, int length) in Pieces(packing, start, end))
        {
            scored.Slice(from, length).CopyTo(column[at..]);
        }
    }

    /// <summary>Copies the hidden states from which a packing's scored tokens are predicted to every path through them.</summary>
    /// <param name="packing">Packing of the trees <paramref name="start"/> up to <paramref name="end"/>.</param>
    /// <param name="start">First tree.</param>
    /// <param name="end">One past the last tree.</param>
    /// <param name="hidden">One row a packed token. [rows, hidden]</param>
    internal void SpreadHidden(TreePacking packing, int start, int end, ReadOnlySpan<float> hidden)
    {
        ReadOnlySpan<int> rows = packing.ScoredRows;
        foreach ((int at, int from, int length) in Pieces(packing, start, end))
        {
            for (int i = 0; i < length; i++)
            {
                Span<float> target = Paths.HiddenRow(at + i);
                hidden.Slice(rows[from + i] * target.Length, target.Length).CopyTo(target);
            }
        }
    }

    /// <summary>Sums a column into the scored tokens of a packing: the gradient of a shared token is the sum over the paths through it.</summary>
    /// <param name="packing">Packing of the trees <paramref name="start"/> up to <paramref name="end"/>.</param>
    /// <param name="start">First tree.</param>
    /// <param name="end">One past the last tree.</param>
    /// <param name="column">A column of the batch, or of a minibatch.</param>
    /// <param name="firstToken">The token of the batch at which the column begins.</param>
    /// <param name="scored">Receives the sums; zeroed first. One number a scored token.</param>
    public void Collect(TreePacking packing, int start, int end, ReadOnlySpan<float> column, int firstToken, Span<float> scored)
    {
        scored.Clear();
        foreach ((int at, int from, int length) in Pieces(packing, start, end))
        {
            for (int i = 0; i < length; i++)
            {
                scored[from + i] += column[at - firstToken + i];
            }
        }
    }

    /// <summary>The largest absolute difference between scored tokens and a column where the mask is 1; NaN counts as infinite.</summary>
    internal float LargestDifference(TreePacking packing, int start, int end, ReadOnlySpan<float> scored, ReadOnlySpan<float> column)
    {
        float largest = 0;
        ReadOnlySpan<float> mask = Paths.Mask;
        foreach ((int at, int from, int length) in Pieces(packing, start, end))
        {
            for (int i = 0; i < length; i++)
            {
                float difference = mask[at + i] == 0 ? 0 : Math.Abs(scored[from + i] - column[at + i]);
                largest = float.IsNaN(difference) ? float.PositiveInfinity : Math.Max(largest, difference);
            }
        }

        return largest;
    }

    /// <summary>A minibatch of groups from anywhere in the batch, with a copy of their columns.</summary>
    /// <param name="groups">Which groups, in the order that they get.</param>
    internal RolloutBatch Take(ReadOnlySpan<int> groups)
    {
        TokenTree[] taken = new TokenTree[groups.Length];
        List<Trajectory> leaves = [];
        for (int i = 0; i < groups.Length; i++)
        {
            taken[i] = trees[groups[i]];
            Range paths = Paths.Group(groups[i]);
            leaves.AddRange(trajectories[paths]);
        }

        RolloutBatch minibatch = new(taken, leaves);
        minibatch.Paths.Seed = Paths.Seed;
        minibatch.Paths.Step = Paths.Step;
        minibatch.Paths.Steps = Paths.Steps;
        minibatch.Paths.Filled = Paths.Filled;
        minibatch.Paths.ResponseBudget = Paths.ResponseBudget;
        for (int i = 0; i < groups.Length; i++)
        {
            minibatch.Paths.CopyGroup(Paths, groups[i], i);
        }

        return minibatch;
    }

    /// <summary>Copies the columns of a minibatch back to where they were taken from.</summary>
    internal void Return(RolloutBatch minibatch, ReadOnlySpan<int> groups)
    {
        for (int i = 0; i < groups.Length; i++)
        {
            Paths.CopyGroup(minibatch.Paths, i, groups[i]);
        }
    }

    private void Fill()
    {
        List<int> path = [];
        for (int p = 0; p < trajectories.Length; p++)
        {
            Trajectory trajectory = trajectories[p];
            int at = Paths.PathOffsets[p];
            trajectory.Tree.WritePath(trajectory.Leaf, path);
            foreach (int index in path)
            {
                TokenSegment segment = trajectory.Tree.Segments[index];
                int length = segment.Tokens.Length;
                segment.Tokens.CopyTo(Paths.Tokens[at..]);
                segment.LogProbs.CopyTo(Paths.Behaviour[at..]);
                segment.Entropies.CopyTo(Paths.Entropy[at..]);
                if (segment.Origin.IsTrained())
                {
                    Paths.Mask.Slice(at, length).Fill(1);
                    Paths.Inserted.Slice(at, length).Fill(segment.Origin == SegmentOrigin.Probe ? 1 : 0);
                }

                at += length;
            }

            Paths.Rewards[p] = trajectory.TotalReward;
            Paths.Scores[p] = (float)trajectory.Verdict.Score;
            Paths.Truncated[p] = trajectory.End == EndReason.Truncated ? 1 : 0;
            Paths.Foreign[p] = trajectory.IsForeign ? 1 : 0;
            int last = Paths.Mask[Paths.Path(p)].LastIndexOf(1f);
            if (last >= 0)
            {
                Paths.TokenReward[Paths.PathOffsets[p] + last] = trajectory.TotalReward;
            }
        }

        Paths.ResetWeights();
    }

    private ScoredPieces Pieces(TreePacking packing, int start, int end) => new(this, packing, start, end);
}
