using System.Text;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Proximal.Environments.Tools;

namespace Proximal.Tools.Servers;

/// <summary>
/// A server of the Model Context Protocol: started when it is needed, asked with a time limit, started again a bounded number of times when it ends or falls silent, and ended with everything that
/// it started. Safe for concurrent use.
/// </summary>
public sealed class ToolServer : IDisposable
{
    internal const string UnknownTool = "err name", TimedOut = "err timeout", Broken = "err server";

    private readonly ToolServerOptions options;
    private readonly Lock gate = new();
    private ServerProcess process;
    private bool isDisposed;

    private ToolServer(ToolServerOptions options, ServerProcess process)
    {
        this.options = options;
        this.process = process;
        AppDomain.CurrentDomain.ProcessExit += EndWithProcess;
    }

    /// <summary>What recipes call it.</summary>
    public string Name => options.Name;

    /// <summary>The names of its tools, as of its last start.</summary>
    public IReadOnlySet<string> Tools => process.Tools;

    /// <summary>How often it was started again.</summary>
    public int Restarts { get; private set; }

    /// <summary>Starts a server and lists its tools.</summary>
    /// <exception cref="ArgumentException">An option is impossible.</exception>
    /// <exception cref="ToolUnavailableException">It does not start.</exception>
    public static ToolServer Start(ToolServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.FindFault() is { } fault ? throw new ArgumentException(fault) : new ToolServer(options, ServerProcess.Start(options));
    }

    /// <summary>Calls a tool. What it answers, and every way in which it does not, is the result.</summary>
    /// <param name="tool">Name of the tool.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="ToolUnavailableException">The server has failed more often than it may.</exception>
    public ToolResult Call(string tool, IReadOnlyDictionary<string, JsonElement> arguments)
    {
        ArgumentNullException.ThrowIfNull(tool);
        ArgumentNullException.ThrowIfNull(arguments);
        ServerProcess asked = Alive();
        if (!asked.Tools.Contains(tool))
        {
            return ToolResult.Error(UnknownTool);
        }

        try
        {
            CallToolResult result = asked.Call(new CallToolRequestParams { Name = tool, Arguments = new Dictionary<string, JsonElement>(arguments, StringComparer.Ordinal) });
            asked.Timeouts = 0;
            return new ToolResult(TextOf(result), result.IsError == true);
        }
        catch (OperationCanceledException)
        {
            asked.Timeouts++;
            return ToolResult.Error(TimedOut);
        }
        catch (Exception failure) when (failure is McpException && asked.IsAlive)
        {
            return ToolResult.Error($"err {failure.Message}");
        }
        catch (Exception failure) when (failure is McpException or IOException or InvalidOperationException or ObjectDisposedException or JsonException)
        {
            return ToolResult.Error(Broken);
        }
    }

    /// <summary>Ends the server.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            AppDomain.CurrentDomain.ProcessExit -= EndWithProcess;
            process.Dispose();
        }
    }

    private void EndWithProcess(object? sender, EventArgs e) => Dispose();

    private ServerProcess Alive()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            if (process.IsAlive && process.Timeouts < options.MaximumTimeouts)
            {
                return process;
            }

            string reason = process.Reason;
            process.Dispose();
            if (Restarts >= options.MaximumRestarts)
            {
                throw new ToolUnavailableException(FormattableString.Invariant($"the tool server '{options.Name}' was started again {Restarts} times and has failed once more: {reason}"));
            }

            Restarts++;
            return process = ServerProcess.Start(options);
        }
    }

    private string TextOf(CallToolResult result)
    {
        StringBuilder text = new();
        foreach (ContentBlock block in result.Content)
        {
            text.Append(text.Length > 0 ? "\n" : "").Append(block is TextContentBlock said ? said.Text : $"[{block.Type}]");
            if (text.Length > options.MaximumCharacters)
            {
                break;
            }
        }

        if (result.Content.Count == 0 && result.StructuredContent is { } structured)
        {
            text.Append(structured.GetRawText());
        }

        return text.ToString(0, Math.Min(text.Length, options.MaximumCharacters));
    }
}
