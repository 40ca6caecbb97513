using System.Text;

namespace Proximal.Tasks.Verification;

/// <summary>
/// Free answers as open-domain question answering compares them (Rajpurkar et al. 2016, SQuAD, arXiv:1606.05250): lower-cased, without punctuation and the articles a, an and the, with single
/// spaces. Where several answers are right, the best counts.
/// </summary>
public static class OpenAnswers
{
    /// <summary>The normal form of an answer.</summary>
    public static string Normalize(string answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        StringBuilder kept = new(answer.Length);
        foreach (char c in answer)
        {
            if (!char.IsPunctuation(c) && !char.IsSymbol(c))
            {
                kept.Append(char.ToLowerInvariant(c));
            }
        }

        return string.Join(' ', kept.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => word is not ("a" or "an" or "the")));
    }

    /// <summary>Whether an answer is one of the right ones.</summary>
    public static bool ExactMatch(string answer, IReadOnlyList<string> right)
    {
        ArgumentNullException.ThrowIfNull(right);
        string given = Normalize(answer);
        return given.Length > 0 && right.Any(gold => Normalize(gold) == given);
    }

    /// <summary>Whether one of the right answers stands, word for word, in a text.</summary>
    public static bool Contains(string text, IReadOnlyList<string> right)
    {
        ArgumentNullException.ThrowIfNull(right);
        string given = $" {Normalize(text)} ";
        return right.Any(gold => Normalize(gold) is { Length: > 0 } words && given.Contains($" {words} ", StringComparison.Ordinal));
    }

    /// <summary>The best F1 of the words of an answer with those of a right one.</summary>
    public static double F1(string answer, IReadOnlyList<string> right)
    {
        ArgumentNullException.ThrowIfNull(right);
        string given = Normalize(answer);
        return given.Length == 0 || right.Count == 0 ? 0 : right.Max(gold => TokenOverlap.F1(given, Normalize(gold)));
    }
}
