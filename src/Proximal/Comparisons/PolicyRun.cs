using Proximal.Recipes;
using Proximal.Runs;
using Proximal.Training;

namespace Proximal.Comparisons;

/// <summary>A run of policy optimization in a comparison.</summary>
public sealed class PolicyRun : ComparedRun
{
    private readonly Recipe recipe;

    /// <summary>A run below the folder of the comparison.</summary>
    /// <param name="variant">Name of the variant.</param>
    /// <param name="recipe">Its recipe with the seed of the run.</param>
    /// <param name="folder">The folder of the comparison.</param>
    public PolicyRun(string variant, Recipe recipe, string folder)
        : base(variant, (recipe ?? throw new ArgumentNullException(nameof(recipe))).Seed, folder)
    {
        this.recipe = recipe;
        Recipe = RecipeWriter.Write(recipe);
        StartKey = SharedStart.Key(recipe);
    }

    /// <inheritdoc/>
    public override string Recipe { get; }

    /// <inheritdoc/>
    protected internal override string? StartKey { get; }

    /// <inheritdoc/>
    protected internal override bool HasStart => SharedStart.IsIn(Folder);

    /// <summary>The runs of a study: every variant with the first seed, then with the second, and so on.</summary>
    /// <param name="study">The study.</param>
    /// <param name="folder">The folder of the comparison.</param>
    /// <param name="workers">Threads of each run. No part of the results.</param>
    /// <param name="components">The components that recipes can name; those of this assembly when null.</param>
    /// <exception cref="ArgumentException">The study cannot be.</exception>
    /// <exception cref="RecipeException">A recipe cannot be used; every fault of all of them is listed.</exception>
    public static IReadOnlyList<ComparedRun> Of(Study study, string folder, int workers = 1, IRecipeComponents? components = null)
    {
        RecipeReader reader = new(components ?? Catalog.CreateDefault());
        IReadOnlyList<(StudyVariant Variant, Recipe Recipe)> recipes =
            StudyRecipes.Read(study, variant => RecipePaths.Locate(reader.ReadChanged(variant.Recipe, variant.Changes), variant.Recipe));
        return
        [
            .. study.Seeds.SelectMany(seed => recipes.Select(one =>
                new PolicyRun(one.Variant.Name, one.Recipe with { Name = one.Variant.Name, Seed = seed, Workers = workers }, folder))),
        ];
    }

    /// <inheritdoc/>
    public override (bool Finished, double Seconds) ReadState()
    {
        if (CheckpointStore.Latest(Folder) is not { } checkpoint)
        {
            return (false, 0);
        }

        TrainerState state = CheckpointStore.ReadState(checkpoint);
        return (state.Position.Stage == TrainingStage.Finished, state.Seconds);
    }

    /// <inheritdoc/>
    public override string? FindConflict() => Folder.FindConflict(Recipe, TrainingSession.FreeKeys);

    /// <inheritdoc/>
    protected internal override void StartFrom(ComparedRun other)
    {
        ArgumentNullException.ThrowIfNull(other);
        SharedStart.Copy(recipe, other.Folder, Folder);
    }

    /// <inheritdoc/>
    protected internal override bool Train(Action<ComparedProgress> progress, Action startWritten, CancellationToken cancellation)
    {
        int before = recipe.Supervised?.Steps ?? 0, steps = before + (recipe.Policy?.Steps ?? 0);
        using TrainingSession session = new(recipe, Folder, new DelegateObserver
        {
            StepFinished = report => progress(report.Stage == TrainingStage.Supervised
                ? new ComparedProgress("supervised", report.Step, steps, "loss/total", report["loss/total"])
                : new ComparedProgress("policy", before + report.Step, steps, "reward/mean", report["reward/mean"])),
            CheckpointWritten = _ => startWritten(),
        });
        return session.Run(cancellation).Finished;
    }
}
