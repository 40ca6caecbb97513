using System.Text.Json;
using Proximal.Environments.Tools;

namespace Proximal.Tools.Servers;

/// <summary>
/// The tools of a server in the text of a policy: <c>&lt;call&gt;add {"a":2,"b":3}&lt;/call&gt;</c>, or <c>files.add</c> where several servers have a tool of that name. What is no call is answered
/// by <c>err syntax</c>, an unknown tool by <c>err name</c>; see <see cref="ToolServer"/> for the rest.
/// </summary>
public sealed class ServerTool : ITool, IDisposable
{
    private const int MaximumDepth = 32;
    private const string SyntaxError = "err syntax";

    private readonly ToolServer server;
    private readonly int concurrency;

    /// <summary>Puts a server into the text.</summary>
    /// <param name="server">The server, which is disposed with the tool.</param>
    /// <param name="concurrency">Calls that are made at one time.</param>
    public ServerTool(ToolServer server, int concurrency = 1)
    {
        ArgumentNullException.ThrowIfNull(server);
        this.server = server;
        this.concurrency = concurrency;
        Name = $"mcp:{server.Name}";
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Tag => "call";

    /// <inheritdoc/>
    public int Concurrency => concurrency;

    /// <summary>False: a server may remember.</summary>
    public bool IsReplayable => false;

    /// <inheritdoc/>
    public IReadOnlyList<string> Symbols { get; } = [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => ((char)c).ToString()), "\n"];

    /// <inheritdoc/>
    public bool Accepts(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return server.Tools.Contains(Split(text).Tool);
    }

    /// <inheritdoc/>
    public ToolResult Call(ToolCall call)
    {
        (string tool, string arguments) = Split(call.Text);
        return TryRead(arguments, out Dictionary<string, JsonElement> read) ? server.Call(tool, read) : ToolResult.Error(SyntaxError);
    }

    /// <inheritdoc/>
    public void Dispose() => server.Dispose();

    /// <summary>What recipes call the tools of a server.</summary>
    internal static string NameOf(ToolServerOptions options) => $"mcp:{options.Name}";

    /// <summary>Starts a server and puts it into the text.</summary>
    internal static ServerTool Start(ToolServerOptions options) => new(ToolServer.Start(options), options.Concurrency);

    private (string Tool, string Arguments) Split(string text)
    {
        string trimmed = text.Trim();
        int end = trimmed.AsSpan().IndexOfAny(" {\n\t");
        string tool = end < 0 ? trimmed : trimmed[..end], prefix = server.Name + ".";
        bool isOurs = !server.Tools.Contains(tool) && tool.StartsWith(prefix, StringComparison.Ordinal);
        return (isOurs ? tool[prefix.Length..] : tool, end < 0 ? "" : trimmed[end..].Trim());
    }

    private static bool TryRead(string text, out Dictionary<string, JsonElement> arguments)
    {
        arguments = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (text.Length == 0)
        {
            return true;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaximumDepth });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return false;
            }

            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                arguments[property.Name] = property.Value.Clone();
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
