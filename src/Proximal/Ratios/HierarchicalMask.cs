using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Ratios;

/// <summary>
/// The masks of HisPO on the discrepancy between trainer and sampler, <c>q_t = log π_old - log μ</c>: whole sequences are dropped where the geometric mean of <c>e^q</c> is δ_seq or more away from
/// 1, and single tokens where <c>e^q</c> is δ_tok or more away. It weighs nothing: with a ratio to the sampler (<see cref="BehaviourRatio"/>) the weight is in the ratio.
/// </summary>
public sealed class HierarchicalMask(HierarchicalMaskOptions options) : ICorrection, IMetricSource
{
    private double tokens;
    private double kept;

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<ICorrection, HierarchicalMaskOptions> Definition { get; } = new(
        new ComponentInfo(
            "hispo",
            Seam.Corrections,
            "Drops sequences, then tokens, on which trainer and sampler disagree.",
            "c_{i,t} = 1{|exp(1/L_i Σ_k q_{i,k}) - 1| < δ_seq} 1{|exp(q_{i,t}) - 1| < δ_tok},  q = log π_old - log μ",
            "LongCat-Flash-Prover: Advancing Native Formal Reasoning via Agentic Tool-Integrated Reinforcement Learning, equations 8-9")
        {
            Mechanism = "The ratio of the policy to the sampler has two causes: the policy has moved, and trainer and sampler compute other numbers for the same weights. Only the first is a reason to reweigh. Where the second is large over a whole sequence the rollout is not to be trusted, and where it is large at a token that token is not; both are left out, and what stays is clipped on the full ratio. The thresholds are not published; those here are starting points.",
        },
        HierarchicalMaskOptions.Schema,
        options => new HierarchicalMask(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>The share of tokens that the last update kept.</summary>
    public IEnumerable<(string Name, double Value)> Metrics => tokens == 0 ? [] : [("correction/kept", kept / tokens)];

    /// <summary>The mask of one sequence.</summary>
    /// <param name="old">log π_old. [tokens of the path]</param>
    /// <param name="behaviour">log μ. [tokens of the path]</param>
    /// <param name="mask">1 on policy tokens. [tokens of the path]</param>
    /// <param name="options">δ_seq and δ_tok.</param>
    /// <param name="weight">Receives 1 or 0. [tokens of the path]</param>
    public static void Compute(ReadOnlySpan<float> old, ReadOnlySpan<float> behaviour, ReadOnlySpan<float> mask, HierarchicalMaskOptions options, Span<float> weight)
    {
        ArgumentNullException.ThrowIfNull(options);
        bool isSequenceKept = Math.Abs(Math.Exp(SequenceRatio.MeanLogRatio(old, behaviour, mask)) - 1) < options.Sequence;
        for (int t = 0; t < weight.Length; t++)
        {
            bool isTokenKept = isSequenceKept && Math.Abs(Math.Exp(LogRatio.Bounded(old[t], behaviour[t])) - 1) < options.Token;
            weight[t] = mask[t] != 0 && isTokenKept ? 1 : 0;
        }
    }

    /// <inheritdoc/>
    public void Compute(PathBatch batch, Span<float> weight)
    {
        ArgumentNullException.ThrowIfNull(batch);
        for (int i = 0; i < batch.PathCount; i++)
        {
            Range path = batch.Path(i);
            Compute(batch.Old[path], batch.Behaviour[path], batch.Mask[path], options, weight[path]);
        }

        (tokens, kept) = (Columns.Count(batch.Mask), Columns.Count(weight));
    }
}
