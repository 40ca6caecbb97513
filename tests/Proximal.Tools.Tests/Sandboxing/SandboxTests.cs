using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Proximal.Environments;
using Proximal.Environments.Tools;
using Proximal.Tasks;
using Proximal.Tools.Sandboxing;

namespace Proximal.Tools.Tests.Sandboxing;

/// <summary>Programs that mean harm. Where this machine cannot isolate them, the tests are skipped and say why.</summary>
public sealed class SandboxTests
{
    private static readonly Lazy<Sandbox> Shared = new(() => Sandbox.Open(new SandboxOptions()));

    [SandboxFact]
    public void A_program_runs_and_says_what_it_prints()
    {
        Assert.Equal(new SandboxResult("42", null), Run("print(6*7)"));
        Assert.Equal("1\n2", Run("print(1)\nprint(2)").ToString());
        Assert.Equal("1\nerr ZeroDivisionError: division by zero", Run("print(1)\n1/0").ToString());
        Assert.Equal("err exit 3", Run("import sys\nsys.exit(3)").ToString());
        Assert.Equal("caf\u00e9", Run("print('caf\u00e9')").Output);
        Assert.Equal("err range", Run(new string(' ', 20_000)).ToString());
        Assert.Equal(new SandboxResult("5050", null), Run("import math, json, re\nprint(sum(range(101)))"));
    }

    [SandboxFact]
    public void An_endless_loop_and_one_that_ignores_signals_end()
    {
        Sandbox quick = Sandbox.Open(new SandboxOptions { WallClock = TimeSpan.FromSeconds(2), ProcessorSeconds = 20 });
        Assert.Equal("timeout", quick.Run("while True: pass").Error);
        Assert.Equal("timeout", quick.Run("import signal\nfor s in range(1, 65):\n  try: signal.signal(s, signal.SIG_IGN)\n  except (OSError, ValueError): pass\nprint('deaf')\nwhile True: pass").Error);
        Assert.Equal("timeout", quick.Run("import time\ntime.sleep(600)").Error);
        Sandbox slow = Sandbox.Open(new SandboxOptions { WallClock = TimeSpan.FromSeconds(60), ProcessorSeconds = 1 });
        Assert.Equal("killed", slow.Run("while True: pass").Error);
    }

    [SandboxFact]
    public void A_fork_bomb_meets_its_limit_and_nothing_of_it_survives()
    {
        string mark = $"bomb{Guid.NewGuid():N}";
        SandboxResult result = Run($$"""
            import os, sys, time
            n = 0
            try:
                while True:
                    if os.fork() == 0:
                        os.setsid()
                        os.execv("/usr/bin/python3", ["{{mark}}", "-c", "import time, signal; signal.signal(15, 1); time.sleep(600)"])
                    n += 1
            except OSError as e:
                print(n, e.errno)
            """);
        Assert.Matches("^[1-7] 11$", result.Output);
        Assert.Equal(0, Servers.DemoServer.Count(mark));
        Assert.Equal("timeout", Sandbox.Open(new SandboxOptions { WallClock = TimeSpan.FromSeconds(2) }).Run("import os\nwhile True:\n  try: os.fork()\n  except OSError: pass").Error);
        Assert.Equal("1", Run("print(1)").Output);
    }

    [SandboxFact]
    public void Memory_is_limited()
    {
        Assert.Equal("MemoryError", Run("x = bytearray(10 << 30)").Error);
        Assert.Equal("MemoryError", Run("x = []\nwhile True: x.append(bytearray(1 << 20))").Error);
    }

