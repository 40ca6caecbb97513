namespace Proximal.Environments.Tools.Scripting;

/// <summary>One instruction and the line that it comes from.</summary>
internal readonly record struct ScriptInstruction(ScriptOperation Operation, int A, int B, int Line);
