using System.Globalization;
using Proximal.Advantages;
using Proximal.Aggregation;
using Proximal.Clipping;
using Proximal.Objectives;
using Proximal.Ratios;
using Proximal.Recipes;
using Proximal.Regularizers;
using Proximal.Rewards;
using Proximal.Rollouts;
using Proximal.Runs;
using Proximal.Selection;
using Proximal.Training;

namespace Proximal.Benchmarks;

/// <summary>
/// What every component and every named objective costs on a batch of the digit-completion recipe (32 prompts, 8 rollouts each), in percent of one update
/// of its model. A reference, a critic or greedy rollouts that a component needs are computed by the trainer and not part of its cost.
/// </summary>
internal static class ComponentBenchmark
{
    private static readonly Seam[] Seams =
    [
        Seam.Shaping, Seam.Advantages, Seam.Ratios, Seam.Corrections, Seam.Clipping, Seam.Selection, Seam.Regularizers, Seam.Aggregation, Seam.Objectives,
    ];

    private const int Steps = 6;
    private const double SecondsEach = 0.04;
    private const double Limit = 0.02;

    public static void Run(string[] arguments)
    {
        (PathBatch batch, double update) = Prepare(arguments.Length > 0 ? arguments[0] : "recipes/digit-completion.yaml");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{batch.GroupCount} prompts, {batch.PathCount} rollouts, {batch.TokenCount} tokens; one update takes {update * 1e3:F1} ms"));
        int above = 0;
        foreach (ComponentCatalog catalog in Catalog.CreateDefault().All.Where(catalog => Seams.Contains(catalog.Seam)))
        {
            foreach (ComponentDefinition definition in catalog.Components)
            {
                if (Work(definition, batch) is { } work)
                {
                    above += Tell(definition, work, update) ? 1 : 0;
                }
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{above} above {100 * Limit} % of an update"));
    }

    /// <summary>A batch of rollouts of the recipe with every column filled, and the seconds of one update.</summary>
    private static (PathBatch Batch, double Update) Prepare(string path)
    {
        Recipe recipe = RecipePaths.Locate(
            new RecipeReader(Catalog.CreateDefault()).ReadFile(
                path, "supervised.steps=20", $"policy.steps={Steps}", "policy.updates=1", "policy.epochs=1", "evaluation.prompts=1", "evaluation.every=0"),
            path);
        string folder = Directory.CreateTempSubdirectory("proximal-benchmark-").FullName;
        double update = double.MaxValue;
        PathBatch? batch = null;
        try
        {
            using TrainingSession session = new(recipe, new RunFolder(folder), new DelegateObserver
            {
                StepFinished = report =>
                {
                    if (report.Rollouts is { } rollouts)
                    {
                        update = Math.Min(update, report["time/step-seconds"] - report["time/rollout-seconds"]);
                        batch = rollouts.Paths;
                    }
                },
            });
            session.Run();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Fill(batch!);
        return (batch!, update);
    }

    /// <summary>Numbers for the columns that only some components need, and a policy that has moved.</summary>
    private static void Fill(PathBatch batch)
    {
        for (int t = 0; t < batch.TokenCount; t++)
        {
            float wave = MathF.Sin(t);
            batch.Current[t] = batch.Old[t] + (0.1f * wave);
            batch.Reference[t] = batch.Old[t] - (0.1f * wave);
            batch.FullDivergence[t] = 0.01f;
            batch.Values[t] = 0.5f + (0.1f * wave);
        }
    }

    private static bool Tell(ComponentDefinition definition, Action work, double update)
    {
        string name = $"{definition.Info.Seam.Name.ToLowerInvariant(),-13} {definition.Info.Key,-32}";
        double seconds;
        try
        {
            seconds = Measurement.Of(work, SecondsEach).Best;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or NonFiniteException)
        {
            Console.WriteLine($"{name} needs more than this batch has: {exception.Message.ReplaceLineEndings(" ")}");
            return false;
        }

        bool isAbove = seconds > Limit * update;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {seconds * 1e6,9:F1} µs {100 * seconds / update,7:F3} %{(isAbove ? "  above the limit" : "")}"));
        return isAbove;
    }

    private static Action? Work(ComponentDefinition definition, PathBatch batch)
    {
        object component = definition.CreateComponent(definition.Options.CreateDefaults());
        Columns columns = new(batch.TokenCount);
        return component switch
        {
            IRewardShaping shaping => () => shaping.Shape(batch),
            IAdvantage advantage => () => advantage.Compute(batch),
            IRatio ratio => () => Apply(ratio, batch, columns),
            ICorrection correction => () => correction.Compute(batch, columns.First),
            IClipping clipping => Apply(clipping, batch, columns),
            IRegularizer regularizer => () => regularizer.Apply(batch, columns.ToPenalty()),
            ISelection selection => () => Apply(selection, batch),
            IAggregation aggregation => () => aggregation.Compute(batch, columns.First),
            IObjectivePreset => Evaluate(definition.PresetStage!, batch),
            _ => null,
        };
    }

    private static void Apply(IRatio ratio, PathBatch batch, Columns columns)
    {
        ratio.Compute(batch, columns.First, columns.Marks);
        ratio.Backward(batch, columns.First, columns.Second, columns.Third);
    }

    private static void Apply(ISelection selection, PathBatch batch)
    {
        batch.ResetWeights();
        selection.Select(batch);
    }

    private static Action Apply(IClipping clipping, PathBatch batch, Columns columns)
    {
        new TokenRatio().Compute(batch, columns.First, columns.Marks);
        return () => clipping.Apply(batch, columns.First, columns.ToSurrogate());
    }

    /// <summary>Everything that a named objective does beside the passes through the model.</summary>
    private static Action Evaluate(PolicyStage stage, PathBatch batch)
    {
        IRewardShaping[] shaping = [.. stage.Shaping.Select(choice => choice.Create<IRewardShaping>())];
        IAdvantage advantage = stage.Advantage.Create<IAdvantage>();
        ISelection[] selection = [.. stage.Selection.Select(choice => choice.Create<ISelection>())];
        PolicyObjective objective = stage.CreateObjective();
        float[] current = new float[batch.TokenCount], entropy = new float[batch.TokenCount], divergence = new float[batch.TokenCount];
        return () =>
        {
            Array.ForEach(shaping, one => one.Shape(batch));
            advantage.Compute(batch);
            batch.ResetWeights();
            Array.ForEach(selection, one => one.Select(batch));
            objective.Evaluate(batch, new ObjectiveGradients { Current = current, Entropy = entropy, FullDivergence = divergence });
        };
    }

    /// <summary>Where components write. [tokens] each</summary>
    private sealed class Columns(int tokens)
    {
        public float[] First { get; } = new float[tokens];

        public float[] Second { get; } = new float[tokens];

        public float[] Third { get; } = new float[tokens];

        public float[] Fourth { get; } = new float[tokens];

        public byte[] Marks { get; } = new byte[tokens];

        public Surrogate ToSurrogate() => new() { Loss = Second, RatioGradient = Third, CurrentGradient = Fourth, Clipped = Marks };

        public Penalty ToPenalty() => new() { Loss = First, CurrentGradient = Second, EntropyGradient = Third, DivergenceGradient = Fourth };
    }
}
