using System.Text;
using static System.FormattableString;

namespace Proximal.Tasks;

/// <summary>Steps as assignments: <c>6+4=10;10*7=4</c> becomes <c>x0=6+4;x1=x0*7</c>.</summary>
internal static class StepCode
{
    public static IEnumerable<string> Assignments(IReadOnlyList<string> steps)
    {
        string previous = "";
        for (int i = 0; i < steps.Count; i++)
        {
            int equals = steps[i].LastIndexOf('=');
            string left = equals < 0 ? steps[i] : steps[i][..equals];
            yield return Invariant($"x{i}={(i == 0 ? left : ReplaceNumber(left, previous, Invariant($"x{i - 1}")))}");
            previous = equals < 0 ? "" : steps[i][(equals + 1)..];
        }
    }

    private static string ReplaceNumber(string text, string number, string name)
    {
        if (number.Length == 0)
        {
            return text;
        }

        int at = text.IndexOf(number, StringComparison.Ordinal);
        while (at >= 0)
        {
            int end = at + number.Length;
            bool whole = (at == 0 || !char.IsAsciiDigit(text[at - 1])) && (end == text.Length || !char.IsAsciiDigit(text[end]));
            if (whole)
            {
                return new StringBuilder(text).Remove(at, number.Length).Insert(at, name).ToString();
            }

            at = text.IndexOf(number, at + 1, StringComparison.Ordinal);
        }

        return text;
    }
}
