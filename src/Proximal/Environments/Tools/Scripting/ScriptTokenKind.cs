namespace Proximal.Environments.Tools.Scripting;

/// <summary>Kinds of words.</summary>
internal enum ScriptTokenKind
{
    Number,
    Text,
    Name,
    Symbol,
    Separator,
    End,
}
