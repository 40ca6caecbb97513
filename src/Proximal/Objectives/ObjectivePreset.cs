using Proximal.Advantages;
using Proximal.Aggregation;
using Proximal.Clipping;
using Proximal.Ratios;
using Proximal.Recipes;
using Proximal.Regularizers;
using Proximal.Rewards;
using Proximal.Rollouts;

namespace Proximal.Objectives;

/// <summary>A named objective of the literature as data: one component a seam, with the options of the paper.</summary>
/// <param name="Info">Key, summary and source; the formula is composed from the parts.</param>
public sealed record ObjectivePreset(ComponentInfo Info) : IObjectivePreset
{
    /// <summary>Where the rollouts of a step come from.</summary>
    public ComponentChoice Collection { get; init; } = new(OnPolicyCollection.Definition);

    /// <summary>Terms of the reward with their weights; empty for the score that the task's verifier gives.</summary>
    public ComponentList Rewards { get; init; } = [];

    /// <summary>Changes to the rewards before advantages see them.</summary>
    public ComponentList Shaping { get; init; } = [];

    /// <summary>Rewards to advantages.</summary>
    public ComponentChoice Advantage { get; init; } = new(GroupRelativeAdvantage.Definition);

    /// <summary>Log-probabilities to importance ratios.</summary>
    public ComponentChoice Ratio { get; init; } = new(TokenRatio.Definition);

    /// <summary>Weights that correct for a sampler which differs from the trainer, or null.</summary>
    public ComponentChoice? Correction { get; init; }

    /// <summary>Ratio and advantage to a surrogate loss.</summary>
    public ComponentChoice Clipping { get; init; } = new(PpoClipping.Definition);

    /// <summary>Penalties and bonuses.</summary>
    public ComponentList Regularizers { get; init; } = [];

    /// <summary>Losses of tokens to one number.</summary>
    public ComponentChoice Aggregation { get; init; } = new(MeanAggregation.SequenceMeanTokenMeanDefinition);

    /// <summary>Weights on rollouts and tokens.</summary>
    public ComponentList Selection { get; init; } = [];

    /// <summary>Losses beside that of the rollouts.</summary>
    public ComponentList Supplements { get; init; } = [];

    /// <summary>The critic; null leaves that of the stage as it is.</summary>
    public CriticSettings? Critic { get; init; }

    /// <summary>The loss of demonstrations beside that of the policy, or null.</summary>
    public PretrainingMix? Pretraining { get; init; }

    /// <summary>What the parts need the trainer to compute: a reference, a critic, a greedy rollout.</summary>
    public Requirements Requirements
    {
        get
        {
            object[] parts = [Advantage.Create<IAdvantage>(), .. Shaping.Select(s => s.Create<IRewardShaping>())];
            return parts.OfType<IRequires>().Aggregate(CreateObjective().Requirements, (all, part) => all | part.Requirements);
        }
    }

    /// <summary>The definition under which recipes find it.</summary>
    public ComponentDefinition<IObjectivePreset, NoOptions> Definition => new(Info, NoOptions.Schema, _ => this);

    /// <summary>Makes the loss of this preset.</summary>
    public PolicyObjective CreateObjective() => CreateStage().CreateObjective();

    /// <summary>A policy stage with the components of this preset and every other value at its default.</summary>
    public PolicyStage CreateStage() => Apply(PolicyStage.CreateUnset());

    /// <inheritdoc/>
    public PolicyStage Apply(PolicyStage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        return stage with
        {
            Objective = Info.Key,
            Collection = Collection,
            Rewards = Rewards,
            Shaping = Shaping,
            Advantage = Advantage,
            Ratio = Ratio,
            Correction = Correction,
            Clipping = Clipping,
            Regularizers = Regularizers,
            Aggregation = Aggregation,
            Selection = Selection,
            Supplements = Supplements,
            Critic = Critic ?? stage.Critic,
            Pretraining = Pretraining,
        };
    }
}
