using Proximal.Environments.Tools;

namespace Proximal.Tests.Environments.Tools;

/// <summary>A tool that says what it was asked, in its own name.</summary>
internal sealed class EchoTool(string name, string? tag = null, string? accepts = null, int limit = int.MaxValue, int concurrency = 1, string? answer = null, string[]? symbols = null) : ITool
{
    public string Name => name;

    public string Tag => tag ?? name;

    public int ObservationCharacters => limit;

    public int Concurrency => concurrency;

    public IReadOnlyList<string> Symbols { get; } = symbols ?? [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => ((char)c).ToString()), "\n"];

    public bool Accepts(string text) => accepts is null || text.StartsWith(accepts, StringComparison.Ordinal);

    public ToolResult Call(ToolCall call) => new(answer ?? $"{name}:{call.Text}");
}
