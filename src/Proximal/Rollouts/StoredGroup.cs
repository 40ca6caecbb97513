using Proximal.Models.Generation;
using Proximal.Tasks;

namespace Proximal.Rollouts;

/// <summary>
/// The rollouts of one prompt as they wait for later steps, and as numbers that a checkpoint holds: tokens, recorded log-probabilities, texts,
/// verdicts and reward terms. The problem itself is generated again from its split and index.
/// </summary>
internal sealed class StoredGroup(TokenTree tree, IReadOnlyList<Trajectory> trajectories)
{
    public TokenTree Tree { get; } = tree;

    public IReadOnlyList<Trajectory> Trajectories { get; } = trajectories;

    /// <summary>The groups of a batch.</summary>
    public static IEnumerable<StoredGroup> Of(RolloutBatch batch)
    {
        for (int group = 0; group < batch.Trees.Count; group++)
        {
            Range paths = batch.Paths.Group(group);
            (int start, int length) = paths.GetOffsetAndLength(batch.Trajectories.Count);
            yield return new StoredGroup(batch.Trees[group], [.. batch.Trajectories.Skip(start).Take(length)]);
        }
    }

    /// <summary>A batch of groups from anywhere.</summary>
    public static RolloutBatch ToBatch(IReadOnlyList<StoredGroup> groups, int responseBudget) =>
        new([.. groups.Select(group => group.Tree)], [.. groups.SelectMany(group => group.Trajectories)], responseBudget);

    /// <summary>Appends this group to a list of numbers.</summary>
    public void Write(NumberWriter numbers)
    {
        TaskInstance instance = Trajectories[0].Instance;
        numbers.Add((int)instance.Split);
        numbers.Add(instance.Index);
        numbers.Add(instance.Key);
        numbers.Add(Tree.Segments.Count);
        foreach (TokenSegment segment in Tree.Segments)
        {
            numbers.Add(segment.Parent);
            numbers.Add((int)segment.Origin);
            numbers.Add((int)segment.End);
            numbers.Add(segment.Tokens.Length);
            for (int t = 0; t < segment.Tokens.Length; t++)
            {
                numbers.Add(segment.Tokens[t]);
                numbers.Add(segment.LogProbs[t]);
                numbers.Add(segment.Entropies[t]);
            }
        }

        numbers.Add(Trajectories.Count);
        foreach (Trajectory trajectory in Trajectories)
        {
            Write(numbers, trajectory);
        }
    }

    /// <summary>Reads what <see cref="Write(NumberWriter)"/> wrote.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="task">Generates the problem.</param>
    /// <exception cref="InvalidDataException">The numbers are no group, or the problem is not one of this task.</exception>
    public static StoredGroup Read(NumberReader numbers, ITask task)
    {
        TaskSplit split = (TaskSplit)numbers.Integer(0, (int)Enum.GetValues<TaskSplit>().Max());
        TaskInstance instance = task.Generate(split, numbers.Long());
        string key = numbers.Text();
        if (key != instance.Key)
        {
            throw new InvalidDataException($"a stored group answers '{key}', where task {task.Name} has '{instance.Key}'; rollouts of prompts from elsewhere cannot be taken up again");
        }

        TokenTree? tree = null;
        int segments = numbers.Integer(1, int.MaxValue);
        for (int i = 0; i < segments; i++)
        {
            tree = ReadSegment(numbers, tree, i);
        }

        Trajectory[] trajectories = new Trajectory[numbers.Count(perItem: 8)];
        for (int i = 0; i < trajectories.Length; i++)
        {
            trajectories[i] = ReadTrajectory(numbers, instance, tree!);
        }

        return new StoredGroup(tree!, trajectories);
    }

