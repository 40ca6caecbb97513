using Proximal.Environments.Tools;

namespace Proximal.Tools.Sandboxing;

/// <summary>Python programs in a <see cref="Sandbox"/>: <c>&lt;python&gt;print(6*7)&lt;/python&gt;</c> is answered by <c>42</c>.</summary>
public sealed class SandboxTool(Sandbox sandbox) : ITool
{
    /// <summary>Name and tag.</summary>
    public const string Key = "python";

    /// <inheritdoc/>
    public string Name => Key;

    /// <inheritdoc/>
    public int Concurrency => sandbox.Options.Concurrency;

    /// <summary>False: programs can ask for the time and for random numbers.</summary>
    public bool IsReplayable => false;

    /// <inheritdoc/>
    public IReadOnlyList<string> Symbols { get; } = [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => ((char)c).ToString()), "\n"];

    /// <inheritdoc/>
    public ToolResult Call(ToolCall call)
    {
        SandboxResult result = sandbox.Run(call.Text);
        return new ToolResult(result.ToString(), result.Error is not null);
    }
}
