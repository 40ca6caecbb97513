using System.Globalization;
using Proximal.Environments;
using Proximal.Environments.Tools;
using Proximal.Tasks;
using Proximal.Tools.Sandboxing;
using Proximal.Tools.Servers;

namespace Proximal.Benchmarks;

/// <summary>Calls a second of tools: inside the process, through a server, and in a sandbox.</summary>
internal static class ToolBenchmark
{
    private static readonly TaskInstance Problem = new() { Family = "benchmark", Split = TaskSplit.Train, Index = 0, Key = "k", Prompt = "p", Answer = "" };

    public static int Run(string[] arguments)
    {
        Console.WriteLine("calls a second");
        Show("calculator, 12*(7+5)-3^4", Rate(new CalculatorTool(), "12*(7+5)-3^4"));
        Show("calculator, as an episode of the environment", 1 / Measurement.Of(() => Episode(new CalculatorTool(), "<calc>12*(7+5)-3^4</calc>")).Best);
        Show("script, print 6*7", Rate(new MiniScriptTool(), "print 6*7"));
        Show("script, sum of 1 to 100 in a loop", Rate(new MiniScriptTool(), "let s=0 for i in 1..101 { s=s+i } print s"));
        Show("script, endless loop until its limit", Rate(new MiniScriptTool(), "while true { }"));
        if (arguments is ["--server", string command])
        {
            using ToolServer server = ToolServer.Start(new ToolServerOptions { Name = "demo", Command = command.Split(' ') });
            using ServerTool tool = new(server);
            Show("server over standard streams, add", Rate(tool, "add {\"a\":1,\"b\":2}", 1));
            Show("server, 8 calls at one time", 64 / Measurement.Of(() => Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => tool.Call(new ToolCall("add {\"a\":1,\"b\":2}", Problem))), 1).Best);
        }

        Sandbox sandbox = Sandbox.Open(new SandboxOptions());
        Show($"sandbox ({sandbox.Plan}), print(6*7)", Rate(new SandboxTool(sandbox), "print(6*7)", 3));
        return 0;
    }

    private static double Rate(ITool tool, string text, double seconds = 0.25) => 1 / Measurement.Of(() => tool.Call(new ToolCall(text, Problem)), seconds).Best;

    private static void Episode(ITool tool, string turn)
    {
        IEpisode episode = new ToolEnvironment(new ToolEnvironmentOptions(), tool).Begin(Problem);
        episode.Step(turn);
        episode.Step("63");
    }

    private static void Show(string name, double rate) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-48} {rate,12:N0}   {1e6 / rate,12:N1} us"));
}
