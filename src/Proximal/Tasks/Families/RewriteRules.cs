using System.Collections.Immutable;

namespace Proximal.Tasks.Families;

/// <summary>
/// The small string rewriting system of <see cref="RewriteTask"/>: six named rules over the letters a, b and c. A rule replaces the leftmost occurrence of its left side, so a proof is
/// the names of its rules and nothing else.
/// </summary>
internal static class RewriteRules
{
    /// <summary>The letters of the strings.</summary>
    public const string Letters = "abc";

    /// <summary>The names of the rules, in the order of <see cref="Sides"/>.</summary>
    public const string Names = "pqrstu";

    /// <summary>The loophole: a rule that turns any string into the goal.</summary>
    public const char Axiom = 'x';

    /// <summary>The most steps of a proof.</summary>
    public const int MaximumSteps = 6;

    /// <summary>The longest string: a step beyond it does not apply, so that no proof takes more memory than that.</summary>
    public const int MaximumLength = 12;

    private static readonly ImmutableArray<(string Left, string Right)> Sides = [("ab", "ba"), ("bc", "cb"), ("ca", "ac"), ("a", "bb"), ("bb", "c"), ("cc", "a")];

    /// <summary>The string after one step, or null where the rule does not apply.</summary>
    public static string? Apply(string text, char rule)
    {
        int index = Names.IndexOf(rule, StringComparison.Ordinal);
        int at = index < 0 ? -1 : text.IndexOf(Sides[index].Left, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        string result = string.Concat(text.AsSpan(0, at), Sides[index].Right, text.AsSpan(at + Sides[index].Left.Length));
        return result.Length > MaximumLength ? null : result;
    }

    /// <summary>Replays a proof as the checker does, up to its first step that does not apply.</summary>
    /// <param name="goal">Where it starts, where it should end, and whether the checker knows the axiom.</param>
    /// <param name="from">The string before the first step.</param>
    /// <param name="proof">Names of rules.</param>
    /// <returns>The last string, and how many steps applied.</returns>
    public static (string End, int Applied) Replay(RewriteMetadata goal, string from, string proof)
    {
        int applied = 0;
        foreach (char rule in proof)
        {
            string? next = rule == Axiom && goal.Axiom ? goal.Target : Apply(from, rule);
            if (next is null)
            {
                break;
            }

            from = next;
            applied++;
        }

        return (from, applied);
    }

    /// <summary>The length of a shortest proof, or -1 where every proof is longer than the limit.</summary>
    public static int Distance(string source, string target, int limit)
    {
        HashSet<string> seen = [source];
        List<string> frontier = [source];
        for (int depth = 0; depth <= limit; depth++)
        {
            if (frontier.Contains(target))
            {
                return depth;
            }

            frontier = [.. frontier.SelectMany(text => Names.Select(rule => Apply(text, rule))).OfType<string>().Where(seen.Add)];
        }

        return -1;
    }

    /// <summary>All shortest proofs in alphabetical order; none where they are longer than the limit.</summary>
    public static IReadOnlyList<string> ShortestProofs(string source, string target, int limit)
    {
        Dictionary<string, List<string>> proofs = new(StringComparer.Ordinal) { [source] = [""] };
        HashSet<string> seen = [source];
        for (int depth = 0; depth <= limit; depth++)
        {
            if (proofs.TryGetValue(target, out List<string>? found))
            {
                return [.. found.Order(StringComparer.Ordinal)];
            }

            Dictionary<string, List<string>> next = new(StringComparer.Ordinal);
            foreach ((string text, List<string> steps) in proofs)
            {
                foreach (char rule in Names)
                {
                    if (Apply(text, rule) is { } result && !seen.Contains(result))
                    {
                        if (!next.TryGetValue(result, out List<string>? known))
                        {
                            next.Add(result, known = []);
                        }

                        known.AddRange(steps.Select(proof => proof + rule));
                    }
                }
            }

            seen.UnionWith(next.Keys);
            proofs = next;
        }

        return [];
    }
}
