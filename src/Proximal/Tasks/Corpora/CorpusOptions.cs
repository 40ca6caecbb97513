using Proximal.Recipes;

namespace Proximal.Tasks.Corpora;

/// <summary>Options of <see cref="CorpusTask"/>.</summary>
public sealed record CorpusOptions
{
    /// <summary>File of the documents.</summary>
    public string CorpusPath { get; init; } = "";

    /// <summary>File of the questions.</summary>
    public string QuestionsPath { get; init; } = "";

    /// <summary>File of held-out questions; empty to hold out a tenth of the questions by their text.</summary>
    public string TestPath { get; init; } = "";

    /// <summary>The longest line, in bytes.</summary>
    public int MaximumLineBytes { get; init; } = 1 << 20;

    /// <summary>The most documents.</summary>
    public int MaximumDocuments { get; init; } = 1_000_000;

    /// <summary>The most questions of a file.</summary>
    public int MaximumQuestions { get; init; } = 1_000_000;

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<CorpusOptions> Schema { get; } = new OptionSchema<CorpusOptions>(() => new CorpusOptions())
        .Text("corpus", o => o.CorpusPath, (o, v) => o with { CorpusPath = v }, "File of the documents: lines with id, title and text.")
        .Text("questions", o => o.QuestionsPath, (o, v) => o with { QuestionsPath = v }, "File of the questions: lines with question, answers and, if known, gold: ids of the documents that tell the answer.")
        .Text("test", o => o.TestPath, (o, v) => o with { TestPath = v }, "File of held-out questions; empty to hold out a tenth of the questions by their text.")
        .Integer("maximum-line-bytes", o => o.MaximumLineBytes, (o, v) => o with { MaximumLineBytes = v }, "The longest line.", 16, 1 << 26)
        .Integer("maximum-documents", o => o.MaximumDocuments, (o, v) => o with { MaximumDocuments = v }, "The most documents.", 1, 10_000_000)
        .Integer("maximum-questions", o => o.MaximumQuestions, (o, v) => o with { MaximumQuestions = v }, "The most questions of a file.", 1, 100_000_000)
        .Rule(o => o.FindFault());

    /// <summary>The first impossible value as a sentence that names it, or null.</summary>
    public string? FindFault() =>
        OptionChecks.Holds(CorpusPath.Length > 0, "corpus", "''", "the path of a JSONL file")
        ?? OptionChecks.Holds(QuestionsPath.Length > 0, "questions", "''", "the path of a JSONL file")
        ?? OptionChecks.Range("maximum-line-bytes", MaximumLineBytes, 16, 1 << 26)
        ?? OptionChecks.Range("maximum-documents", MaximumDocuments, 1, 10_000_000)
        ?? OptionChecks.Range("maximum-questions", MaximumQuestions, 1, 100_000_000);
}
