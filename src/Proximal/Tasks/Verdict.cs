namespace Proximal.Tasks;

/// <summary>The judgement of a response; rewards are functions of it.</summary>
public sealed record Verdict
{
    /// <summary>Whether the response has exactly the required form, the end of the sequence included.</summary>
    public bool FormatOk { get; init; }

    /// <summary>Whether an answer was found and could be read.</summary>
    public bool Parsed { get; init; }

    /// <summary>Whether the answer is right.</summary>
    public bool Correct { get; init; }

    /// <summary>Dense credit in [0, 1]; families without a graded notion give 0 or 1.</summary>
    public double Partial { get; init; }

    /// <summary>The family's own score in [0, 1]; 0 or 1 where the family defines none.</summary>
    public double Score { get; init; }

    /// <summary>The answer as it was read, in normal form; empty when none was.</summary>
    public string NormalizedAnswer { get; init; } = "";

    /// <summary>Why no answer could be read, or null.</summary>
    public string? Error { get; init; }

    /// <summary>A verdict on an answer that is right or wrong.</summary>
    public static Verdict Of(bool correct, string normalizedAnswer) => Of(correct, correct ? 1 : 0, normalizedAnswer);

    /// <summary>A verdict on an answer with dense credit.</summary>
    public static Verdict Of(bool correct, double partial, string normalizedAnswer) => new()
    {
        Parsed = true,
        Correct = correct,
        Partial = partial,
        Score = correct ? 1 : 0,
        NormalizedAnswer = normalizedAnswer,
    };

    /// <summary>The verdict on a response without a readable answer.</summary>
    public static Verdict Unreadable(string error) => new() { Error = error };
}
