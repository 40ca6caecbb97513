using Proximal.Aggregation;
using Proximal.Clipping;
using Proximal.Objectives;
using Proximal.Optimizers;
using Proximal.Ratios;
using Proximal.Recipes.Explanations;
using Proximal.Regularizers;
using Proximal.Rollouts;
using Proximal.Schedules;
using Proximal.Training;

namespace Proximal.Recipes;

/// <summary>Learning from rewards of the policy's own rollouts.</summary>
public sealed record PolicyStage
{
    /// <summary>The name of an objective that was put together from single components.</summary>
    public const string CustomObjective = "custom";

    /// <summary>Batches of rollouts.</summary>
    public int Steps { get; init; } = 60;

    /// <summary>Prompts a step.</summary>
    public int Prompts { get; init; } = 32;

    /// <summary>Rollouts a prompt.</summary>
    public int Rollouts { get; init; } = 8;

    /// <summary>Minibatches that the batch of a step is divided into, whole prompts each; every one makes one optimizer step.</summary>
    public int Updates { get; init; } = 1;

    /// <summary>Times that the batch of a step is gone through.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Longest response in tokens.</summary>
    public int ResponseTokens { get; init; } = 64;

    /// <summary>Largest norm of the gradient; 0 for no clipping.</summary>
    public double GradientClip { get; init; } = 1;

    /// <summary>Steps after which the policy becomes the reference model of penalties; 0 for never.</summary>
    public int ReferenceReset { get; init; }

    /// <summary>Which experts the tokens of a mixture go through while the policy is updated.</summary>
    public RoutingReplay RoutingReplay { get; init; }

    /// <summary>Norm of the gradient, before clipping, above which an update is left out; 0 for no limit.</summary>
    public double GradientLimit { get; init; }

    /// <summary>How rollouts are drawn from the policy.</summary>
    public SamplingSettings Sampling { get; init; } = new();

    /// <summary>Where the rollouts of a step come from.</summary>
    public ComponentChoice Collection { get; init; } = new(OnPolicyCollection.Definition);

    /// <summary>Name of the preset that the components started from.</summary>
    public string Objective { get; init; } = CustomObjective;

    /// <summary>Changes to the rewards of a batch before advantages see them.</summary>
    public ComponentList Shaping { get; init; } = [];

    /// <summary>Rewards to advantages.</summary>
    public required ComponentChoice Advantage { get; init; }

    /// <summary>Log-probabilities to importance ratios.</summary>
    public required ComponentChoice Ratio { get; init; }

    /// <summary>Weights that correct for a sampler which differs from the trainer; null for none.</summary>
    public ComponentChoice? Correction { get; init; }

    /// <summary>Ratio and advantage to a surrogate loss.</summary>
    public required ComponentChoice Clipping { get; init; }

    /// <summary>Penalties and bonuses next to the surrogate.</summary>
    public ComponentList Regularizers { get; init; } = [];

    /// <summary>Losses of tokens to one number.</summary>
    public required ComponentChoice Aggregation { get; init; }

    /// <summary>Weights on rollouts and tokens.</summary>
    public ComponentList Selection { get; init; } = [];

    /// <summary>Terms of the reward with their weights; empty for the score that the task's verifier gives.</summary>
    public ComponentList Rewards { get; init; } = [];

    /// <summary>The critic of methods that need one.</summary>
    public CriticSettings Critic { get; init; } = new();

    /// <summary>Losses beside that of the rollouts, from targets of their own.</summary>
    public ComponentList Supplements { get; init; } = [];

    /// <summary>The loss of demonstrations beside that of the policy; null for none.</summary>
    public PretrainingMix? Pretraining { get; init; }

    /// <summary>Parameter updates from gradients.</summary>
    public ComponentChoice Optimizer { get; init; } = new(OptimizerModule.AdamW, new AdamWSettings { LearningRate = 1e-4 });

    /// <summary>How the learning rate moves over the stage.</summary>
    public ComponentChoice Schedule { get; init; } = new(ScheduleModule.Constant);

