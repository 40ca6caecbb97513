namespace Proximal.Tasks;

/// <summary>One problem of a task: what the model reads, the gold answer, and how a careful solver gets there.</summary>
public sealed record TaskInstance
{
    /// <summary>Name of the family or data set.</summary>
    public required string Family { get; init; }

    /// <summary>The split the instance belongs to.</summary>
    public required TaskSplit Split { get; init; }

    /// <summary>Difficulty, from 1; 0 where a task has none.</summary>
    public int Difficulty { get; init; }

    /// <summary>Position within the split, from 0.</summary>
    public required long Index { get; init; }

    /// <summary>The canonical text that identifies the problem; two instances with one key are the same problem.</summary>
    public required string Key { get; init; }

    /// <summary>The text that the model reads, template included, without a start-of-sequence token.</summary>
    public required string Prompt { get; init; }

    /// <summary>The gold answer.</summary>
    public required string Answer { get; init; }

    /// <summary>The steps of the canonical chain of thought, in order; empty where there is none.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>Index of the step that first produces the answer (the last step where none states it literally), or -1 without steps.</summary>
    public int FirstCorrectStep { get; init; } = -1;

    /// <summary>How many redundant blocks the demonstration appends after the steps.</summary>
    public int Redundancy { get; init; }

    /// <summary>Data of the family.</summary>
    public TaskMetadata Metadata { get; init; } = TaskMetadata.None;
}
