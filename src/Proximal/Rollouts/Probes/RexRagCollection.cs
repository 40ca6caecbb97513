using System.Globalization;
using Proximal.Models.Tokenizers;
using Proximal.Recipes;

namespace Proximal.Rollouts.Probes;

/// <summary>
/// Rollouts that end wrong before their turns are used up are gone back in: without the last turn, with a sentence of a pool in its place, and continued by the policy.
/// A few of these clones stay in the batch, whose ratios go against the mixture of policy and pool.
/// </summary>
public sealed record RexRagCollection : CollectionSettings
{
    private const int MostSentences = 1000;
    private const int LongestSentence = 1000;

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<CollectionSettings, RexRagCollection> Definition { get; } = new(
        new ComponentInfo(
            "rexrag",
            Seam.Rollouts,
            "Goes back in rollouts that ended wrong and puts an exploratory sentence where the answer was; ratios know how.",
            "b_t = (1-α) p_t + α μ_t,  α = C / (B G + C),  C = ⌊B G κ⌋,  κ = min(κ_max, EWMA(success of clones));  μ_t = 0 off clones, p_t e^{-1/j} before the probe, trie(y_t | probe) in it, p_t after it",
            "REX-RAG: Reasoning Exploration with Policy Correction in Retrieval-Augmented Generation, arXiv:2508.08149")
        {
            Mechanism = "A policy that took a wrong turn usually answers wrong in every rollout of a group, and such a dead end teaches nothing. So a share of the wrong rollouts is cloned: the last turn, which holds the answer, is cut off, a sentence such as 'maybe I missed something' opens the turn anew, and the policy goes on with the turns and tokens that are left. Of all clones only those stay whose probe the policy itself finds least strange, as many as clones have been right of late. Because probes are not the policy's words, the probability that a ratio divides by is that of the mixture of policy and pool, which is known token by token.",
        },
        new OptionSchema<RexRagCollection>(() => new RexRagCollection())
            .TextList("pool", o => o.Pool, (o, v) => o with { Pool = v }, "Sentences that a probe is drawn from, each as likely as the others.")
            .Number("probability", o => o.Probability, (o, v) => o with { Probability = v }, "p_rev: probability with which a rollout that ended wrong is cloned.", 0, 1)
            .Number("kappa-max", o => o.MaximumShare, (o, v) => o with { MaximumShare = v }, "κ_max: the most clones that are kept, as a share of the rollouts; 0 for none, which is plain collection.", 0, 1)
            .Number("rate", o => o.Rate, (o, v) => o with { Rate = v }, "Weight of a step in the moving average of the clones' success, which starts at 0.", 1e-6, 1)
            .Flag("correction", o => o.Correction, (o, v) => o with { Correction = v }, "Whether ratios go against the mixture; otherwise against the old policy alone.")
            .Rule(o => o.Pool.Count is > 0 and <= MostSentences && o.Pool.All(sentence => sentence.Length is > 0 and <= LongestSentence)
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"'pool' has {o.Pool.Count} sentences, expected 1 to {MostSentences} of 1 to {LongestSentence} characters")),
        settings => settings);

    /// <summary>The sentences; the paper's pool has thirty.</summary>
    public IReadOnlyList<string> Pool { get; init; } = ProbePool.Default;

    /// <summary>p_rev.</summary>
    public double Probability { get; init; } = 0.2;

    /// <summary>κ_max: 0.08 with GRPO, 0.12 with DAPO in the paper.</summary>
    public double MaximumShare { get; init; } = 0.08;

    /// <summary>Weight of a step in the moving average of the clones' success.</summary>
    public double Rate { get; init; } = 0.1;

    /// <summary>Whether ratios go against the mixture that the batch comes from.</summary>
    public bool Correction { get; init; } = true;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Symbols => [.. Pool.SelectMany(ProbePool.Symbols).Distinct()];

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The environment cannot be gone back in, or the tokenizer has no tokens for a sentence.</exception>
    public override IRollouts Create(RolloutParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return parts.Environment.IsReplayable
            ? new RexRagRollouts(parts.OnPolicy(), parts, [.. Pool.Select(sentence => Encode(parts.Tokenizer, sentence))], this)
            : throw new InvalidDataException("policy.collection is 'rexrag', which needs an environment that answers the same turns the same way again");
    }

    private static int[] Encode(ITokenizer tokenizer, string sentence)
    {
        try
        {
            return tokenizer.Encode(sentence);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"policy.collection.pool: the tokenizer has no tokens for '{sentence}'. {exception.Message}", exception);
        }
    }
}
