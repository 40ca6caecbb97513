namespace Proximal.Tasks.Data;

/// <summary>How a data set's answers are compared.</summary>
public enum AnswerVerifier
{
    /// <summary>The final answer is found in gold and response and compared as mathematics.</summary>
    FinalAnswer,

    /// <summary>The whole response equals the gold answer, up to spaces around it and runs of them.</summary>
    Exact,
}
