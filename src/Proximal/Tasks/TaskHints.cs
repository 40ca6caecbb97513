using static Proximal.Tasks.SuiteVocabulary;

namespace Proximal.Tasks;

/// <summary>
/// Hints as text. Twelve levels in three tiers of four cumulative parts (Scaf-GRPO): concepts (1-4), plan (5-8), solution steps (9-12); and hints cut from the chain of thought
/// (GHPO) or the answer (ExPO). Inside a tier the text of a level is a prefix of the next one's.
/// </summary>
public static class TaskHints
{
    /// <summary>The strongest level.</summary>
    public const int Levels = 12;

    /// <summary>A prompt followed by a hint.</summary>
    public static string Attach(string prompt, string hint) => $"{prompt}{Hint}{hint}{EndHint}";

    /// <summary>The first round-half-even(ratio · length) symbols of a chain of thought; ratio 1 is all of it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The ratio is outside [0, 1].</exception>
    public static string Prefix(string thought, double ratio)
    {
        ArgumentNullException.ThrowIfNull(thought);
        if (!(ratio >= 0 && ratio <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(ratio), ratio, "ratio must be in [0, 1].");
        }

        int keep = (int)Math.Round(ratio * CountSymbols(thought), MidpointRounding.ToEven);
        int at = 0;
        for (int i = 0; i < keep; i++)
        {
            at += SymbolLength(thought.AsSpan(at));
        }

        return thought[..at];
    }

    /// <summary>The symbols that answer hints bring in beside those of the answers.</summary>
    internal static IReadOnlyList<string> AnswerSymbols { get; } = [Hint, EndHint, .. FromAnswer("").Distinct().Select(c => c.ToString())];

    /// <summary>The hint that gives the answer away and asks for its explanation.</summary>
    public static string FromAnswer(string answer) => $"ans {answer} explain";

    /// <summary>The text of a level from the three lists of a family.</summary>
    internal static string AtLevel(int level, IReadOnlyList<string> concepts, IReadOnlyList<string> plan, IReadOnlyList<string> steps)
    {
        RequireLevel(level);
        return level switch
        {
            <= 4 => string.Join("; ", concepts.Take(level)),
            <= 8 => string.Join(';', plan.Take(Share(plan.Count, level - 4))),
            _ => string.Join(';', steps.Take(Share(steps.Count, level - 8))),
        };
    }

    internal static void RequireLevel(int level)
    {
        if (level is < 1 or > Levels)
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "level must be in 1..12.");
        }
    }

    private static int Share(int count, int quarters) => ((count * quarters) + 3) / 4;
}
