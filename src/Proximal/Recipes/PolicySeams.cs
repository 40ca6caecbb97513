namespace Proximal.Recipes;

/// <summary>The places in the flow of an update where components plug in.</summary>
public static class PolicySeams
{
    extension(Seam)
    {
        /// <summary>Where prompts come from and how answers are verified.</summary>
        public static Seam Tasks => new("Tasks");

        /// <summary>An action text to an observation, or the end.</summary>
        public static Seam Environments => new("Environments");

        /// <summary>Policy, prompts and environment to a batch of token trees.</summary>
        public static Seam Rollouts => new("Rollouts");

        /// <summary>A finished trajectory to named scalar terms.</summary>
        public static Seam Rewards => new("Rewards");

        /// <summary>Changes to the rewards of a batch before advantages see them.</summary>
        public static Seam Shaping => new("Shaping");

        /// <summary>Rewards of the batch to an advantage for every policy token.</summary>
        public static Seam Advantages => new("Advantages");

        /// <summary>Log-probabilities to importance ratios.</summary>
        public static Seam Ratios => new("Ratios");

        /// <summary>Weights that correct for a sampler which differs from the trainer.</summary>
        public static Seam Corrections => new("Corrections");

        /// <summary>Ratio and advantage to a surrogate loss.</summary>
        public static Seam Clipping => new("Clipping");

        /// <summary>Weights on rollouts and tokens.</summary>
        public static Seam Selection => new("Selection");

        /// <summary>Penalties and bonuses next to the surrogate.</summary>
        public static Seam Regularizers => new("Regularizers");

        /// <summary>Per-token losses to one number.</summary>
        public static Seam Aggregation => new("Aggregation");

        /// <summary>Losses beside the objective, from targets that are not the rollouts of the step.</summary>
        public static Seam Supplements => new("Supplements");

        /// <summary>Weights on the tokens of demonstrations.</summary>
        public static Seam Weighting => new("Weighting");

        /// <summary>Named combinations of the seams above.</summary>
        public static Seam Objectives => new("Objectives");

        /// <summary>Parameter updates from gradients.</summary>
        public static Seam Optimizers => new("Optimizers");

        /// <summary>Coefficients that change over a run.</summary>
        public static Seam Schedules => new("Schedules");
    }
}
