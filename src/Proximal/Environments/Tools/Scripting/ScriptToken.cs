namespace Proximal.Environments.Tools.Scripting;

/// <summary>A word of a program.</summary>
internal readonly record struct ScriptToken(ScriptTokenKind Kind, string Text, long Number, int Line)
{
    public bool Is(string symbol) => Kind is ScriptTokenKind.Symbol or ScriptTokenKind.Name && Text == symbol;
}
