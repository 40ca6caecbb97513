using Proximal.Comparisons;
using Proximal.Control.Recipes;
using Proximal.Control.Runs;
using Proximal.Recipes;
using Proximal.Runs;

namespace Proximal.Control.Comparisons;

/// <summary>A control run in a comparison.</summary>
public sealed class ControlRun : ComparedRun
{
    private readonly ControlRecipe recipe;

    /// <summary>A run below the folder of the comparison.</summary>
    /// <param name="variant">Name of the variant.</param>
    /// <param name="recipe">Its recipe with the seed of the run.</param>
    /// <param name="folder">The folder of the comparison.</param>
    public ControlRun(string variant, ControlRecipe recipe, string folder)
        : base(variant, (recipe ?? throw new ArgumentNullException(nameof(recipe))).Seed, folder)
    {
        this.recipe = recipe;
        Recipe = ControlRecipeWriter.Write(recipe);
    }

    /// <inheritdoc/>
    public override string Recipe { get; }

    /// <summary>The runs of a study: every variant with the first seed, then with the second, and so on.</summary>
    /// <param name="study">The study.</param>
    /// <param name="folder">The folder of the comparison.</param>
    /// <param name="workers">Threads of each run. No part of the results.</param>
    /// <param name="components">The components that recipes can name; those of this assembly when null.</param>
    /// <exception cref="ArgumentException">The study cannot be.</exception>
    /// <exception cref="RecipeException">A recipe cannot be used; every fault of all of them is listed.</exception>
    public static IReadOnlyList<ComparedRun> Of(Study study, string folder, int workers = 1, IRecipeComponents? components = null)
    {
        ControlRecipeReader reader = new(components ?? ControlCatalog.CreateDefault());
        IReadOnlyList<(StudyVariant Variant, ControlRecipe Recipe)> recipes =
            StudyRecipes.Read(study, variant => ControlRecipePaths.Locate(reader.ReadChanged(variant.Recipe, variant.Changes), variant.Recipe));
        return
        [
            .. study.Seeds.SelectMany(seed => recipes.Select(one =>
                new ControlRun(one.Variant.Name, one.Recipe with { Name = one.Variant.Name, Seed = seed, Workers = workers }, folder))),
        ];
    }

    /// <inheritdoc/>
    public override (bool Finished, double Seconds) ReadState()
    {
        if (CheckpointFolders.Latest(Folder) is not { } checkpoint)
        {
            return (false, 0);
        }

        ControlState state = ControlState.Read(checkpoint);
        return (state.Position.Stage == TrainingStage.Finished, state.Seconds);
    }

    /// <inheritdoc/>
    public override string? FindConflict() => Folder.FindConflict(Recipe, ControlSession.FreeKeys);

    /// <inheritdoc/>
    protected internal override bool Train(Action<ComparedProgress> progress, Action startWritten, CancellationToken cancellation)
    {
        using ControlSession session = new(recipe, Folder, new Watch(progress, recipe.Steps));
        return session.Run(cancellation).Finished;
    }

    private sealed class Watch(Action<ComparedProgress> progress, long steps) : IControlObserver
    {
        private double value = double.NaN;

        public void Started(ControlStart start)
        {
        }

        public void Reported(ControlReport report)
        {
            double latest = report.Metrics.FirstOrDefault(metric => metric.Name == ControlRuns.ReturnMetric) is { Name: not null } metric ? metric.Value : double.NaN;
            value = double.IsNaN(latest) ? value : latest;
            progress(new ComparedProgress("control", report.Step, steps, "return", value));
        }

        public void Evaluated(ControlEvaluation evaluation) => value = double.IsNaN(value) ? evaluation.Mean : value;

        public void CheckpointWritten(string folder)
        {
        }
    }
}
