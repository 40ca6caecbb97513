using System.Text;

namespace Proximal.Tasks;

/// <summary>Steps in words: <c>6+4=10</c> becomes <c>6 plus 4 is 10</c>. What is no equation stays as it is.</summary>
internal static class VerboseSteps
{
    /// <summary>The characters that the words bring in.</summary>
    public const string Characters = "abcdefghijklmnopqrstuvwxyz ";

    public static string Of(string step)
    {
        StringBuilder text = new(step.Length + 16);
        bool isSign = true;
        foreach (char c in step)
        {
            string? word = c switch
            {
                '+' => "plus",
                '-' when !isSign => "minus",
                '*' => "times",
                '/' => "over",
                '=' => "is",
                _ => null,
            };
            isSign = word is not null || (isSign && c is ' ' or '(');
            text.Append(word is null ? c.ToString() : $" {word} ");
        }

        return text.ToString();
    }
}
