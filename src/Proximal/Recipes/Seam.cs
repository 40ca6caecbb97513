namespace Proximal.Recipes;

/// <summary>The places in the flow of an update where components plug in.</summary>
public enum Seam
{
    /// <summary>Where prompts come from and how answers are verified.</summary>
    Tasks,

    /// <summary>Next-token logits to a token and its log-probability.</summary>
    Sampling,

    /// <summary>Policy and prompts to a batch of token trees.</summary>
    Rollouts,

    /// <summary>A finished trajectory to named scalar terms.</summary>
    Rewards,

    /// <summary>Changes to the rewards of a batch before advantages see them.</summary>
    Shaping,

    /// <summary>Rewards of the batch to an advantage for every policy token.</summary>
    Advantages,

    /// <summary>Log-probabilities to importance ratios.</summary>
    Ratios,

    /// <summary>Weights that correct for a sampler which differs from the trainer.</summary>
    Corrections,

    /// <summary>Ratio and advantage to a surrogate loss.</summary>
    Clipping,

    /// <summary>Weights on rollouts and tokens.</summary>
    Selection,

    /// <summary>Penalties and bonuses next to the surrogate.</summary>
    Regularizers,

    /// <summary>Per-token losses to one number.</summary>
    Aggregation,

    /// <summary>Named combinations of the seams above.</summary>
    Objectives,

    /// <summary>Parameter updates from gradients.</summary>
    Optimizers,

    /// <summary>Coefficients that change over a run.</summary>
    Schedules,
}