    /// <summary>The components of the stage in the order of the flow, each with the key of the recipe that names it; on-policy rollouts go without saying.</summary>
    public IEnumerable<(string Key, ComponentChoice Choice)> Parts
    {
        get
        {
            IEnumerable<(string, ComponentChoice?)> parts =
            [
                ("collection", Collection.Definition == OnPolicyCollection.Definition ? null : Collection),
                .. Rewards.Select(choice => ("rewards", choice)),
                .. Shaping.Select(choice => ("shaping", choice)),
                ("advantage", Advantage),
                ("ratio", Ratio),
                ("correction", Correction),
                ("clipping", Clipping),
                .. Regularizers.Select(choice => ("regularizers", choice)),
                ("aggregation", Aggregation),
                .. Selection.Select(choice => ("selection", choice)),
                .. Supplements.Select(choice => ("supplements", choice)),
            ];
            foreach ((string key, ComponentChoice? choice) in parts)
            {
                if (choice is not null)
                {
                    yield return (key, choice);
                }
            }
        }
    }

    /// <summary>What the components need the trainer to compute: a reference model, a critic, a greedy rollout.</summary>
    public Requirements Requirements => Parts.Select(part => part.Choice)
        .Select(choice => choice.Definition.CreateComponent(choice.Options))
        .OfType<IRequires>()
        .Aggregate(Requirements.None, (all, part) => all | part.Requirements);

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<PolicyStage> Schema { get; } = new OptionSchema<PolicyStage>(CreateUnset)
        .Integer("steps", s => s.Steps, (s, v) => s with { Steps = v }, "Batches of rollouts.", 1, 100_000_000)
        .Integer("prompts", s => s.Prompts, (s, v) => s with { Prompts = v }, "Prompts a step.", 1, 1_000_000)
        .Integer("rollouts", s => s.Rollouts, (s, v) => s with { Rollouts = v }, "Rollouts a prompt.", 1, 65_536)
        .Integer("updates", s => s.Updates, (s, v) => s with { Updates = v }, "Minibatches that a batch is divided into, one optimizer step each.", 1, 1_000_000)
        .Integer("epochs", s => s.Epochs, (s, v) => s with { Epochs = v }, "Times that a batch is gone through.", 1, 1_000)
        .Integer("response-tokens", s => s.ResponseTokens, (s, v) => s with { ResponseTokens = v }, "Longest response in tokens.", 1, 1_048_576)
        .Integer("reference-reset", s => s.ReferenceReset, (s, v) => s with { ReferenceReset = v }, "Steps after which the policy becomes the reference of penalties; 0 for never.", 0, 100_000_000)
        .Number("gradient-clip", s => s.GradientClip, (s, v) => s with { GradientClip = v }, "Largest norm of the gradient; 0 for no clipping.", 0)
        .Choice(
            "routing-replay",
            s => s.RoutingReplay,
            (s, v) => s with { RoutingReplay = v },
            "Experts that the tokens of a mixture go through in updates: the routers' choice, that of the policy before the step's updates (R2), or the sampler's (R3).",
            ("none", RoutingReplay.None),
            ("old", RoutingReplay.Old),
            ("rollout", RoutingReplay.Rollout))
        .Number("gradient-limit", s => s.GradientLimit, (s, v) => s with { GradientLimit = v }, "Norm of the gradient above which an update is left out; 0 for no limit.", 0)
        .Rule(s => s.Updates <= s.Prompts ? null : $"'updates' is {s.Updates}, expected at most 'prompts' ({s.Prompts})");

    /// <summary>Makes the loss that the components assemble.</summary>
    public PolicyObjective CreateObjective() => new(
        Ratio.Create<IRatio>(),
        Correction?.Create<ICorrection>(),
        Clipping.Create<IClipping>(),
        [.. Regularizers.Select(choice => choice.Create<IRegularizer>())],
        Aggregation.Create<IAggregation>());

    /// <summary>The objective in mathematics: the loss over all, then each letter with its component and formula.</summary>
    public string DescribeObjective() => ObjectiveMath.ToLines(ObjectiveFormula.Of(this, withOptimizer: false));

    /// <summary>A stage that no objective has filled yet.</summary>
    internal static PolicyStage CreateUnset() => new()
    {
        Advantage = Sections.RecipeBinding.Unset,
        Ratio = Sections.RecipeBinding.Unset,
        Clipping = Sections.RecipeBinding.Unset,
        Aggregation = Sections.RecipeBinding.Unset,
    };
}
