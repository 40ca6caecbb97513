namespace Proximal.Runs;

/// <summary>Everything about rollouts of one prompt in one step, token by token: a tree of segments and the paths through it.</summary>
public sealed record RolloutRecord
{
    /// <summary>Finished steps of policy optimization, the recorded one included.</summary>
    public required int Step { get; init; }

    /// <summary>Number of the prompt within the step, from 0.</summary>
    public required int Group { get; init; }

    /// <summary>The text of the prompt. Untrusted, as all texts here.</summary>
    public required string Prompt { get; init; }

    /// <summary>The expected answer.</summary>
    public required string Expected { get; init; }

    /// <summary>Which family of problems it belongs to.</summary>
    public required string Family { get; init; }

    /// <summary>How hard it is within the family.</summary>
    public required int Difficulty { get; init; }

    /// <summary>Rollouts that the prompt had; more than <see cref="Paths"/> where they were too long to be recorded all.</summary>
    public required int Rollouts { get; init; }

    /// <summary>The tree; parents come before their children, and the first segment is the prompt.</summary>
    public required IReadOnlyList<RecordedSegment> Segments { get; init; }

    /// <summary>The recorded rollouts, in the order of the step.</summary>
    public required IReadOnlyList<RecordedPath> Paths { get; init; }

    /// <summary>The segments from the root to the leaf of a path: the columns of the path go through their tokens in this order.</summary>
    public IReadOnlyList<int> SegmentsOf(RecordedPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        List<int> segments = [];
        for (int at = path.Leaf; at >= 0; at = Segments[at].Parent)
        {
            segments.Add(at);
        }

        segments.Reverse();
        return segments;
    }
}
