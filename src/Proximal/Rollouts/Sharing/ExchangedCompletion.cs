using Proximal.Models.Generation;
using Proximal.Tasks;

namespace Proximal.Rollouts.Sharing;

/// <summary>One completion of an <see cref="ExchangedGroup"/>.</summary>
/// <param name="Leaf">Index of its last segment.</param>
/// <param name="End">Why it stopped.</param>
/// <param name="Verdict">The verifier's judgement, which is the same whoever wrote it.</param>
/// <param name="Rewards">The reward terms in the order of the recipe, without their weights.</param>
/// <param name="Counters">What the environment counted, by name.</param>
public sealed record ExchangedCompletion(int Leaf, EndReason End, Verdict Verdict, IReadOnlyList<float> Rewards, IReadOnlyDictionary<string, double> Counters)
{
    /// <summary>What each turn was worth by itself; empty where the environment does not say.</summary>
    public IReadOnlyList<double> TurnRewards { get; init; } = [];
}
