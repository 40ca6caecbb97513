using System.ComponentModel;
using System.Diagnostics;
using static System.FormattableString;

namespace Proximal.Tools.Sandboxing;

/// <summary>
/// Runs Python programs that nobody vouches for, each in a process of its own: without network, without files but the system's programs (read-only) and an empty scratch folder, with an empty
/// environment, without rights, and within limits of wall-clock time, processor time, memory, processes, file sizes and output. When a program ends, everything that it started is killed. It is no
/// wall against faults of the kernel. Safe for concurrent use.
/// </summary>
public sealed class Sandbox
{
    private const int Killed = 128 + 9;
    private const int OverTime = 128 + 24;
    private const int ErrorCharacters = 2048;
    private const int ShownErrorCharacters = 200;

    /// <summary>Tries what must not work; prints what works all the same.</summary>
    private const string FullProbe = """
        import os, socket
        found = []
        for path in ("/etc/passwd", "/proc/self/status", "/root", "/home"):
            if os.path.exists(path): found.append(path)
        for path in ("/x", "/usr/x", "/dev/x"):
            try: open(path, "w"); found.append("writes " + path)
            except OSError: pass
        if [name for _, name in socket.if_nameindex() if name != "lo"]: found.append("network")
        if os.getpid() != 1: found.append("processes")
        open("/tmp/x", "w").write("x")
        print("safe" if not found else ", ".join(found))
        """;

    private const string LimitsProbe = "print('safe')";

    private static readonly string[] Programs = ["unshare", "setpriv", "prlimit", "mount", "umount", "pivot_root"];

    /// <summary>Programs started by this process.</summary>
    private static int started;

    private static readonly TimeSpan KillGrace = TimeSpan.FromSeconds(5);

    private readonly SandboxPlan plan;
    private readonly SandboxRoom room;

    private Sandbox(SandboxOptions options, SandboxPlan plan)
    {
        Options = options;
        this.plan = plan;
        room = new SandboxRoom(options.Concurrency);
    }

    /// <summary>The limits.</summary>
    public SandboxOptions Options { get; }

    /// <summary>How programs are isolated.</summary>
    public string Plan => plan.Name;

    /// <summary>Finds a way to isolate programs, and tries that it holds.</summary>
    /// <exception cref="ToolUnavailableException">This machine cannot; the message says why.</exception>
    public static Sandbox Open(SandboxOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Concurrency, 1);
        string python = SystemPrograms.Find("python3") ?? throw new ToolUnavailableException("the tool 'python' needs /usr/bin/python3, which is not there");
        if (options.Isolation == SandboxIsolation.Full)
        {
            RequireLinux();
        }

        List<string> failures = [];
        foreach (SandboxPlan plan in SandboxPlan.For(options, python))
        {
            SandboxResult result = Probe(options, plan);
            if (result is { Error: null, Output: "safe" })
            {
                return new Sandbox(options, plan);
            }

            failures.Add($"{plan.Name}: {result.ToString().ReplaceLineEndings(" ")}");
        }

        throw new ToolUnavailableException($"the tool 'python' cannot be isolated on this machine ({string.Join("; ", failures)}); --allow-weaker-isolation runs it with limits only");
    }

    /// <summary>What a program that tries what must not work says of a way to isolate it: <c>safe</c>, or what works all the same.</summary>
    internal static SandboxResult Probe(SandboxOptions options, SandboxPlan plan)
    {
        Sandbox sandbox = new(options with { WallClock = TimeSpan.FromSeconds(20), OutputCharacters = 1024 }, plan);
        return sandbox.Run(plan.Isolation == SandboxIsolation.Full ? FullProbe : LimitsProbe);
    }

    /// <summary>Runs a program.</summary>
    public SandboxResult Run(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Length > Options.SourceCharacters)
        {
            return new SandboxResult("", "range");
        }

        room.Enter();
        try
        {
            return RunInFolder(source);
        }
        finally
        {
            room.Leave();
        }
    }

    private SandboxResult RunInFolder(string source)
    {
        if (plan.Isolation == SandboxIsolation.Full)
        {
            return Task.Run(() => RunAsync(source, "/")).GetAwaiter().GetResult();
        }

        string scratch = CreateScratch();
        try
        {
            return Task.Run(() => RunAsync(source, scratch)).GetAwaiter().GetResult();
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private async Task<SandboxResult> RunAsync(string source, string folder)
    {
        using Process process = Start(plan.Words(Interlocked.Increment(ref started)), folder);
        using CancellationTokenSource limit = new(Options.WallClock);
        LimitedCapture output = new(Options.OutputCharacters), errors = new(ErrorCharacters);
        bool isFlood = false;
        Task reading = Task.WhenAll(
            output.FillAsync(process.StandardOutput.BaseStream, () =>
            {
                isFlood = true;
                limit.Cancel();
            }),
            errors.FillAsync(process.StandardError.BaseStream, () => Drain(process.StandardError.BaseStream)));
        Task writing = WriteAsync(process, source);
        bool isOver = await HasEnded(process, limit.Token).ConfigureAwait(false);
        if (!isOver)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync().WaitAsync(KillGrace).ConfigureAwait(false);
        }

        await Task.WhenAny(Task.WhenAll(reading, writing), Task.Delay(KillGrace)).ConfigureAwait(false);
        return new SandboxResult(output.ToString(), isFlood ? "output" : !isOver ? "timeout" : Fault(process.ExitCode, errors.ToString()));
    }

    private static string? Fault(int exitCode, string errors)
    {
        string last = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault("");
        return exitCode switch
        {
            0 => null,
            Killed or OverTime => "killed",

            // What unshare of util-linux says when its child was killed.
            _ when last.StartsWith("unshare: sigprocmask", StringComparison.Ordinal) => "killed",
            _ when last.Length == 0 => Invariant($"exit {exitCode}"),
            _ => last.Length > ShownErrorCharacters ? last[..ShownErrorCharacters] : last,
        };
    }

    private static async Task<bool> HasEnded(Process process, CancellationToken limit)
    {
        try
        {
            await process.WaitForExitAsync(limit).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task WriteAsync(Process process, string source)
    {
        try
        {
            await process.StandardInput.WriteAsync(source).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (Exception end) when (end is IOException or ObjectDisposedException)
        {
            // A program that ends before it has been read is answered by its exit code.
        }
    }

    /// <summary>Goes on reading what nobody looks at, so that the program does not wait for a reader.</summary>
    private static void Drain(Stream stream) => _ = stream.CopyToAsync(Stream.Null);

    private static Process Start(IReadOnlyList<string> words, string folder)
    {
        ProcessStartInfo start = new(words[0], words.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin";
        start.Environment["LANG"] = "C.UTF-8";
        start.Environment["HOME"] = folder == "/" ? "/tmp" : folder;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            throw new ToolUnavailableException($"the tool 'python' does not start: {failure.Message}", failure);
        }
    }

    private static string CreateScratch()
    {
        string folder = Directory.CreateTempSubdirectory("proximal-code-").FullName;
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
        {
            // The program runs as another user.
            File.SetUnixFileMode(folder, (UnixFileMode)0x1FF);
        }

        return folder;
    }

    private static void RequireLinux()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new ToolUnavailableException("the tool 'python' can be isolated on Linux only; --allow-weaker-isolation runs it with limits only");
        }

        string[] missing = [.. Programs.Where(name => SystemPrograms.Find(name) is null)];
        if (missing.Length > 0)
        {
            throw new ToolUnavailableException($"the tool 'python' needs {string.Join(", ", missing)} of util-linux to be isolated; --allow-weaker-isolation runs it with limits only");
        }
    }
}
