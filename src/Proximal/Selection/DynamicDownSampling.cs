using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Selection;

/// <summary>
/// D3S: of all rollouts of a batch those whose advantages have the largest variance, and of their tokens those with the largest <c>|A| H</c>, H the entropy
/// of the policy at the token. Both shares move linearly with the progress of the stage. What is left out does not count.
/// </summary>
public sealed class DynamicDownSampling(DynamicDownSamplingOptions options) : ISelection, IMetricSource
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<ISelection, DynamicDownSamplingOptions> Definition { get; } = new(
        new ComponentInfo(
            "d3s",
            Seam.Selection,
            "Keeps the rollouts whose advantages vary most, and in them the tokens with the largest |A| H; both shares grow.",
            "m_{i,t} = 0 unless i ∈ argmax_{|S| = n(u)} Var_S(A) and |A_i| H_{i,t} is among the top K(u) of S,  u = step / steps",
            "D3S: Learning More with Less: A Dynamic Dual-Level Down-Sampling Framework for Efficient Policy Optimization")
        {
            Mechanism =
                "The norm of the gradient is bounded by a term that grows with the variance of the advantages that are kept, so extremes of both signs teach most and " +
                "rollouts near the mean of their group least. Within them, tokens at which the policy hesitates carry the decision. Small budgets learn fast and " +
                "overfit later, so both grow over the run.",
        },
        DynamicDownSamplingOptions.Schema,
        options => new DynamicDownSampling(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>How many rollouts and tokens the last batch kept.</summary>
    public IEnumerable<(string Name, double Value)> Metrics { get; private set; } = [];

    /// <summary>Marks the <c>⌈share · N⌉</c> tokens with the largest scores; of equal scores the first.</summary>
    /// <param name="scores">Scores. [N]</param>
    /// <param name="share">Share that is chosen.</param>
    /// <param name="chosen">Receives true for the chosen. [N]</param>
    public static void TopTokens(ReadOnlySpan<double> scores, double share, Span<bool> chosen)
    {
        chosen[..scores.Length].Clear();
        double[] keys = new double[scores.Length];
        int[] order = [.. Enumerable.Range(0, scores.Length)];
        scores.CopyTo(keys);
        order.AsSpan().Sort((a, b) => keys[a] == keys[b] ? a.CompareTo(b) : keys[b].CompareTo(keys[a]));
        foreach (int token in order.AsSpan(0, scores.IsEmpty ? 0 : RolloutSubset.Count(share, scores.Length)))
        {
            chosen[token] = true;
        }
    }

    /// <inheritdoc/>
    public void Select(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        double progress = batch.Steps == 0 ? 0 : (double)batch.Step / batch.Steps;
        double rollouts = options.RolloutsStart + ((options.RolloutsEnd - options.RolloutsStart) * progress);
        double tokens = options.TokensStart + ((options.TokensEnd - options.TokensStart) * progress);
        List<int> kept = KeepRollouts(batch, rollouts);
        if (options.PerSequence)
        {
            foreach (int path in kept)
            {
                KeepTokens(batch, [path], tokens);
            }
        }
        else
        {
            KeepTokens(batch, kept, tokens);
        }

        Metrics = RolloutSubset.Left(batch);
    }

    private static List<int> KeepRollouts(PathBatch batch, double share)
    {
        List<int> valid = RolloutSubset.Valid(batch, ..batch.PathCount);
        bool[] chosen = new bool[valid.Count];
        VarianceSubset.Select([.. valid.Select(path => RolloutSubset.Advantage(batch, path))], RolloutSubset.Count(share, valid.Count), chosen);
        foreach ((int path, bool keeps) in valid.Zip(chosen))
        {
            if (!keeps)
            {
                RolloutSubset.Drop(batch, path);
            }
        }

        return [.. valid.Where((_, index) => chosen[index])];
    }

    private static void KeepTokens(PathBatch batch, IReadOnlyList<int> paths, double share)
    {
        List<int> tokens = [];
        foreach (int path in paths)
        {
            for (int t = batch.PathOffsets[path]; t < batch.PathOffsets[path + 1]; t++)
            {
                if (batch.Mask[t] != 0)
                {
                    tokens.Add(t);
                }
            }
        }

        bool[] chosen = new bool[tokens.Count];
        TopTokens([.. tokens.Select(t => Math.Abs((double)batch.Advantage[t]) * batch.Entropy[t])], share, chosen);
        for (int i = 0; i < chosen.Length; i++)
        {
            if (!chosen[i])
            {
                batch.Mask[tokens[i]] = batch.Weight[tokens[i]] = 0;
            }
        }
    }
}
