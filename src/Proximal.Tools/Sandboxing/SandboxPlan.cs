using System.Globalization;

namespace Proximal.Tools.Sandboxing;

/// <summary>A way to isolate programs, and the command line that does it.</summary>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Isolation">How far it goes.</param>
/// <param name="Words">The command line of a program: its number makes the users of programs that run at one time, or are still ending, different.</param>
internal sealed record SandboxPlan(string Name, SandboxIsolation Isolation, Func<int, IReadOnlyList<string>> Words)
{
    private const long Megabyte = 1 << 20;
    private const int Nobody = 65_534;

    /// <summary>Far above the users that a machine has, and different for each process that holds sandboxes.</summary>
    private const int FirstUser = 1_900_000_000;

    /// <summary>Users of one process, in turn: what a killed program leaves counts against its user until the system has taken it away.</summary>
    private const int Users = 64;

    private static readonly string[] Namespaces = ["--mount", "--net", "--pid", "--ipc", "--uts", "--fork", "--kill-child=KILL"];

    /// <summary>The ways to try, the best first.</summary>
    public static IReadOnlyList<SandboxPlan> For(SandboxOptions options, string python)
    {
        bool isRoot = Environment.IsPrivilegedProcess;
        if (options.Isolation == SandboxIsolation.LimitsOnly)
        {
            return [LimitsOnly(options, python, isRoot)];
        }

        SandboxPlan own = new("user namespace", SandboxIsolation.Full, program => [.. Guard(options), .. isRoot ? BecomeUser(User(program)) : [], .. Enter(options, python, "", "--user", "--map-root-user")]);
        return isRoot
            ? [own, new("root", SandboxIsolation.Full, program => [.. Guard(options), .. Enter(options, python, Text(User(program)))]), new("root, nobody", SandboxIsolation.Full, _ => [.. Guard(options), .. Enter(options, python, Text(Nobody))])]
            : [own];
    }

    private static SandboxPlan LimitsOnly(SandboxOptions options, string python, bool isRoot) => new(
        "limits only",
        SandboxIsolation.LimitsOnly,
        program => SystemPrograms.Find("prlimit") is { } prlimit
            ? [.. Guard(options), prlimit, .. Limits(options), .. isRoot ? BecomeUser(User(program)) : [], python, .. Interpreter]
            : ["/bin/sh", "-c", ShellLimits(options), "sh", python, .. Interpreter]);

    /// <summary>Reads the program from the standard input. Files that whoever started this process had left open are closed first: a shell may hand on any.</summary>
    private static readonly string[] Interpreter =
        ["-I", "-B", "-u", "-c", "import os, sys; os.closerange(3, 1 << 16); exec(compile(sys.stdin.read(), '<program>', 'exec'), {'__name__': '__main__'})"];

    /// <summary>Ends everything should this process be killed before it can.</summary>
    private static string[] Guard(SandboxOptions options) =>
        SystemPrograms.Find("timeout") is { } timeout ? [timeout, "--signal=KILL", Text((long)Math.Ceiling(options.WallClock.TotalSeconds) + 2)] : [];

    private static string[] BecomeUser(int user) => [SystemPrograms.Find("setpriv") ?? "setpriv", $"--reuid={Text(user)}", $"--regid={Text(user)}", "--clear-groups", "--"];

    private static string[] Enter(SandboxOptions options, string python, string user, params string[] more) =>
    [
        SystemPrograms.Find("unshare") ?? "unshare", .. more, .. Namespaces, "--", "/bin/sh", "-c", SandboxScript.Text, "sandbox", user, Text(options.ScratchMegabytes * Megabyte),
        Text(options.MemoryMegabytes * Megabyte), Text(options.ProcessorSeconds), Text(options.Processes), Text(options.FileMegabytes * Megabyte), python, .. Interpreter,
    ];

    private static string[] Limits(SandboxOptions options) =>
    [
        $"--as={Text(options.MemoryMegabytes * Megabyte)}", $"--cpu={Text(options.ProcessorSeconds)}", $"--nproc={Text(options.Processes)}", $"--fsize={Text(options.FileMegabytes * Megabyte)}",
        "--nofile=64", "--core=0",
    ];

    private static string ShellLimits(SandboxOptions options) =>
        $"ulimit -c 0; ulimit -n 64; ulimit -t {Text(options.ProcessorSeconds)}; ulimit -f {Text(options.FileMegabytes * 2048)}; ulimit -v {Text(options.MemoryMegabytes * 1024)} 2>/dev/null; exec \"$@\"";

    private static int User(int program) => FirstUser + (Environment.ProcessId % 1_000_000 * Users) + (int)((uint)program % Users);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
