using Proximal.Advantages;
using Proximal.Aggregation;
using Proximal.Clipping;
using Proximal.Environments;
using Proximal.Environments.Tools;
using Proximal.Objectives;
using Proximal.Optimizers;
using Proximal.Ratios;
using Proximal.Regularizers;
using Proximal.Rewards;
using Proximal.Rollouts;
using Proximal.Schedules;
using Proximal.Selection;
using Proximal.Supplements;
using Proximal.Tasks;
using Proximal.Weighting;

namespace Proximal.Recipes;

/// <summary>All components that recipes can name, by seam. User code adds its own definitions to the catalog of their seam.</summary>
public sealed class Catalog : IRecipeComponents
{
    private readonly Dictionary<Seam, ComponentCatalog> catalogs;

    /// <summary>A catalog with optimizers and schedules, and every other seam empty.</summary>
    public Catalog()
    {
        ComponentCatalog[] all =
        [
            Tasks, Environments, Rollouts, Rewards, Shaping, Advantages, Ratios, Corrections, Clipping, Selection, Regularizers, Aggregation, Supplements, Weighting, Objectives, Optimizers, Schedules,
        ];
        All = all;
        catalogs = all.ToDictionary(catalog => catalog.Seam);
    }

    /// <summary>Where prompts come from and how answers are verified.</summary>
    public ComponentCatalog<ITask> Tasks { get; } = new(Seam.Tasks);

    /// <summary>What answers the policy's turns.</summary>
    public ComponentCatalog<IEnvironment> Environments { get; } = new(Seam.Environments);

    /// <summary>Where the rollouts of a step come from.</summary>
    public ComponentCatalog<CollectionSettings> Rollouts { get; } = new(Seam.Rollouts);

    /// <summary>Terms of the reward.</summary>
    public ComponentCatalog<IReward> Rewards { get; } = new(Seam.Rewards);

    /// <summary>Changes to rewards before advantages see them.</summary>
    public ComponentCatalog<IRewardShaping> Shaping { get; } = new(Seam.Shaping);

    /// <summary>Rewards to advantages.</summary>
    public ComponentCatalog<IAdvantage> Advantages { get; } = new(Seam.Advantages);

    /// <summary>Log-probabilities to importance ratios.</summary>
    public ComponentCatalog<IRatio> Ratios { get; } = new(Seam.Ratios);

    /// <summary>Weights that correct for a sampler which differs from the trainer.</summary>
    public ComponentCatalog<ICorrection> Corrections { get; } = new(Seam.Corrections);

    /// <summary>Ratio and advantage to a surrogate loss.</summary>
    public ComponentCatalog<IClipping> Clipping { get; } = new(Seam.Clipping);

    /// <summary>Penalties and bonuses next to the surrogate.</summary>
    public ComponentCatalog<IRegularizer> Regularizers { get; } = new(Seam.Regularizers);

    /// <summary>Losses of tokens to one number.</summary>
    public ComponentCatalog<IAggregation> Aggregation { get; } = new(Seam.Aggregation);

    /// <summary>Weights on rollouts and tokens.</summary>
    public ComponentCatalog<ISelection> Selection { get; } = new(Seam.Selection);

    /// <summary>Losses beside the objective, from targets of their own.</summary>
    public ComponentCatalog<SupplementSettings> Supplements { get; } = new(Seam.Supplements);

    /// <summary>Weights on the tokens of demonstrations.</summary>
    public ComponentCatalog<ITokenWeighting> Weighting { get; } = new(Seam.Weighting);

    /// <summary>Named combinations.</summary>
    public ComponentCatalog<IObjectivePreset> Objectives { get; } = new(Seam.Objectives);

    /// <summary>Parameter updates from gradients.</summary>
    public ComponentCatalog<OptimizerSettings> Optimizers { get; } = OptimizerModule.CreateCatalog();

    /// <summary>Learning rates that change over a run.</summary>
    public ComponentCatalog<ScheduleSettings> Schedules { get; } = ScheduleModule.CreateCatalog();

    /// <inheritdoc/>
    public IReadOnlyCollection<ComponentCatalog> All { get; }

    /// <inheritdoc/>
    public ComponentCatalog? this[Seam seam] => catalogs.GetValueOrDefault(seam);

    /// <summary>A new catalog of everything in this assembly.</summary>
    /// <param name="tools">The tools that recipes can name; those that work inside this process by default.</param>
    public static Catalog CreateDefault(ToolCatalog? tools = null)
    {
        Catalog catalog = new();
        TaskModule.Register(catalog.Tasks);
        EnvironmentModule.Register(catalog.Environments, tools);
        CollectionModule.Register(catalog.Rollouts);
        RewardModule.Register(catalog.Rewards);
        ShapingModule.Register(catalog.Shaping);
        AdvantageModule.Register(catalog.Advantages);
        RatioModule.Register(catalog.Ratios);
        CorrectionModule.Register(catalog.Corrections);
        ClippingModule.Register(catalog.Clipping);
        RegularizerModule.Register(catalog.Regularizers);
        AggregationModule.Register(catalog.Aggregation);
        SelectionModule.Register(catalog.Selection);
        SupplementModule.Register(catalog.Supplements);
        WeightingModule.Register(catalog.Weighting);
        ObjectiveModule.Register(catalog.Objectives);
        return catalog;
    }
}
