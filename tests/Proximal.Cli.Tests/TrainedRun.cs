namespace Proximal.Cli.Tests;

/// <summary>A tiny finished run that the tests of a class share; nobody changes it.</summary>
public sealed class TrainedRun : IDisposable
{
    /// <summary>A recipe that is done in a second.</summary>
    internal const string Recipe = """
        name: tiny
        task: digit-completion
        model: { width: 16, layers: 1, heads: 2, context: 64 }
        evaluation: { every: 0, prompts: 10 }
        supervised: { steps: 6, batch: 8, optimizer: { name: adamw, learning-rate: 1e-2 } }
        policy: { objective: grpo, steps: 4, prompts: 4, rollouts: 2, response-tokens: 24 }
        checkpoints: { every: 2 }
        """;

    private readonly TemporaryFolder folder = new();

    public TrainedRun()
    {
        RecipePath = folder.File("tiny.yaml");
        Folder = folder.File("run");
        File.WriteAllText(RecipePath, Recipe);
        Training = CommandLine.Run("train", RecipePath, "--run", Folder).Succeeded();
    }

    public string RecipePath { get; }

    public string Folder { get; }

    internal CommandResult Training { get; }

    public string Place(string name) => folder.File(name);

    public void Dispose() => folder.Dispose();
}
