using static System.FormattableString;

namespace Proximal.Environments.Tools.Scripting;

/// <summary>How a program ended.</summary>
/// <param name="Output">What it printed; empty after an error.</param>
/// <param name="Error">The kind of the error, or null.</param>
/// <param name="Line">The line of the error, from 1.</param>
/// <param name="Steps">Steps that were taken.</param>
public sealed record ScriptResult(string Output, string? Error, int Line, int Steps)
{
    /// <summary>The output, or <c>err kind line</c>.</summary>
    public override string ToString() => Error is null ? Output : Invariant($"err {Error} {Line}");
}
