namespace Proximal;

/// <summary>What a component needs the trainer to compute beyond the log-probabilities of the policy.</summary>
[Flags]
public enum Requirements
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary><see cref="Rollouts.PathBatch.Reference"/>: log-probabilities under the frozen reference model.</summary>
    Reference = 1,

    /// <summary><see cref="Rollouts.PathBatch.FullDivergence"/>: KL(policy || reference) over the whole vocabulary.</summary>
    FullDivergence = 2,

    /// <summary><see cref="Rollouts.PathBatch.Values"/>: a critic.</summary>
    Critic = 4,

    /// <summary><see cref="Rollouts.PathBatch.GreedyRewards"/>: the reward of one greedy rollout a prompt.</summary>
    GreedyBaseline = 8,

    /// <summary><see cref="Rollouts.PathBatch.Hidden"/> and <see cref="Rollouts.PathBatch.OutputWeights"/>: the last hidden states and the output layer, before every update.</summary>
    OutputLayer = 16,
}

/// <summary>A component that needs more than the log-probabilities of the policy.</summary>
public interface IRequires
{
    /// <summary>What it needs.</summary>
    Requirements Requirements { get; }
}
