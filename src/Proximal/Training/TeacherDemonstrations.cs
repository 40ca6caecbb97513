using Proximal.Models.Generation;
using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Tasks;
using Proximal.Tensors.Random;

namespace Proximal.Training;

/// <summary>
/// Demonstrations that a teacher samples, with the log-probability of every token as it was when the teacher drew it. Every demonstration is
/// learned from once.
/// </summary>
/// <param name="rollouts">The teacher in the environment of the run.</param>
/// <param name="task">Where the problems come from.</param>
/// <param name="settings">What is kept, and how long is looked for it.</param>
internal sealed class TeacherDemonstrations(IRollouts rollouts, ITask task, TeacherSettings settings) : IDemonstrations
{
    private readonly UniformPrompts prompts = new(task, RandomPurpose.Teacher);

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The teacher solves no problem.</exception>
    public DemonstrationBatch Next(ulong seed, int step, int count)
    {
        Trajectory[] kept = Collect(seed, step, count);
        return new DemonstrationBatch(Array.ConvertAll(kept, ToDemonstration), Array.ConvertAll(kept, trajectory => trajectory.Verdict.Correct));
    }

    /// <inheritdoc/>
    public RolloutBatch Describe(ulong seed, int step, int count)
    {
        Trajectory[] kept = Collect(seed, step, count);
        return new RolloutBatch(Array.ConvertAll(kept, trajectory => trajectory.Tree), kept, kept[0].ResponseBudget);
    }

    private Trajectory[] Collect(ulong seed, int step, int count)
    {
        List<Trajectory> kept = new(count);
        for (int round = 0; round < settings.Rounds && kept.Count < count; round++)
        {
            IReadOnlyList<TaskInstance> problems = prompts.Next(seed, checked((step * settings.Rounds) + round), 0, count);
            RolloutBatch batch = rollouts.Generate(problems, new RolloutRequest(1, seed, RandomPurpose.Teacher, step, round * count));
            kept.AddRange(batch.Trajectories.Where(trajectory => !settings.OnlyRight || trajectory.Verdict.Correct).Take(count - kept.Count));
        }

        return kept.Count > 0
            ? [.. kept]
            : throw new InvalidDataException(FormattableString.Invariant(
                $"supervised.teacher: none of {settings.Rounds * count} responses solves its problem, expected some in each step; train it longer, or set only-right to false."));
    }

    /// <summary>The chain of a trajectory with the teacher in the policy's place.</summary>
    private static TokenTree ToDemonstration(Trajectory trajectory)
    {
        List<int> path = [];
        trajectory.Tree.WritePath(trajectory.Leaf, path);
        TokenTree tree = new(trajectory.Tree.Segments[path[0]].Tokens);
        int leaf = 0;
        foreach (TokenSegment segment in path.Skip(1).Select(index => trajectory.Tree.Segments[index]))
        {
            TokenSegment copy = tree.Branch(leaf, segment.Origin == SegmentOrigin.Policy ? SegmentOrigin.Teacher : segment.Origin);
            for (int i = 0; i < segment.Tokens.Length; i++)
            {
                copy.Append(segment.Tokens[i], segment.LogProbs[i], segment.Entropies[i]);
            }

            copy.End = segment.End;
            leaf = copy.Index;
        }

        return tree;
    }
}
