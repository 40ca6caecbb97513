using System.Text;

namespace Proximal.Tasks;

/// <summary>Reads steps of the form <c>left=result</c>.</summary>
internal static class StepPlan
{
    /// <summary>The steps with every result, and every number that the prompt does not contain, replaced by an underscore.</summary>
    public static IReadOnlyList<string> Mask(string prompt, IReadOnlyList<string> steps)
    {
        HashSet<string> known = [.. Numbers(prompt)];
        return [.. steps.Select(step => Mask(known, step))];
    }

    /// <summary>The first step whose result is the answer; the last step where none is.</summary>
    public static int FirstCorrect(IReadOnlyList<string> steps, string answer)
    {
        for (int i = 0; i < steps.Count; i++)
        {
            if (steps[i][(steps[i].LastIndexOf('=') + 1)..] == answer)
            {
                return i;
            }
        }

        return steps.Count - 1;
    }

    private static string Mask(HashSet<string> known, string step)
    {
        int equals = step.LastIndexOf('=');
        string left = equals < 0 ? step : step[..equals];
        StringBuilder masked = new();
        for (int at = 0; at < left.Length;)
        {
            int length = DigitsAt(left, at);
            if (length == 0)
            {
                masked.Append(left[at++]);
                continue;
            }

            string number = left.Substring(at, length);
            masked.Append(known.Contains(number) ? number : "_");
            at += length;
        }

        return equals < 0 ? masked.ToString() : masked.Append("=_").ToString();
    }

    private static IEnumerable<string> Numbers(string text)
    {
        for (int at = 0; at < text.Length;)
        {
            int length = DigitsAt(text, at);
            if (length > 0)
            {
                yield return text.Substring(at, length);
            }

            at += Math.Max(1, length);
        }
    }

    private static int DigitsAt(string text, int start)
    {
        int at = start;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at - start;
    }
}