    [SandboxFact]
    public void Files_can_be_written_in_the_scratch_folder_only_and_not_without_end()
    {
        string outside = Path.Combine(Path.GetTempPath(), $"outside-{Guid.NewGuid():N}");
        Assert.Equal("ok", Run("open('/tmp/x', 'w').write('a')\nopen('y', 'w').write('b')\nprint('ok')").Output);
        Assert.Equal("[]", Run("import os\nprint(os.listdir('/tmp'))").Output);
        foreach (string path in new[] { "/x", "/usr/x", "/usr/lib/x", "/etc/x", "/dev/x", "/dev/shm/x", "/var/tmp/x", "/home/x", "/root/x" })
        {
            Assert.Equal("no", Run($"try:\n  open('{path}', 'w')\n  print('yes')\nexcept OSError: print('no')").Output);
        }

        Run($"open('{outside}', 'w').write('a')");
        Assert.False(File.Exists(outside));
        Assert.Equal("OSError: [Errno 27] File too large", Run("f = open('/tmp/big', 'wb')\nfor i in range(100): f.write(b'x' * (1 << 20))").Error);
        Assert.Equal("OSError: [Errno 28] No space left on device", Run("for i in range(100): open(f'/tmp/{i}', 'wb').write(b'x' * (1 << 20))").Error);
        Assert.StartsWith("OSError: [Errno 28] No space left on device", Run("for i in range(10000): open(f'/tmp/{i}', 'wb').close()").Error);
    }

