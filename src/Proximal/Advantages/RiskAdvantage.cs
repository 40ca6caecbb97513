using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Tensors.Random;

namespace Proximal.Advantages;

/// <summary>
/// RiskPO: the derivative of a mixed value-at-risk. The prompts of the batch are put into bundles of b at random; the k-th responses of a bundle form a paper of
/// score <c>S = Σ_q R_{q,k}</c>, and <c>A(S) = (w cvar(S) + rvar(S)) / (w + 1)</c> with
/// <c>rvar = (max(S - q_α, 0) - max(S - q_β, 0) + (q_α - q_β)) / (β - α)</c> and <c>cvar = -max(q_α - S, 0) / α</c>.
/// </summary>
/// <remarks>
/// Our decisions: the score of a bundle that the batch no longer fills is scaled to b questions; a bundle whose papers all have one score has A = 0 where advantages
/// are normalized; the shares of sum-mean credit sum to 1, and "nearly 0" is below 0.001.
/// </remarks>
public sealed class RiskAdvantage(RiskOptions options) : IAdvantage, IStateful, IMetricSource
{
    private const double Epsilon = 1e-6;
    private const double Small = 1e-3;

    private readonly QuantileTracker tracker = new(options.LearningRate);
    private double low;
    private double high;
    private float[] advantages = [];

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IAdvantage, RiskOptions> Definition { get; } = new(
        new ComponentInfo(
            "riskpo",
            Seam.Advantages,
            "Derivative of a mixed value-at-risk of the scores of bundles of prompts.",
            "A = (w cvar(S) + rvar(S)) / ((w + 1) std(S)),  S_k = Σ_{q in bundle} R_{q,k},  rvar = ((S-q_α)⁺ - (S-q_β)⁺ + (q_α-q_β)) / (β-α),  cvar = -(q_α-S)⁺ / α",
            "RiskPO 2025, Risk-based Policy Optimization via Verifiable Reward for LLM Post-Training")
        {
            Mechanism = "The mean of the reward gains most where the policy already succeeds; a risk measure looks at the lower tail of the distribution instead, at what it cannot do yet. "
                + "Binary rewards have no tails, so several prompts are graded together as one paper with a score of 0 to b, whose quantiles are tracked over the steps. Papers below the "
                + "lower quantile are pushed away with extra weight, above the upper one the objective is flat: solved prompts stop pulling, and the entropy lasts longer.",
        },
        RiskOptions.Schema,
        options => new RiskAdvantage(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>The quantiles that the last batch was judged by.</summary>
    public IEnumerable<(string Name, double Value)> Metrics => [("riskpo/low-quantile", low), ("riskpo/high-quantile", high)];

    /// <summary>The advantage of a paper.</summary>
    /// <param name="score">S.</param>
    /// <param name="low">q_α.</param>
    /// <param name="high">q_β.</param>
    /// <param name="options">Levels and weight.</param>
    public static double Paper(double score, double low, double high, RiskOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        double range = Math.Max(score - low, 0) - Math.Max(score - high, 0) + (options.NaturalBaseline ? low - high : 0);
        double tail = options.Seeking ? Math.Max(score - high, 0) / (1 - options.Beta + Epsilon) : -Math.Max(low - score, 0) / (options.Alpha + Epsilon);
        return ((options.Weight * tail) + (range / (options.Beta - options.Alpha + Epsilon))) / (options.Weight + 1);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Groups of different size.</exception>
    public void Compute(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Columns.RequireFiniteRewards(this, batch, batch.Rewards, "reward of path");
        int size = GroupSize(batch);
        int[] order = [.. Enumerable.Range(0, batch.GroupCount)];
        new RandomStream(batch.Seed, RandomPurpose.Component, batch.Step).Shuffle(order.AsSpan());
        int bundles = (order.Length + options.Bundle - 1) / options.Bundle;
        float[] scores = new float[bundles * size];
        for (int bundle = 0; bundle < bundles; bundle++)
        {
            Score(batch, Members(order, bundle), scores.AsSpan(bundle * size, size));
        }

        low = Quantile(options.Alpha, scores);
        high = Quantile(options.Beta, scores);
        Span<float> perPath = Columns.Rent(ref advantages, batch.PathCount);
        for (int bundle = 0; bundle < bundles; bundle++)
        {
            ShareOut(batch, Members(order, bundle), scores.AsSpan(bundle * size, size), perPath);
        }

        tracker.Update(scores);
        OutcomeAdvantage.Broadcast(batch, perPath, batch.Advantage);
    }

    /// <inheritdoc/>
    public void Save(IDictionary<string, double[]> state) => tracker.Save(state);

    /// <inheritdoc/>
    public void Load(IReadOnlyDictionary<string, double[]> state) => tracker.Load(state);

    private static int GroupSize(PathBatch batch)
    {
        int size = batch.GroupCount == 0 ? 0 : batch.GroupOffsets[1];
        for (int group = 0; group < batch.GroupCount; group++)
        {
            int other = batch.GroupOffsets[group + 1] - batch.GroupOffsets[group];
            if (other != size)
            {
                throw new InvalidOperationException($"'riskpo' needs as many rollouts of every prompt: group 0 has {size}, group {group} has {other}.");
            }
        }

        return size;
    }

    private static double Interpolated(double level, ReadOnlySpan<float> scores)
    {
        float[] sorted = scores.ToArray();
        Array.Sort(sorted);
        double place = level * (sorted.Length - 1);
        int below = (int)place, above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }

    private ReadOnlySpan<int> Members(int[] order, int bundle) =>
        order.AsSpan((bundle * options.Bundle)..Math.Min((bundle + 1) * options.Bundle, order.Length));

    private void Score(PathBatch batch, ReadOnlySpan<int> members, Span<float> scores)
    {
        for (int k = 0; k < scores.Length; k++)
        {
            double sum = 0;
            foreach (int group in members)
            {
                sum += batch.Rewards[batch.GroupOffsets[group] + k];
            }

            scores[k] = (float)(sum * options.Bundle / members.Length);
        }
    }

    private double Quantile(double level, ReadOnlySpan<float> scores) => scores.IsEmpty ? 0 : options.Quantiles switch
    {
        QuantileSource.Track => tracker.Nearest(level),
        QuantileSource.Batch => Interpolated(level, scores),
        _ => (tracker.Nearest(level) + Interpolated(level, scores)) / 2,
    };

    private void ShareOut(PathBatch batch, ReadOnlySpan<int> members, ReadOnlySpan<float> scores, Span<float> perPath)
    {
        bool alike = scores.Length > 1 && !scores.ContainsAnyExcept(scores[0]);
        double deviation = options.Normalize && !alike
            ? GroupRelativeAdvantage.Deviation(scores, GroupRelativeAdvantage.Mean(scores), GroupNormalization.SampleDeviation) + Epsilon
            : 1;
        for (int k = 0; k < scores.Length; k++)
        {
            double advantage = options.Normalize && alike ? 0 : Paper(scores[k], low, high, options) / deviation;
            double total = 0;
            foreach (int group in members)
            {
                total += Margin(batch, group, k);
            }

            foreach (int group in members)
            {
                int path = batch.GroupOffsets[group] + k;
                perPath[path] = (float)(options.Credit switch
                {
                    RiskCredit.Deviation => advantage / QuestionDeviation(batch, group),
                    RiskCredit.Score => advantage * (batch.Rewards[path] > 0 ? 0.5 : 1.5),
                    RiskCredit.SumMean => advantage * (Math.Abs(total) < Small ? 1.0 / members.Length : Margin(batch, group, k) / total),
                    _ => advantage,
                });
            }
        }
    }

    private double Margin(PathBatch batch, int group, int k) => options.Credit == RiskCredit.SumMean
        ? batch.Rewards[batch.GroupOffsets[group] + k] - GroupRelativeAdvantage.Mean(batch.Rewards[batch.Group(group)])
        : 0;

    private static double QuestionDeviation(PathBatch batch, int group)
    {
        ReadOnlySpan<float> rewards = batch.Rewards[batch.Group(group)];
        double deviation = GroupRelativeAdvantage.Deviation(rewards, GroupRelativeAdvantage.Mean(rewards), GroupNormalization.SampleDeviation);
        return deviation < Small ? 1 : deviation;
    }
}
