using System.ComponentModel;
using System.Diagnostics;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Proximal.Tools.Servers;

/// <summary>One life of a server: its process, the session with it, and the tools that it offers.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const int RememberedError = 400;
    private const string NewSession = "/usr/bin/setsid";

    private static readonly TimeSpan ExitGrace = TimeSpan.FromSeconds(0.5);

    private readonly ToolServerOptions options;
    private readonly Process process;
    private readonly TextTail errors = new(RememberedError);
    private readonly LimitedMessageStream messages;
    private McpClient? client;
    private int ended;

    private ServerProcess(ToolServerOptions options, Process process)
    {
        this.options = options;
        this.process = process;
        messages = new LimitedMessageStream(process.StandardOutput.BaseStream, options.MaximumMessageBytes);
        _ = errors.FillAsync(process.StandardError);
    }

    /// <summary>The names of its tools.</summary>
    public IReadOnlySet<string> Tools { get; private set; } = new HashSet<string>();

    /// <summary>Whether it can be asked.</summary>
    public bool IsAlive => ended == 0 && !process.HasExited && !messages.IsExceeded && client is { Completion.IsCompleted: false };

    /// <summary>Calls in a row that were not answered in time.</summary>
    public int Timeouts { get; set; }

    /// <summary>Why it ended, as a clause.</summary>
    public string Reason
    {
        get
        {
            // A connection ends a little before its process does.
            bool hasExited = process.WaitForExit(ExitGrace);
            string said = errors.ToString();
            string why = messages.IsExceeded ? FormattableString.Invariant($"it sent a message of more than {options.MaximumMessageBytes} bytes") :
                Timeouts > 0 ? FormattableString.Invariant($"it left {Timeouts} calls in a row without an answer") :
                hasExited ? FormattableString.Invariant($"it ended with exit code {process.ExitCode}") : "it closed the connection";
            return said.Length == 0 ? why : $"{why}; its last words: {said}";
        }
    }

    /// <summary>Starts the process and lists its tools.</summary>
    /// <exception cref="ToolUnavailableException">It does not start, or does not speak the protocol.</exception>
    public static ServerProcess Start(ToolServerOptions options)
    {
        ServerProcess server = new(options, Launch(options));
        try
        {
            server.Connect();
            return server;
        }
        catch (Exception failure)
        {
            string reason = failure is OperationCanceledException or TimeoutException && !server.process.HasExited
                ? FormattableString.Invariant($"it gave no answer in {options.StartTimeout.TotalSeconds:0} s")
                : server.Reason;
            server.Dispose();
            throw new ToolUnavailableException($"the tool server '{options.Name}' ({string.Join(' ', options.Command)}) does not start: {reason}", failure);
        }
    }

    /// <summary>Calls a tool.</summary>
    /// <exception cref="OperationCanceledException">No answer in time.</exception>
    public CallToolResult Call(CallToolRequestParams request)
    {
        using CancellationTokenSource limit = new(options.CallTimeout);
        return Task.Run(() => client!.CallToolAsync(request, limit.Token).AsTask(), limit.Token).WaitAsync(limit.Token).GetAwaiter().GetResult();
    }

    /// <summary>Ends the session, waits a little for the process to end by itself, and kills what is left of it and its children.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref ended, 1) != 0)
        {
            return;
        }

        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // A server that is gone reads nothing any more.
        }

        if (!process.WaitForExit(options.ShutdownTimeout))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit(options.ShutdownTimeout);
        }

        if (client is not null)
        {
            Task.Run(() => client.DisposeAsync().AsTask()).Wait(options.ShutdownTimeout);
        }

        process.Dispose();
    }

    /// <summary>In a session of its own where that can be had: the Ctrl-C that ends a run after its step must not end the tools that the step needs.</summary>
    private static Process Launch(ToolServerOptions options)
    {
        bool hasSession = File.Exists(NewSession);
        ProcessStartInfo start = new(hasSession ? NewSession : options.Command[0], hasSession ? options.Command : options.Command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            throw new ToolUnavailableException($"the tool server '{options.Name}' ({string.Join(' ', options.Command)}) does not start: {failure.Message}", failure);
        }
    }

    private void Connect()
    {
        using CancellationTokenSource limit = new(options.StartTimeout);
        Task.Run(() => ConnectAsync(limit.Token), limit.Token).WaitAsync(limit.Token).GetAwaiter().GetResult();
    }

    private async Task ConnectAsync(CancellationToken limit)
    {
        StreamClientTransport transport = new(process.StandardInput.BaseStream, messages);
        McpClientOptions settings = new()
        {
            ClientInfo = new Implementation { Name = "proximal", Version = "0.1.0" },
            InitializationTimeout = options.StartTimeout,
        };
        client = await McpClient.CreateAsync(transport, settings, cancellationToken: limit).ConfigureAwait(false);
        IList<McpClientTool> tools = await client.ListToolsAsync(cancellationToken: limit).ConfigureAwait(false);
        Tools = tools.Select(tool => tool.Name).ToHashSet(StringComparer.Ordinal);
    }
}
