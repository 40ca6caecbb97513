namespace Proximal.Environments.Tools.Scripting;

/// <summary>The functions that every program has.</summary>
internal enum ScriptBuiltIn
{
    Len,
    Append,
    Range,
    Min,
    Max,
    Sum,
}
