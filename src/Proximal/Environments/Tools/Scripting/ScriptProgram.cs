namespace Proximal.Environments.Tools.Scripting;

/// <summary>A compiled program.</summary>
internal sealed record ScriptProgram(ScriptInstruction[] Code, ScriptValue[] Constants, ScriptFunction[] Functions, int Globals);
