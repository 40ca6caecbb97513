using System.Globalization;
using System.Text;

namespace Proximal.Environments.Tools.Scripting;

/// <summary>What a program prints, up to the limit.</summary>
internal sealed class ScriptOutput
{
    private const int MaximumCharacters = 16 * MiniScript.MaximumOutputTokens;

    private readonly StringBuilder text = new();
    private int tokens;
    private bool isInWord;

    /// <summary>Prints a value after a space; false when the output gets too long.</summary>
    public bool TryPrint(ScriptValue value)
    {
        isInWord = false;
        if (text.Length > 0)
        {
            text.Append(' ');
        }

        return TryWrite(value);
    }

    /// <inheritdoc/>
    public override string ToString() => text.ToString();

    private bool TryWrite(ScriptValue value)
    {
        if (value.Kind != ScriptKind.List)
        {
            return TryWrite(value.Kind switch
            {
                ScriptKind.Integer => value.Integer.ToString(CultureInfo.InvariantCulture),
                ScriptKind.Condition => value.Condition ? "true" : "false",
                _ => value.Text,
            });
        }

        bool isWritten = TryWrite("[");
        for (int i = 0; isWritten && i < value.List.Items.Length; i++)
        {
            isWritten = (i == 0 || TryWrite(",")) && TryWrite(value.List.Items[i]);
        }

        return isWritten && TryWrite("]");
    }

    private bool TryWrite(string piece)
    {
        foreach (char c in piece)
        {
            bool isWord = char.IsLetterOrDigit(c);
            tokens += (isWord && isInWord) || c == ' ' ? 0 : 1;
            isInWord = isWord;
        }

        text.Append(piece);
        return tokens <= MiniScript.MaximumOutputTokens && text.Length <= MaximumCharacters;
    }
}
