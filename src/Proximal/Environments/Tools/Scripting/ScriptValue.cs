namespace Proximal.Environments.Tools.Scripting;

/// <summary>A value of a program.</summary>
internal readonly struct ScriptValue
{
    private readonly long number;
    private readonly object? content;

    private ScriptValue(ScriptKind kind, long number, object? content)
    {
        Kind = kind;
        this.number = number;
        this.content = content;
    }

    public ScriptKind Kind { get; }

    public long Integer => number;

    public bool Condition => number != 0;

    public string Text => (string)content!;

    public ScriptList List => (ScriptList)content!;

    public object? Content => content;

    public static ScriptValue Of(long number) => new(ScriptKind.Integer, number, null);

    public static ScriptValue Of(bool condition) => new(ScriptKind.Condition, condition ? 1 : 0, null);

    public static ScriptValue Of(string text) => new(ScriptKind.Text, 0, text);

    public static ScriptValue Of(ScriptList list) => new(ScriptKind.List, 0, list);
}
