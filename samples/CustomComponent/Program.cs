// A component of one's own in a recipe: one class, one line in a catalog, one name in the YAML.
using Proximal.Advantages;
using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Training;

Catalog catalog = Catalog.CreateDefault();
catalog.Advantages.Add(RankAdvantage.Definition);

Recipe recipe = Recipe.Parse(
    """
    name: rank
    model: { layers: 2, width: 64, heads: 4, context: 64, tie-embeddings: false }
    task: { name: addition, difficulty: 2 }
    evaluation: { every: 0, prompts: 200, temperature: 1 }
    supervised: { steps: 300, batch: 32, demonstration-noise: 0.3, optimizer: { name: adamw, learning-rate: 3e-3 } }
    policy:
      steps: 30
      prompts: 16
      rollouts: 8
      response-tokens: 48
      regularizers: []
      objective: grpo
      advantage: { name: rank, spread: 2 }
      optimizer: { name: adamw, learning-rate: 2e-4 }
    """,
    catalog);

string folder = Directory.CreateTempSubdirectory("proximal-").FullName;
using TrainingSession session = new(recipe, folder);
IReadOnlyList<EvaluationResult> evaluations = session.Run().Evaluations;
Console.WriteLine(string.Join('\n', evaluations.Select(e => $"{e.Label,-16} exact {e.Exact,6:P1}   reward {e.Reward:F3}")));
Directory.Delete(folder, recursive: true);
return evaluations[^1].Exact > evaluations[^2].Exact + 0.2 ? 0 : 1;

/// <summary>The rank of a rollout in its group instead of its reward.</summary>
internal sealed class RankAdvantage(RankOptions options) : OutcomeAdvantage(Definition.Info)
{
    public static ComponentDefinition<IAdvantage, RankOptions> Definition { get; } = new(
        new ComponentInfo("rank", Seam.Advantages, "Ranks within a group.", "A_i = s (#{R_j < R_i} - #{R_j > R_i}) / (G - 1)", "this sample"),
        RankOptions.Schema,
        options => new RankAdvantage(options));

    protected override void ComputeGroup(PathBatch batch, int group, ReadOnlySpan<float> rewards, Span<float> advantages)
    {
        float[] all = rewards.ToArray();
        for (int i = 0; i < all.Length; i++)
        {
            advantages[i] = (float)(options.Spread * all.Sum(other => Math.Sign(all[i] - other)) / Math.Max(1, all.Length - 1));
        }
    }
}

internal sealed record RankOptions
{
    public double Spread { get; init; } = 1;

    public static OptionSchema<RankOptions> Schema { get; } = new OptionSchema<RankOptions>(() => new RankOptions())
        .Number("spread", o => o.Spread, (o, v) => o with { Spread = v }, "Advantage s of the best rollout of a group.", 0, 100);
}
