namespace Proximal.Environments.Tools.Scripting;

/// <summary>A program cannot go on.</summary>
internal sealed class ScriptException(string kind, int line) : Exception(kind)
{
    public const string Syntax = "syntax", Name = "name", Type = "type", Index = "index", Arguments = "arguments", Zero = "div0", Overflow = "overflow",
        Steps = "steps", Cells = "cells", Depth = "depth", Output = "output";

    public string Kind { get; } = kind;

    public int Line { get; } = line;
}
