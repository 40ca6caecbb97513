using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Regularizers;

/// <summary>
/// LLDS: where a response with A ≥ 0 has become less likely in total, <c>Σ_t m D &gt; 0</c>, <c>D = log π_old - log π_θ</c>, its tokens that fell are held up
/// by <c>λ max(0, D)</c>; the penalty is a mean over all policy tokens of the minibatch, whatever the aggregation. The answer turn, which has a weight of its own, is
/// the last run of policy tokens of a response that has an observation before it: components see tokens, not the marks that a text puts around its answer.
/// </summary>
public sealed class LikelihoodDisplacement(LikelihoodDisplacementOptions options) : IRegularizer, IPrepares, IMetricSource, IStateful
{
    private const string StateKey = "history";

    private readonly List<(double Correct, double Reward)> history = [];
    private float[] coefficientColumn = [];
    private float[] penaltyColumn = [];
    private int step = -1;
    private long tokens;
    private double answerWeight;
    private double correctPaths;
    private double displacedPaths;
    private (double Sum, long Count) correct;
    private (double Sum, long Count) wrong;

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IRegularizer, LikelihoodDisplacementOptions> Definition { get; } = new(
        new ComponentInfo(
            "llds",
            Seam.Regularizers,
            "Holds up tokens of good responses that have become less likely.",
            "Σ a_{i,t} p_{i,t} = Σ λ_t 1{A ≥ 0} 1{Σ_k D_{i,k} > 0} max(0, D_{i,t}) / Σ m,  D = log π_old - log π_θ,  λ_t = λ, or min(λ_ans, λ) in the answer turn",
            "Deng et al. 2025, On GRPO Collapse in Search-R1: The Lazy Likelihood-Displacement Death Spiral")
        {
            Mechanism =
                "Wrong responses share their beginnings and tool calls with correct ones, and their negative gradient drags the correct ones down too. What has become " +
                "less likely has larger gradients, entropy rises, and training collapses. The penalty acts on responses that are no worse than the average and have " +
                "lost likelihood nevertheless, and there only on the tokens that fell; so it does nothing while all is well. The metrics show the decline early: " +
                "log-probabilities of correct and wrong responses, the share of correct ones that have lost, and an alarm.",
        },
        LikelihoodDisplacementOptions.Schema,
        options => new LikelihoodDisplacement(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <inheritdoc/>
    public string Metric => "displacement";

    /// <summary>
    /// Of the last minibatch: the share of correct responses that are less likely than when they were sampled, and mean log-probabilities a token of correct and
    /// of wrong ones; and 1 when <see cref="LikelihoodAlarm"/> sees decline over the last steps.
    /// </summary>
    public IEnumerable<(string Name, double Value)> Metrics =>
    [
        ("displacement/rate", correctPaths == 0 ? 0 : displacedPaths / correctPaths),
        ("displacement/correct", Mean(correct)),
        ("displacement/wrong", Mean(wrong)),
        ("displacement/alarm", LikelihoodAlarm.IsRaised([.. history.Select(h => h.Correct)], [.. history.Select(h => h.Reward)]) ? 1 : 0),
    ];

    /// <summary>Adds the penalty of one run of policy tokens that share a gate: a response or a turn.</summary>
    /// <param name="old">log π_old. [tokens]</param>
    /// <param name="current">log π_θ. [tokens]</param>
    /// <param name="advantage">A. [tokens]</param>
    /// <param name="mask">1 on policy tokens. [tokens]</param>
    /// <param name="coefficient">λ of each token. [tokens]</param>
    /// <param name="penalty">Receives <c>λ max(0, D)</c> where the gates are open, 0 elsewhere. [tokens]</param>
    /// <returns>Whether the run as a whole has become less likely.</returns>
    public static bool Compute(
        ReadOnlySpan<float> old, ReadOnlySpan<float> current, ReadOnlySpan<float> advantage, ReadOnlySpan<float> mask, ReadOnlySpan<float> coefficient, Span<float> penalty)
    {
        double fall = 0;
        for (int t = 0; t < mask.Length; t++)
        {
            fall += mask[t] == 0 ? 0 : (double)old[t] - current[t];
        }

        for (int t = 0; t < mask.Length; t++)
        {
            penalty[t] = fall > 0 && mask[t] != 0 && advantage[t] >= 0 ? coefficient[t] * Math.Max(0, old[t] - current[t]) : 0;
        }

        return fall > 0;
    }

    /// <inheritdoc/>
    public void Prepare(PathBatch minibatch, ReadOnlySpan<float> ratio)
    {
        ArgumentNullException.ThrowIfNull(minibatch);
        tokens = Columns.Count(minibatch.Mask);
        answerWeight = options.AnswerCoefficient;
        if (options.Adaptive)
        {
            double lookUps = 0;
            for (int path = 0; path < minibatch.PathCount; path++)
            {
                lookUps += Math.Max(0, Runs(minibatch.Mask[minibatch.Path(path)]) - 1);
            }

            answerWeight *= Math.Max(0, (lookUps / Math.Max(1, minibatch.PathCount)) - 1);
        }

        answerWeight = Math.Min(answerWeight, options.Coefficient);
        Observe(minibatch);
    }

    /// <inheritdoc/>
    public double Apply(PathBatch batch, Penalty penalty)
    {
        ArgumentNullException.ThrowIfNull(batch);
        double total = 0;
        Span<float> coefficients = Columns.Rent(ref coefficientColumn, batch.TokenCount), penalties = Columns.Rent(ref penaltyColumn, batch.TokenCount);
        coefficients.Fill((float)options.Coefficient);
        for (int path = 0; path < batch.PathCount; path++)
        {
            (int start, int end) = (batch.PathOffsets[path], batch.PathOffsets[path + 1]);
            ReadOnlySpan<float> mask = batch.Mask[start..end];
            if (Runs(mask) > 1)
            {
                coefficients[(start + AnswerStart(mask))..end].Fill((float)answerWeight);
            }

            int from = 0;
            while (from < mask.Length)
            {
                int to = options.Gate == LikelihoodGate.Chunk ? NextRun(mask, from) : mask.Length;
                Range run = (start + from)..(start + to);
                Compute(batch.Old[run], batch.Current[run], batch.Advantage[run], mask[from..to], coefficients[run], penalties[run]);
                from = to;
            }
        }

        ReadOnlySpan<float> old = batch.Old, current = batch.Current;
        for (int t = 0; t < penalties.Length; t++)
        {
            if (penalties[t] > 0)
            {
                float scale = penalty.Scale(t, tokens);
                penalty.Loss[t] += scale * penalties[t];
                penalty.CurrentGradient[t] -= scale * coefficients[t];
                total += old[t] - current[t];
            }
        }

        return total;
    }

    /// <inheritdoc/>
    public void Save(IDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state[StateKey] = [step, .. history.SelectMany(h => new[] { h.Correct, h.Reward })];
    }

    /// <inheritdoc/>
    public void Load(IReadOnlyDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        double[] values = state[StateKey];
        step = (int)values[0];
        history.Clear();
        for (int i = 1; i < values.Length; i += 2)
        {
            history.Add((values[i], values[i + 1]));
        }
    }

    /// <summary>Where the next run of policy tokens begins, or the end.</summary>
    private static int NextRun(ReadOnlySpan<float> mask, int from)
    {
        int token = from;
        while (token < mask.Length && mask[token] == 0)
        {
            token++;
        }

        while (token < mask.Length && mask[token] != 0)
        {
            token++;
        }

        return token;
    }

    private static int Runs(ReadOnlySpan<float> mask)
    {
        int runs = 0;
        for (int t = 0; t < mask.Length; t++)
        {
            runs += mask[t] != 0 && (t == 0 || mask[t - 1] == 0) ? 1 : 0;
        }

        return runs;
    }

    private static int AnswerStart(ReadOnlySpan<float> mask)
    {
        int token = mask.Length - 1;
        while (token > 0 && mask[token] == 0)
        {
            token--;
        }

        while (token > 0 && mask[token - 1] != 0)
        {
            token--;
        }

        return token;
    }

    private static double Mean((double Sum, long Count) of) => of.Count == 0 ? 0 : of.Sum / of.Count;

    private void Observe(PathBatch minibatch)
    {
        (correctPaths, displacedPaths, correct, wrong) = (0, 0, default, default);
        double reward = 0;
        ReadOnlySpan<float> mask = minibatch.Mask, current = minibatch.Current, old = minibatch.Old;
        for (int path = 0; path < minibatch.PathCount; path++)
        {
            double sum = 0, fall = 0;
            int count = 0;
            for (int t = minibatch.PathOffsets[path]; t < minibatch.PathOffsets[path + 1]; t++)
            {
                if (mask[t] != 0)
                {
                    sum += current[t];
                    fall += (double)old[t] - current[t];
                    count++;
                }
            }

            bool isCorrect = minibatch.Scores[path] >= options.Threshold;
            reward += minibatch.Rewards[path] / minibatch.PathCount;
            ref (double Sum, long Count) part = ref isCorrect ? ref correct : ref wrong;
            part = (part.Sum + sum, part.Count + count);
            correctPaths += isCorrect ? 1 : 0;
            displacedPaths += isCorrect && fall > 0 ? 1 : 0;
        }

        if (minibatch.Step != step && correct.Count > 0)
        {
            step = minibatch.Step;
            history.Add((Mean(correct), reward));
            if (history.Count > LikelihoodAlarm.Window + 1)
            {
                history.RemoveAt(0);
            }
        }
    }
}
