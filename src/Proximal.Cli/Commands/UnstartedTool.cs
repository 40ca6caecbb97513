using Proximal.Environments.Tools;

namespace Proximal.Cli.Commands;

/// <summary>Stands for a tool outside this process where a recipe is read and not run.</summary>
internal sealed class UnstartedTool(string name, string tag) : ITool
{
    public string Name => name;

    public string Tag => tag;

    public IReadOnlyList<string> Symbols { get; } = [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => ((char)c).ToString()), "\n"];

    public ToolResult Call(ToolCall call) => throw new InvalidOperationException($"The tool {name} is not started where a recipe is only read.");
}
