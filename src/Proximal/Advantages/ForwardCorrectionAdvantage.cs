using Proximal.Recipes;
using Proximal.Rewards;
using Proximal.Rollouts;

namespace Proximal.Advantages;

/// <summary>
/// The forward correction of a noisy binary verifier: the advantage is a weight that depends on the observed label alone, <c>A = ρ1</c> where the verifier says right and
/// <c>A = ρ1 - 1</c> where it says wrong. Applied to the score function, its mean over the noise is <c>(1 - ρ0 - ρ1) ∇E[R]</c>; ρ0 need not be known.
/// </summary>
public sealed class ForwardCorrectionAdvantage : IAdvantage, IStateful, IMetricSource
{
    private readonly NoiseCorrectionOptions options;
    private readonly AppealEstimator appeals;
    private float[] advantages = [];

    /// <summary>A correction with the given rates.</summary>
    /// <param name="options">Rates and appeals.</param>
    /// <param name="strong">What answers called wrong appeal to; the task's own score by default.</param>
    public ForwardCorrectionAdvantage(NoiseCorrectionOptions options, Func<PathBatch, int, bool>? strong = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        appeals = new AppealEstimator(options, strong);
    }

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IAdvantage, NoiseCorrectionOptions> Definition { get; } = new(
        new ComponentInfo(
            "forward-correction",
            Seam.Advantages,
            "A weight for each observed label whose gradient is the clean one up to a factor.",
            "A_{i,t} = ρ1 if R̃_i > 1/2, else ρ1 - 1",
            "Cai et al. 2025, RL with Verifiable yet Noisy Rewards under Imperfect Verifiers, arXiv:2510.00915")
        {
            Mechanism = "With these two weights a right answer contributes nothing on average and a wrong one -(1 - ρ0 - ρ1): responses are pushed away by exactly what is surely wrong with them, so the "
                + "expected gradient points the clean way with a smaller step and bounded weights. Without noise it is pure negative reinforcement.",
        },
        NoiseCorrectionOptions.ForwardSchema,
        options => new ForwardCorrectionAdvantage(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>ρ1 of each class as it stands.</summary>
    public IEnumerable<(string Name, double Value)> Metrics =>
        Enumerable.Range(0, options.Classes).Select(c => (FormattableString.Invariant($"forward-correction/false-negatives-{c}"), appeals.FalseNegative(c)));

    /// <summary>The weight of an observed label.</summary>
    /// <param name="isRight">What the verifier says.</param>
    /// <param name="falseNegative">ρ1.</param>
    public static double Weight(bool isRight, double falseNegative) => isRight ? falseNegative : falseNegative - 1;

    /// <inheritdoc/>
    public void Compute(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Columns.RequireFiniteRewards(this, batch, batch.Rewards, "reward of path");
        appeals.Hear(batch);
        Span<float> perPath = Columns.Rent(ref advantages, batch.PathCount);
        for (int group = 0; group < batch.GroupCount; group++)
        {
            double rate = appeals.FalseNegative(options.ClassOf(batch, group));
            ReadOnlySpan<float> rewards = batch.Rewards[batch.Group(group)];
            Span<float> weights = perPath[batch.Group(group)];
            for (int i = 0; i < rewards.Length; i++)
            {
                weights[i] = (float)Weight(rewards[i] > 0.5f, rate);
            }

            if (options.Centre)
            {
                GroupRelativeAdvantage.Compute(weights.ToArray(), weights, GroupNormalization.None, 0);
            }
        }

        OutcomeAdvantage.Broadcast(batch, perPath, batch.Advantage);
    }

    /// <inheritdoc/>
    public void Save(IDictionary<string, double[]> state) => appeals.Save(state);

    /// <inheritdoc/>
    public void Load(IReadOnlyDictionary<string, double[]> state) => appeals.Load(state);
}
