using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Rewards;

/// <summary>
/// The backward correction of a noisy binary verifier: <c>R̂ = (R̃ - ρ0) / (1 - ρ0 - ρ1)</c>, whose mean over the noise is the clean reward. The denominator is at least
/// 0.1. R̂ is affine in R̃, so an advantage that standardizes each group undoes the correction where a group has one pair of rates: take an advantage that only centres.
/// </summary>
public sealed class NoiseCorrection : IRewardShaping, IStateful, IMetricSource
{
    private const double SmallestDenominator = 0.1;

    private readonly NoiseCorrectionOptions options;
    private readonly AppealEstimator appeals;

    /// <summary>A correction with the given rates.</summary>
    /// <param name="options">Rates and appeals.</param>
    /// <param name="strong">What answers called wrong appeal to; the task's own score by default.</param>
    public NoiseCorrection(NoiseCorrectionOptions options, Func<PathBatch, int, bool>? strong = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        appeals = new AppealEstimator(options, strong);
    }

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IRewardShaping, NoiseCorrectionOptions> Definition { get; } = new(
        new ComponentInfo(
            "noise-correction",
            Seam.Shaping,
            "An unbiased estimate of the clean reward from that of a verifier with known error rates.",
            "R̂_i = (R̃_i - ρ0) / max(0.1, 1 - ρ0 - ρ1)",
            "Cai et al. 2025, RL with Verifiable yet Noisy Rewards under Imperfect Verifiers, arXiv:2510.00915")
        {
            Mechanism = "Subtracting the rate of false positives and dividing by what the two error rates leave makes the expected reward of a right answer 1 and of a wrong one 0, at the price of "
                + "more variance. Where all prompts have the same rates it only changes the scale of the reward; where rates differ it weighs prompts as a clean verifier would. "
                + "Appeals to a stronger verifier keep an estimate of the rate of false negatives up to date.",
        },
        NoiseCorrectionOptions.Schema,
        options => new NoiseCorrection(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>ρ1 of each class as it stands.</summary>
    public IEnumerable<(string Name, double Value)> Metrics =>
        Enumerable.Range(0, options.Classes).Select(c => (FormattableString.Invariant($"noise-correction/false-negatives-{c}"), appeals.FalseNegative(c)));

    /// <summary>R̂.</summary>
    /// <param name="observed">R̃.</param>
    /// <param name="falsePositive">ρ0.</param>
    /// <param name="falseNegative">ρ1.</param>
    public static double Backward(double observed, double falsePositive, double falseNegative) =>
        (observed - falsePositive) / Math.Max(SmallestDenominator, 1 - falsePositive - falseNegative);

    /// <inheritdoc/>
    public void Shape(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        appeals.Hear(batch);
        for (int group = 0; group < batch.GroupCount; group++)
        {
            int promptClass = options.ClassOf(batch, group);
            for (int path = batch.GroupOffsets[group]; path < batch.GroupOffsets[group + 1]; path++)
            {
                LastToken.Replace(batch, path, (float)Backward(batch.Rewards[path], options.FalsePositive(promptClass), appeals.FalseNegative(promptClass)));
            }
        }
    }

    /// <inheritdoc/>
    public void Save(IDictionary<string, double[]> state) => appeals.Save(state);

    /// <inheritdoc/>
    public void Load(IReadOnlyDictionary<string, double[]> state) => appeals.Load(state);
}
