using System.Diagnostics;
using System.Globalization;
using Proximal.Recipes;
using Proximal.Tensors.Random;

namespace Proximal.Tests.Training;

/// <summary>A process that is killed at any moment, and started again, ends with the bits of one that nobody disturbed.</summary>
public sealed class KilledRunTests
{
    private const string Stage = "objective: ppo\n  shaping: [ { name: kl, adaptive: true, horizon: 20, coefficient: 0.05 } ]";

    private static string DotNet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_killed_run_continues_to_the_bits_of_an_undisturbed_one(int workers)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("tiny.yaml"), TinyRuns.Yaml(Stage, workers));
        TinyRuns.Train(TinyRuns.Recipe(Stage, workers), folder.File("whole"));

        // Each process dies some lines of output later than the one before came to, and up to a few milliseconds after that line.
        RandomStream random = new((ulong)workers, RandomPurpose.User);
        for (int kill = 0; kill < 5; kill++)
        {
            Kill(folder, lines: 1 + random.Integer(2 * kill, 6), milliseconds: random.Integer((2 * kill) + 1, 12));
        }

        Assert.Equal(0, Start(folder, (_, _, _) => { }));
        TinyRuns.AssertSame(folder.File("whole"), folder.File("killed"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.File("killed"), "*.partial", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_thousand_steps_do_not_grow_the_resident_memory()
    {
        using TemporaryFolder folder = new();
        Recipe recipe = TinyRuns.Recipe(
            "objective: grpo",
            overrides: ["policy.steps=1100", "policy.updates=1", "policy.epochs=1", "policy.prompts=2", "evaluation.every=0", "checkpoints.every=0"]);
        File.WriteAllText(folder.File("tiny.yaml"), RecipeWriter.Write(recipe));
        Dictionary<string, long> bytes = [];
        Assert.Equal(0, Start(folder, (_, _, text) =>
        {
            string[] words = text.Split(' ');
            if (words[0] == "Policy")
            {
                bytes[words[1]] = long.Parse(words[2], CultureInfo.InvariantCulture);
            }
        }));

        // What grows by a kilobyte a step would be seen; the collector's own movements are smaller.
        Assert.InRange(bytes["1100"] - bytes["100"], long.MinValue, 4 << 20);
    }

    private static void Kill(TemporaryFolder folder, int lines, int milliseconds) => Start(folder, (process, line, _) =>
    {
        if (line == lines)
        {
            Thread.Sleep(milliseconds);
            process.Kill();
        }
    });

    /// <summary>Trains in a process of its own; its exit code when it ended.</summary>
    private static int Start(TemporaryFolder folder, Action<Process, int, string> lineWritten)
    {
        using Process process = Process.Start(new ProcessStartInfo(DotNet, ["exec", typeof(RunHost).Assembly.Location, folder.File("tiny.yaml"), folder.File("killed")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_GCgen0size"] = "0x100000" },
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        for (int line = 1; process.StandardOutput.ReadLine() is { } text; line++)
        {
            lineWritten(process, line, text);
        }

        process.WaitForExit();
        Assert.Equal("", errors.Result);
        return process.ExitCode;
    }
}
