using System.Globalization;
using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Tensors.Numerics;

namespace Proximal.Advantages;

/// <summary>
/// BNPO: <c>A_i = (R_i - p) / f(p)</c> with the pass rate p of the prompt and the density f of Beta(α, β), whose parameters are fitted anew to the pass rates of
/// every batch: with their mean μ and unbiased variance v, <c>c = μ(1-μ)/v - 1, α = max(1, 1 + cμ/3), β = max(1, 1 + c(1-μ)/3)</c>. Rewards are mapped to [0, 1].
/// Where there is one prompt, or all pass rates are equal, α = β = 1 (our rule).
/// </summary>
public sealed class BetaNormalizedAdvantage(BetaNormalizedOptions options) : IAdvantage, IMetricSource
{
    private const double LargestWeight = 1e6;

    private readonly List<(string Name, double Value)> fitted = [];
    private float[] rewards = [];
    private float[] advantages = [];
    private float[] rates = [];

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IAdvantage, BetaNormalizedOptions> Definition { get; } = new(
        new ComponentInfo(
            "bnpo",
            Seam.Advantages,
            "Centred rewards over the density of a Beta distribution that is fitted to the pass rates of the batch.",
            "A_{i,t} = (R_i - p_b) / f(p_b),  f = Beta(α, β) density,  α = max(1, 1 + a/3), β = max(1, 1 + b/3),  Beta(a, b) fitted to p_1..p_B by moments",
            "Xiao et al. 2025, BNPO: Beta Normalization Policy Optimization, arXiv:2506.02864")
        {
            Mechanism = "With binary rewards the pass rate of a prompt is all that its group tells, and over the prompts of a batch it follows a distribution that moves as the policy "
                + "learns. Dividing by a flattened fit of it gives typical prompts small weights and untypical ones large weights, with the exponents for which the variance of the "
                + "gradient is least. A constant density is REINFORCE with the mean of the group, Beta(3/2, 3/2) is GRPO: the method moves between them by itself.",
        },
        BetaNormalizedOptions.Schema,
        options => new BetaNormalizedAdvantage(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>α and β of the last batch, for each term where the reward is decomposed.</summary>
    public IEnumerable<(string Name, double Value)> Metrics => fitted;

    /// <summary>Fits the normalizer to the pass rates of a batch.</summary>
    /// <param name="passRates">p of each prompt, in [0, 1]. [B]</param>
    public static (double Alpha, double Beta) Fit(ReadOnlySpan<float> passRates)
    {
        if (passRates.Length < 2 || !passRates.ContainsAnyExcept(passRates[0]))
        {
            return (1, 1);
        }

        double mean = GroupRelativeAdvantage.Mean(passRates), deviation = GroupRelativeAdvantage.Deviation(passRates, mean, GroupNormalization.SampleDeviation);
        double c = (mean * (1 - mean) / (deviation * deviation)) - 1;
        return (Math.Max(1, 1 + (c * mean / 3)), Math.Max(1, 1 + (c * (1 - mean) / 3)));
    }

    /// <summary>The density of Beta(α, β) at p in (0, 1).</summary>
    public static double Density(double p, double alpha, double beta) =>
        Math.Exp(((alpha - 1) * Math.Log(p)) + ((beta - 1) * Math.Log(1 - p)) - SpecialFunctions.LogBeta(alpha, beta));

    /// <summary>The advantages of a batch. [paths]</summary>
    /// <param name="rewards">R in [0, 1]. [paths]</param>
    /// <param name="groups">First path of each group, then the number of paths. [groups + 1]</param>
    /// <param name="alpha">α.</param>
    /// <param name="beta">β.</param>
    /// <param name="advantages">Receives the advantages. [paths]</param>
    public static void Compute(ReadOnlySpan<float> rewards, ReadOnlySpan<int> groups, double alpha, double beta, Span<float> advantages)
    {
        for (int g = 0; g + 1 < groups.Length; g++)
        {
            ReadOnlySpan<float> group = rewards[groups[g]..groups[g + 1]];
            Span<float> target = advantages[groups[g]..groups[g + 1]];
            if (group.IsEmpty || !group.ContainsAnyExcept(group[0]))
            {
                target.Clear();
                continue;
            }

            double rate = GroupRelativeAdvantage.Mean(group), weight = Math.Min(1 / Density(rate, alpha, beta), LargestWeight);
            for (int i = 0; i < group.Length; i++)
            {
                target[i] = (float)(weight * (group[i] - rate));
            }
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A reward is outside the range of the options.</exception>
    public void Compute(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        fitted.Clear();
        Span<float> perPath = Columns.Rent(ref advantages, batch.PathCount), values = Columns.Rent(ref rewards, batch.PathCount);
        if (!options.Decompose)
        {
            batch.Rewards.CopyTo(values);
            Normalize(batch, values, perPath, "");
            OutcomeAdvantage.Broadcast(batch, perPath, batch.Advantage);
            return;
        }

        string[] terms = [.. RewardTerms.Names(batch)];
        float[] sums = new float[batch.PathCount];
        foreach (string term in terms)
        {
            RewardTerms.Copy(batch, term, values);
            Normalize(batch, values, perPath, $"-{term}");
            for (int path = 0; path < sums.Length; path++)
            {
                sums[path] += perPath[path] / terms.Length;
            }
        }

        OutcomeAdvantage.Broadcast(batch, sums, batch.Advantage);
    }

    private void Normalize(PathBatch batch, Span<float> values, Span<float> perPath, string suffix)
    {
        Columns.RequireFiniteRewards(this, batch, values, "reward of path");
        for (int path = 0; path < values.Length; path++)
        {
            double share = (values[path] - options.Minimum) / (options.Maximum - options.Minimum);
            if (share is < 0 or > 1)
            {
                throw new InvalidDataException(string.Create(
                    CultureInfo.InvariantCulture, $"'bnpo' at step {batch.Step}: the reward of path {path} is {values[path]}, expected {options.Minimum} to {options.Maximum}; set 'minimum' and 'maximum'."));
            }

            values[path] = (float)share;
        }

        Span<float> passRates = Columns.Rent(ref rates, batch.GroupCount);
        for (int group = 0; group < batch.GroupCount; group++)
        {
            passRates[group] = (float)GroupRelativeAdvantage.Mean(values[batch.Group(group)]);
        }

        (double alpha, double beta) = Fit(passRates);
        fitted.Add(($"bnpo/alpha{suffix}", alpha));
        fitted.Add(($"bnpo/beta{suffix}", beta));
        Compute(values, batch.GroupOffsets, alpha, beta, perPath);
    }
}
