using Proximal.Worlds.Retrieval;

namespace Proximal.Tasks.Corpora;

/// <summary>What a question about a corpus comes with.</summary>
/// <param name="Corpus">The corpus.</param>
/// <param name="Answers">The right answers: any of them will do.</param>
/// <param name="Gold">Ids of the documents that tell the answer; may be empty.</param>
public sealed record CorpusMetadata(TextCorpus Corpus, IReadOnlyList<string> Answers, IReadOnlyList<string> Gold) : TaskMetadata;
