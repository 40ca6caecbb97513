using System.Text;

namespace Proximal.Models.Tokenizers;

/// <summary>
/// The normal form NFC of Unicode (Standard Annex 15): canonical decomposition, combining marks in canonical order, canonical composition. It is
/// computed here because <see cref="string.Normalize()"/> returns its text as it is where globalization is invariant, and tokens must not depend on
/// a setting of the program or on a library of the system.
/// </summary>
internal static class NormalFormC
{
    /// <summary>Every character below is its own normal form, whatever follows that is also below.</summary>
    private const char FirstMark = '\u0300';

    private const int LeadBase = 0x1100, VowelBase = 0x1161, TrailBase = 0x11A7, SyllableBase = 0xAC00;
    private const int Leads = 19, Vowels = 21, Trails = 28, Syllables = Leads * Vowels * Trails;

    /// <summary>The normal form of a text without lone surrogates.</summary>
    public static string Of(string text)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange('\0', (char)(FirstMark - 1)) < 0)
        {
            return text;
        }

        CanonicalMappings mappings = CanonicalMappings.Instance;
        List<int> codePoints = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, mappings, codePoints);
        }

        Order(codePoints, mappings);
        Compose(codePoints, mappings);
        StringBuilder result = new(text.Length);
        foreach (int codePoint in codePoints)
        {
            result.Append(new Rune(codePoint));
        }

        return result.ToString();
    }

    private static void Decompose(int codePoint, CanonicalMappings mappings, List<int> result)
    {
        int syllable = codePoint - SyllableBase;
        if (syllable is >= 0 and < Syllables)
        {
            result.Add(LeadBase + (syllable / (Vowels * Trails)));
            result.Add(VowelBase + (syllable / Trails % Vowels));
            if (syllable % Trails != 0)
            {
                result.Add(TrailBase + (syllable % Trails));
            }

            return;
        }

        ReadOnlySpan<int> parts = mappings.Decomposition(codePoint);
        if (parts.IsEmpty)
        {
            result.Add(codePoint);
        }

        foreach (int part in parts)
        {
            Decompose(part, mappings, result);
        }
    }

    /// <summary>Sorts every run of combining marks by class; marks of one class keep their order.</summary>
    private static void Order(List<int> codePoints, CanonicalMappings mappings)
    {
        for (int start = 0; start < codePoints.Count; start++)
        {
            int end = start;
            while (end < codePoints.Count && mappings.Class(codePoints[end]) != 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                // OrderBy is stable and takes no quadratic time on a long run of marks, which a text from outside may have.
                int[] marks = [.. codePoints[start..end].OrderBy(mappings.Class)];
                for (int i = 0; i < marks.Length; i++)
                {
                    codePoints[start + i] = marks[i];
                }
            }

            start = end;
        }
    }

    /// <summary>Joins each starter with what follows it, unless something of no smaller class stands between.</summary>
    private static void Compose(List<int> codePoints, CanonicalMappings mappings)
    {
        int starter = -1, kept = 0;
        byte last = 0;
        for (int i = 0; i < codePoints.Count; i++)
        {
            int codePoint = codePoints[i];
            byte combiningClass = mappings.Class(codePoint);
            bool blocked = starter < kept - 1 && last >= combiningClass;
            int composite = starter < 0 || blocked ? -1 : Pair(codePoints[starter], codePoint, mappings);
            if (composite >= 0)
            {
                codePoints[starter] = composite;
                continue;
            }

            if (combiningClass == 0)
            {
                starter = kept;
            }

            last = combiningClass;
            codePoints[kept++] = codePoint;
        }

        codePoints.RemoveRange(kept, codePoints.Count - kept);
    }

    private static int Pair(int first, int second, CanonicalMappings mappings)
    {
        int lead = first - LeadBase, vowel = second - VowelBase;
        if (lead is >= 0 and < Leads && vowel is >= 0 and < Vowels)
        {
            return SyllableBase + (((lead * Vowels) + vowel) * Trails);
        }

        int syllable = first - SyllableBase, trail = second - TrailBase;
        return syllable is >= 0 and < Syllables && syllable % Trails == 0 && trail is > 0 and < Trails
            ? first + trail
            : mappings.Composition(first, second);
    }
}
