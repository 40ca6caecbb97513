namespace Proximal.Cli.Tests;

/// <summary>A tiny finished control run that the tests of a class share; nobody changes it.</summary>
public sealed class ControlRun : IDisposable
{
    /// <summary>A recipe that is done in a second.</summary>
    internal const string Recipe = """
        name: tiny
        steps: 2048
        environment: cartpole
        wrappers: [ { name: time-limit, steps: 100 } ]
        algorithm: { name: ppo, rollout-steps: 32, hidden: [8] }
        evaluation: { episodes: 5, every: 1000 }
        checkpoints: { every: 500 }
        """;

    private readonly TemporaryFolder folder = new();

    public ControlRun()
    {
        RecipePath = folder.File("tiny.yaml");
        Folder = folder.File("run");
        File.WriteAllText(RecipePath, Recipe);
        Training = CommandLine.Run("train", RecipePath, "--run", Folder).Succeeded();
    }

    public string RecipePath { get; }

    public string Folder { get; }

    internal CommandResult Training { get; }

    public void Dispose() => folder.Dispose();
}
