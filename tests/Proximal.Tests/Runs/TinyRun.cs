using Proximal.Recipes;
using Proximal.Runs;
using Proximal.Training;

namespace Proximal.Tests.Runs;

/// <summary>A finished run of a second in a folder of its own.</summary>
public sealed class TinyRun : IDisposable
{
    private const string RecipeText = """
        name: tiny
        task: digit-completion
        model: { width: 16, layers: 1, heads: 2, context: 64 }
        evaluation: { every: 0, prompts: 10, samples: 2, temperature: 1 }
        supervised: { steps: 3, batch: 8 }
        policy: { objective: dr-grpo, steps: 3, prompts: 4, rollouts: 2, response-tokens: 24 }
        """;

    private readonly TemporaryFolder folder = new();

    public TinyRun()
    {
        Recipe = new RecipeReader(Catalog).Read(RecipeText);
        Folder = new RunFolder(folder.File("run"));
        using TrainingSession session = new(Recipe, Folder);
        Outcome = session.Run();
    }

    public static Catalog Catalog { get; } = Catalog.CreateDefault();

    public Recipe Recipe { get; }

    public RunFolder Folder { get; }

    public TrainingOutcome Outcome { get; }

    public string Root => folder.Path;

    public void Dispose() => folder.Dispose();
}
