using Proximal.Environments.Tools.Scripting;

namespace Proximal.Environments.Tools;

/// <summary>
/// Programs that run inside this process without access to anything: <c>&lt;code&gt;let s=0 for i in 1..101 { s=s+i } print s&lt;/code&gt;</c> is answered by <c>5050</c>, see
/// <see cref="MiniScript"/>.
/// </summary>
public sealed class MiniScriptTool : ITool
{
    /// <summary>Name and tag.</summary>
    public const string Key = "code";

    /// <inheritdoc/>
    public string Name => Key;

    /// <inheritdoc/>
    public IReadOnlyList<string> Symbols { get; } =
        [.. "0123456789abcdefghijklmnopqrstuvwxyz +-*/%=<>!()[]{},.;\"_\n".Select(c => c.ToString())];

    /// <inheritdoc/>
    public ToolResult Call(ToolCall call)
    {
        ScriptResult result = MiniScript.Run(call.Text);
        return new ToolResult(result.ToString(), result.Error is not null);
    }
}