    private static TokenTree ReadSegment(NumberReader numbers, TokenTree? tree, int index)
    {
        int parent = numbers.Integer(-1, index - 1);
        SegmentOrigin origin = (SegmentOrigin)numbers.Integer(0, (int)Enum.GetValues<SegmentOrigin>().Max());
        EndReason end = (EndReason)numbers.Integer(0, (int)Enum.GetValues<EndReason>().Max());
        int count = numbers.Count(perItem: 3);
        if (tree is null)
        {
            int[] prompt = new int[count];
            for (int t = 0; t < count; t++)
            {
                prompt[t] = numbers.Integer(0, int.MaxValue);
                numbers.Skip(2);
            }

            return count > 0 ? new TokenTree(prompt) : throw new InvalidDataException("a stored group has no prompt");
        }

        TokenSegment segment = parent >= 0 ? tree.Branch(parent, origin) : throw new InvalidDataException("a stored segment has no parent");
        segment.End = end;
        for (int t = 0; t < count; t++)
        {
            segment.Append(numbers.Integer(0, int.MaxValue), numbers.Single(), numbers.Single());
        }

        return tree;
    }

    private static void Write(NumberWriter numbers, Trajectory trajectory)
    {
        Verdict verdict = trajectory.Verdict;
        numbers.Add(trajectory.Leaf);
        numbers.Add(trajectory.Response);
        numbers.Add(trajectory.ResponseTokens);
        numbers.Add(trajectory.ResponseBudget);
        numbers.Add((int)trajectory.End);
        numbers.Add((verdict.FormatOk ? 1 : 0) | (verdict.Parsed ? 2 : 0) | (verdict.Correct ? 4 : 0) | (verdict.Error is null ? 0 : 8));
        numbers.Add(verdict.Partial);
        numbers.Add(verdict.Score);
        numbers.Add(verdict.NormalizedAnswer);
        numbers.Add(verdict.Error ?? "");
        numbers.Add(trajectory.TotalReward);
        numbers.Add(trajectory.Rewards.Count);
        foreach ((string term, float value) in trajectory.Rewards)
        {
            numbers.Add(term);
            numbers.Add(value);
        }

        numbers.Add(trajectory.Counters.Count);
        foreach ((string counter, double value) in trajectory.Counters)
        {
            numbers.Add(counter);
            numbers.Add(value);
        }

        numbers.Add(trajectory.TurnRewards.Count);
        foreach (double value in trajectory.TurnRewards)
        {
            numbers.Add(value);
        }
    }

    private static Trajectory ReadTrajectory(NumberReader numbers, TaskInstance instance, TokenTree tree)
    {
        int leaf = numbers.Integer(0, tree.Segments.Count - 1);
        string response = numbers.Text();
        int tokens = numbers.Integer(0, int.MaxValue), budget = numbers.Integer(0, int.MaxValue);
        EndReason end = (EndReason)numbers.Integer(0, (int)Enum.GetValues<EndReason>().Max());
        int flags = numbers.Integer(0, 15);
        Verdict verdict = new()
        {
            FormatOk = (flags & 1) != 0,
            Parsed = (flags & 2) != 0,
            Correct = (flags & 4) != 0,
            Partial = numbers.Double(),
            Score = numbers.Double(),
            NormalizedAnswer = numbers.Text(),
        };
        string error = numbers.Text();
        float total = numbers.Single();
        (string Term, float Value)[] rewards = new (string, float)[numbers.Count(perItem: 2)];
        for (int i = 0; i < rewards.Length; i++)
        {
            rewards[i] = (numbers.Text(), numbers.Single());
        }

        Dictionary<string, double> counters = new(StringComparer.Ordinal);
        for (int count = numbers.Count(perItem: 2); count > 0; count--)
        {
            counters[numbers.Text()] = numbers.Double();
        }

        double[] turns = new double[numbers.Count(perItem: 1)];
        for (int i = 0; i < turns.Length; i++)
        {
            turns[i] = numbers.Double();
        }

        Trajectory trajectory = new()
        {
            Instance = instance,
            Tree = tree,
            Leaf = leaf,
            Response = response,
            ResponseTokens = tokens,
            ResponseBudget = budget,
            End = end,
            Verdict = (flags & 8) != 0 ? verdict with { Error = error } : verdict,
            Counters = counters,
            TurnRewards = turns,
        };
        foreach ((string term, float value) in rewards)
        {
            trajectory.AddReward(term, value, 0);
        }

        trajectory.RestoreTotal(total);
        return trajectory;
    }
}
