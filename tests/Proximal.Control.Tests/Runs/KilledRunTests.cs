using System.Diagnostics;
using Proximal.Control.Recipes;
using Proximal.Tensors.Random;

namespace Proximal.Control.Tests.Runs;

/// <summary>A process that is killed at any moment, and started again, ends with the bits of one that nobody disturbed.</summary>
public sealed class KilledRunTests
{
    private static string DotNet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    [Theory]
    [InlineData("{ name: ppo, rollout-steps: 32, hidden: [8] }", 1)]
    [InlineData("{ name: ppo, rollout-steps: 32, hidden: [8], memory: gru, memory-width: 8, normalize-observations: true, normalize-rewards: true }", 2)]
    [InlineData("{ name: evolution-strategies, pairs: 2 }", 1)]
    public void A_killed_run_continues_to_the_bits_of_an_undisturbed_one(string algorithm, int workers)
    {
        using TemporaryFolder folder = new();
        string recipe = folder.File("tiny.yaml");
        File.WriteAllText(recipe, $$"""
            seed: 2
            workers: {{workers}}
            steps: 3000
            environment: cartpole
            wrappers: [ { name: time-limit, steps: 100 }, { name: sticky-action } ]
            algorithm: {{algorithm}}
            evaluation: { episodes: 2, every: 500 }
            checkpoints: { every: 300 }
            """);
        TinyControl.Train(ControlRecipe.Load(recipe), folder.File("whole"));

        // Each process dies some lines of output later than the one before came to, and up to a few milliseconds after that line.
        RandomStream random = new((ulong)algorithm.Length, RandomPurpose.User);
        for (int kill = 0; kill < 4; kill++)
        {
            Kill(folder, lines: 1 + random.Integer(2 * kill, 9), milliseconds: random.Integer((2 * kill) + 1, 12));
        }

        Assert.Equal(0, Start(folder, (_, _) => { }));
        TinyControl.AssertSame(folder.File("whole"), folder.File("killed"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.File("killed"), "*.partial", SearchOption.AllDirectories));
    }

    private static void Kill(TemporaryFolder folder, int lines, int milliseconds) => Start(folder, (process, line) =>
    {
        if (line == lines)
        {
            Thread.Sleep(milliseconds);
            process.Kill();
        }
    });

    /// <summary>Trains in a process of its own; its exit code when it ended.</summary>
    private static int Start(TemporaryFolder folder, Action<Process, int> lineWritten)
    {
        using Process process = Process.Start(new ProcessStartInfo(DotNet, ["exec", typeof(RunHost).Assembly.Location, folder.File("tiny.yaml"), folder.File("killed")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        for (int line = 1; process.StandardOutput.ReadLine() is not null; line++)
        {
            lineWritten(process, line);
        }

        process.WaitForExit();
        Assert.Equal("", errors.Result);
        return process.ExitCode;
    }
}
