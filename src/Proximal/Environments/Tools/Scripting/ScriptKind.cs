namespace Proximal.Environments.Tools.Scripting;

/// <summary>Kinds of values.</summary>
internal enum ScriptKind
{
    None,
    Integer,
    Condition,
    Text,
    List,
}