    [SandboxFact]
    public void There_is_no_network_not_even_to_this_machine()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Assert.Equal("101", Run("import socket\ntry: socket.create_connection(('1.1.1.1', 53), 2)\nexcept OSError as e: print(e.errno)").Output);
        Assert.NotEqual("in", Run($"import socket\ntry:\n  socket.create_connection(('127.0.0.1', {port}), 2)\n  print('in')\nexcept OSError: print('out')").Output);
        Assert.Equal("['lo']", Run("import socket\nprint([n for _, n in socket.if_nameindex()])").Output);
        Assert.False(listener.Pending());
    }

    [SandboxFact]
    public void A_flood_of_output_ends_the_program()
    {
        foreach (string flood in new[] { "while True: print('x' * 1000)", "import os\nwhile True: os.write(1, b'\\0' * 65536)" })
        {
            SandboxResult result = Run(flood);
            Assert.Equal("output", result.Error);
            Assert.InRange(result.Output.Length, 1, 4096);
        }

        Assert.Equal("done", Run("import sys\nfor i in range(10000): sys.stderr.write('x' * 100)\nprint('done')").Output);
    }

    [SandboxFact]
    public void Secrets_of_the_machine_and_of_the_environment_are_out_of_sight()
    {
        Environment.SetEnvironmentVariable("PROXIMAL_TEST_SECRET", "s3cret");
        string[] paths = ["/etc/shadow", "/etc/passwd", "/proc/1/environ", "/root/.bashrc", "/home", "/var", "/sys", "/run", AppContext.BaseDirectory];
        string list = string.Join(',', paths.Select(path => $"'{path}'"));
        Assert.Equal("[]", Run($"import os\nprint([p for p in [{list}] if os.path.exists(p)])").Output);
        Assert.DoesNotContain("s3cret", Run("import os\nprint(dict(os.environ))").Output, StringComparison.Ordinal);
        Assert.Equal("['HOME', 'LANG', 'OLDPWD', 'PATH', 'PWD']", Run("import os\nprint(sorted(os.environ))").Output);
    }

    [SandboxFact]
    public void Rights_are_given_up_and_cannot_be_had_again()
    {
        SandboxResult result = Run("""
            import ctypes, os
            libc = ctypes.CDLL(None, use_errno=True)
            print(libc.mount(b"x", b"/tmp", b"tmpfs", 0, None), libc.chroot(b"/tmp"), libc.sethostname(b"x", 1), libc.unshare(0x00020000), libc.umount2(b"/usr", 2))
            print(libc.ptrace(16, 1, 0, 0), libc.prctl(39, 0, 0, 0, 0))
            """);
        Assert.Equal("-1 -1 -1 -1 -1\n-1 1", result.Output);
    }

    [SandboxFact]
    public void Every_way_that_this_machine_has_to_isolate_holds()
    {
        IReadOnlyList<SandboxPlan> plans = SandboxPlan.For(new SandboxOptions(), "/usr/bin/python3");
        Assert.Equal(Environment.IsPrivilegedProcess ? 3 : 1, plans.Count);
        SandboxResult[] results = [.. plans.Select(plan => Sandbox.Probe(new SandboxOptions(), plan))];
        Assert.Contains(new SandboxResult("safe", null), results);
        Assert.DoesNotContain(results, result => result.Error is null && result.Output != "safe");
        if (Environment.GetEnvironmentVariable("PROXIMAL_TEST_ALL_SANDBOXES") == "1")
        {
            Assert.All(results, result => Assert.Equal("safe", result.ToString()));
        }
    }

    [SandboxFact]
    public void No_open_file_of_this_process_is_handed_on() =>
        Assert.Equal("[]", Run("import os\ndef is_open(n):\n  try: os.fstat(n); return True\n  except OSError: return False\nprint([n for n in range(3, 64) if is_open(n)])").Output);

    [SandboxFact]
    public void Programs_do_not_see_each_other()
    {
        Assert.Equal("1", Run("import os\nprint(os.getpid())").Output);
        string[] answers = [.. Enumerable.Range(0, 6).AsParallel().Select(i => Run($"import os, time\nopen('/tmp/{i}', 'w').close()\ntime.sleep(0.3)\nprint(os.listdir('/tmp'))").Output)];
        Assert.Equal(Enumerable.Range(0, 6).Select(i => $"['{i}']"), answers.Order(StringComparer.Ordinal));
    }

    [SandboxFact]
    public void A_program_left_alone_is_ended_by_its_guard()
    {
        // The process that holds sandboxes may be killed itself: the command line ends the program all the same.
        string mark = $"alone{Guid.NewGuid():N}";
        SandboxPlan plan = SandboxPlan.For(new SandboxOptions { WallClock = TimeSpan.FromSeconds(0.5) }, "/usr/bin/python3").First(plan => plan.Name == Shared.Value.Plan);
        IReadOnlyList<string> words = [.. plan.Words(0), mark];
        using Process process = Process.Start(new ProcessStartInfo(words[0], words.Skip(1)) { RedirectStandardInput = true })!;
        process.StandardInput.Write("import time\ntime.sleep(600)");
        process.StandardInput.Close();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)));
        Assert.True(SpinWait.SpinUntil(() => Servers.DemoServer.Count(mark) == 0, TimeSpan.FromSeconds(20)));
    }

    [SandboxFact]
    public void In_the_text_of_a_policy_it_is_a_tool()
    {
        ToolEnvironment environment = new(new ToolEnvironmentOptions { TurnTokens = 200 }, new SandboxTool(Shared.Value));
        TaskInstance instance = new() { Family = "test", Split = TaskSplit.Train, Index = 0, Key = "k", Prompt = "p", Answer = "" };
        IEpisode episode = environment.Begin(instance);
        Assert.Equal("<obs>42</obs>", episode.Step("<python>print(6*7)</python>"));
        Assert.Equal("<obs>< /obs></obs>", episode.Step("<python>print('<'+'/obs>')</python>"));
        Assert.Equal("<obs>err NameError: name 'x' is not defined</obs>", episode.Step("<python>x</python>"));
        Assert.Equal((3.0, 1.0), (episode.Counters["python-calls"], episode.Counters["python-errors"]));
    }

    [UnixFact]
    public void With_limits_only_a_program_still_meets_its_limits_in_an_empty_environment()
    {
        Sandbox sandbox = Sandbox.Open(new SandboxOptions { Isolation = SandboxIsolation.LimitsOnly, WallClock = TimeSpan.FromSeconds(2), ProcessorSeconds = 20 });
        Environment.SetEnvironmentVariable("PROXIMAL_TEST_SECRET", "s3cret");
        Assert.Equal("limits only", sandbox.Plan);
        Assert.Equal("42", sandbox.Run("print(6*7)").Output);
        Assert.Equal("timeout", sandbox.Run("while True: pass").Error);
        Assert.Equal("output", sandbox.Run("while True: print('x' * 1000)").Error);
        Assert.DoesNotContain("s3cret", sandbox.Run("import os\nprint(dict(os.environ))").Output, StringComparison.Ordinal);
        Assert.Equal("['x']", sandbox.Run("import os\nopen('x', 'w').write('a')\nprint(os.listdir('.'))").Output);
        if (OperatingSystem.IsLinux())
        {
            Assert.Equal("MemoryError", sandbox.Run("x = bytearray(10 << 30)").Error);
            Assert.Equal("OSError: [Errno 27] File too large", sandbox.Run("open('x', 'wb').write(b'x' * (9 << 20))").Error);
        }
    }

    private static SandboxResult Run(string source) => Shared.Value.Run(source);
}
