namespace Proximal.Tools.Sandboxing;

/// <summary>How a program ended.</summary>
/// <param name="Output">What it printed, without line ends at the end.</param>
/// <param name="Error">What went wrong: <c>timeout</c>, <c>output</c>, <c>killed</c>, <c>exit N</c>, <c>range</c>, or the last line that it wrote to its standard error; null when it ended well.</param>
public sealed record SandboxResult(string Output, string? Error)
{
    /// <summary>The output, and below it <c>err what</c> where something went wrong.</summary>
    public override string ToString() => Error is null ? Output : Output.Length == 0 ? $"err {Error}" : $"{Output}\nerr {Error}";
}
