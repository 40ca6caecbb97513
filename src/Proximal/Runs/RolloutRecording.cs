using Proximal.Models.Generation;
using Proximal.Models.Tokenizers;
using Proximal.Rollouts;

namespace Proximal.Runs;

/// <summary>Makes records of the rollouts of a step, as they are after its last update.</summary>
/// <param name="batch">The rollouts.</param>
/// <param name="tokenizer">Gives the texts of tokens.</param>
/// <param name="step">Finished steps, this one included.</param>
internal sealed class RolloutRecording(RolloutBatch batch, ITokenizer tokenizer, int step)
{
    /// <summary>A prompt with its rollouts.</summary>
    /// <param name="group">Which prompt.</param>
    /// <param name="largestTokens">Bound on the tokens of all recorded paths: where there are more, only the first paths are recorded.</param>
    public RolloutRecord Record(int group, int largestTokens)
    {
        PathBatch paths = batch.Paths;
        TokenTree tree = batch.Trees[group];
        (int first, int count) = paths.Group(group).GetOffsetAndLength(paths.PathCount);
        int recorded = 0;
        for (int tokens = 0; recorded < count; recorded++)
        {
            tokens += paths.PathOffsets[first + recorded + 1] - paths.PathOffsets[first + recorded];
            if (tokens > largestTokens)
            {
                break;
            }
        }

        int[] places = Places(tree, first, recorded);
        Trajectory example = batch.Trajectories[first];
        return new RolloutRecord
        {
            Step = step,
            Group = group,
            Prompt = example.Instance.Prompt,
            Expected = example.Instance.Answer,
            Family = example.Instance.Family,
            Difficulty = example.Instance.Difficulty,
            Rollouts = count,
            Segments = [.. tree.Segments.Where(segment => places[segment.Index] >= 0).Select(segment => Segment(segment, places))],
            Paths = [.. Enumerable.Range(first, recorded).Select(path => Path(path, places))],
        };
    }

    /// <summary>Where the segments of recorded paths stand among each other; -1 for the others. The prompt is always there.</summary>
    private int[] Places(TokenTree tree, int first, int count)
    {
        int[] places = new int[tree.Segments.Count];
        Array.Fill(places, -1);
        places[0] = 0;
        for (int path = first; path < first + count; path++)
        {
            for (int at = batch.Trajectories[path].Leaf; at >= 0; at = tree.Segments[at].Parent)
            {
                places[at] = 0;
            }
        }

        int next = 0;
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = places[i] < 0 ? -1 : next++;
        }

        return places;
    }

    private RecordedSegment Segment(TokenSegment segment, int[] places) => new(
        segment.Parent < 0 ? -1 : places[segment.Parent],
        Name(segment.Origin),
        Name(segment.End),
        segment.Tokens.ToArray(),
        Array.ConvertAll(segment.Tokens.ToArray(), token => tokenizer.TokenText(token)));

    private RecordedPath Path(int path, int[] places)
    {
        Trajectory trajectory = batch.Trajectories[path];
        return new RecordedPath
        {
            Leaf = places[trajectory.Leaf],
            End = Name(trajectory.End),
            Correct = trajectory.Verdict.Correct,
            Score = trajectory.Verdict.Score,
            Reward = trajectory.TotalReward,
            Terms = trajectory.Rewards,
            Counters = trajectory.Counters,
            Response = trajectory.Response,
            IsForeign = trajectory.IsForeign,
            Columns = Columns(batch.Paths, batch.Paths.Path(path)),
        };
    }

    private static Dictionary<string, float[]> Columns(PathBatch paths, Range tokens)
    {
        Dictionary<string, float[]> columns = new(StringComparer.Ordinal)
        {
            [RolloutColumn.Mask] = paths.Mask[tokens].ToArray(),
            [RolloutColumn.Behaviour] = paths.Behaviour[tokens].ToArray(),
            [RolloutColumn.Old] = paths.Old[tokens].ToArray(),
            [RolloutColumn.Current] = paths.Current[tokens].ToArray(),
            [RolloutColumn.Entropy] = paths.Entropy[tokens].ToArray(),
            [RolloutColumn.Advantage] = paths.Advantage[tokens].ToArray(),
            [RolloutColumn.Weight] = paths.Weight[tokens].ToArray(),
            [RolloutColumn.TokenReward] = paths.TokenReward[tokens].ToArray(),
        };
        if (paths.Ratio[tokens].ContainsAnyExcept(0f))
        {
            columns.Add(RolloutColumn.Ratio, paths.Ratio[tokens].ToArray());
            columns.Add(RolloutColumn.Clipped, Array.ConvertAll(paths.Clipped[tokens].ToArray(), mark => (float)mark));
        }

        if (paths.Filled.HasFlag(Requirements.Reference))
        {
            columns.Add(RolloutColumn.Reference, paths.Reference[tokens].ToArray());
            columns.Add(RolloutColumn.Divergence, paths.Filled.HasFlag(Requirements.FullDivergence) ? paths.FullDivergence[tokens].ToArray() : Divergence(paths, tokens));
        }

        if (paths.Filled.HasFlag(Requirements.Critic))
        {
            columns.Add(RolloutColumn.Value, paths.Values[tokens].ToArray());
        }

        return columns;
    }

    private static float[] Divergence(PathBatch paths, Range tokens)
    {
        float[] estimates = paths.Reference[tokens].ToArray();
        ReadOnlySpan<float> current = paths.Current[tokens], mask = paths.Mask[tokens];
        for (int t = 0; t < estimates.Length; t++)
        {
            double difference = estimates[t] - current[t];
            estimates[t] = mask[t] == 0 ? 0 : (float)(Math.Exp(difference) - difference - 1);
        }

        return estimates;
    }

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
