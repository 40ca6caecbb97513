namespace Proximal.Tasks.Data;

/// <summary>Options of <see cref="JsonlTask"/>.</summary>
public sealed record JsonlOptions
{
    /// <summary>Name of the task.</summary>
    public string Name { get; init; } = "jsonl";

    /// <summary>File of the training split.</summary>
    public string TrainPath { get; init; } = "";

    /// <summary>File of the validation split; empty for none.</summary>
    public string ValidationPath { get; init; } = "";

    /// <summary>File of the test split; empty for none.</summary>
    public string TestPath { get; init; } = "";

    /// <summary>Field with the prompt.</summary>
    public string PromptField { get; init; } = "question";

    /// <summary>Field with the answer or worked solution.</summary>
    public string AnswerField { get; init; } = "answer";

    /// <summary>How answers are compared.</summary>
    public AnswerVerifier Verifier { get; init; }

    /// <summary>Whether a prompt may be in two splits.</summary>
    public bool AllowOverlap { get; init; }

    /// <summary>The longest line, in bytes.</summary>
    public int MaximumLineBytes { get; init; } = 1 << 18;

    /// <summary>The most instances of a split.</summary>
    public int MaximumCount { get; init; } = 1_000_000;

    /// <summary>The first impossible value as a sentence, or null.</summary>
    public string? FindFault() =>
        OptionChecks.Holds(Name.Length > 0, "label", "''", "a name")
        ?? OptionChecks.Holds(TrainPath.Length > 0, "train", "''", "the path of a JSONL file")
        ?? OptionChecks.Holds(PromptField.Length > 0, "prompt-field", "''", "the name of a field")
        ?? OptionChecks.Holds(AnswerField.Length > 0, "answer-field", "''", "the name of a field")
        ?? OptionChecks.Range("maximum-line-bytes", MaximumLineBytes, 16, 1 << 26)
        ?? OptionChecks.Range("maximum-count", MaximumCount, 1, 100_000_000);
}
