namespace Proximal.Environments.Search;

/// <summary>What the verdict of a search agent's episode scores.</summary>
public enum AnswerScore
{
    /// <summary>EM: 1 for exactly the right answers.</summary>
    ExactMatch,

    /// <summary>SubEM: 1 if a right answer stands in what was answered.</summary>
    Contains,

    /// <summary>F1 of the words of the answer.</summary>
    TokenF1,

    /// <summary>The F1 of the list of answers, shaped: 0 for a malformed episode, 0.1 without a hit, else <c>1 - 0.4 (1 - F)</c> (A²Search).</summary>
    AnswerF1,

    /// <summary>The share of the right answers that were given.</summary>
    Recall,
}
