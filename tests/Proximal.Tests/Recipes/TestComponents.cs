using Proximal.Environments;
using Proximal.Optimizers;
using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Schedules;

namespace Proximal.Tests.Recipes;

/// <summary>A few components, enough for every form that a recipe can take.</summary>
internal sealed class TestComponents : IRecipeComponents
{
    private readonly Dictionary<Seam, ComponentCatalog> catalogs = [];

    public TestComponents()
    {
        AddSeam(Seam.Tasks, Define(Seam.Tasks, "mod"), Define(Seam.Tasks, "countdown"));
        catalogs[Seam.Environments] = new ComponentCatalog<IEnvironment>(Seam.Environments).Add(SingleTurn.Definition);
        ComponentCatalog<CollectionSettings> rollouts = new(Seam.Rollouts);
        CollectionModule.Register(rollouts);
        catalogs[Seam.Rollouts] = rollouts;
        AddSeam(Seam.Advantages, Define(Seam.Advantages, "grpo"), Define(Seam.Advantages, "rloo"));
        AddSeam(Seam.Ratios, Define(Seam.Ratios, "token"), Define(Seam.Ratios, "sequence"));
        AddSeam(Seam.Corrections, Define(Seam.Corrections, "truncated"));
        AddSeam(Seam.Clipping, Clip, Define(Seam.Clipping, "cispo"));
        AddSeam(Seam.Regularizers, Kl, Define(Seam.Regularizers, "entropy"));
        AddSeam(Seam.Aggregation, Define(Seam.Aggregation, "token-mean"), Define(Seam.Aggregation, "sequence-mean"));
        AddSeam(Seam.Selection, Define(Seam.Selection, "drop-zero-variance"));
        AddSeam(Seam.Shaping);
        AddSeam(Seam.Rewards, Define(Seam.Rewards, "score"), Define(Seam.Rewards, "overlong"));
        catalogs[Seam.Objectives] = new ComponentCatalog<IObjectivePreset>(Seam.Objectives)
            .Add(new ComponentDefinition<IObjectivePreset, NoOptions>(Info(Seam.Objectives, "grpo"), NoOptions.Schema, _ => new Grpo()));
        catalogs[Seam.Optimizers] = OptimizerModule.CreateCatalog();
        catalogs[Seam.Schedules] = ScheduleModule.CreateCatalog();
    }

    public static ComponentDefinition<object, TestOptions> Clip { get; } = Define(Seam.Clipping, "ppo");

    public static ComponentDefinition<object, TestOptions> Kl { get; } = Define(Seam.Regularizers, "kl");

    public IReadOnlyCollection<ComponentCatalog> All => catalogs.Values;

    public ComponentCatalog? this[Seam seam] => catalogs.GetValueOrDefault(seam);

    public static ComponentDefinition<object, TestOptions> Define(Seam seam, string key) => new(Info(seam, key), TestOptions.Schema, options => options);

    public void Add(ComponentDefinition<object> definition) => ((ComponentCatalog<object>)catalogs[definition.Info.Seam]).Add(definition);

    private static ComponentInfo Info(Seam seam, string key) => new(key, seam, $"The {key} component.", $"{key}(x) = x", "A paper");

    private void AddSeam(Seam seam, params ComponentDefinition<object>[] definitions)
    {
        ComponentCatalog<object> catalog = new(seam);
        catalogs[seam] = catalog;
        foreach (ComponentDefinition<object> definition in definitions)
        {
            catalog.Add(definition);
        }
    }

    private sealed class Grpo : IObjectivePreset
    {
        public PolicyStage Apply(PolicyStage stage) => stage with
        {
            Advantage = new ComponentChoice(Define(Seam.Advantages, "grpo")),
            Ratio = new ComponentChoice(Define(Seam.Ratios, "token")),
            Clipping = new ComponentChoice(Clip),
            Regularizers = [new ComponentChoice(Kl, new TestOptions { High = 0.5 })],
            Aggregation = new ComponentChoice(Define(Seam.Aggregation, "sequence-mean")),
        };
    }
}
