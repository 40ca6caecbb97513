using System.Collections.Immutable;
using Proximal.Models.Generation;
using Proximal.Tasks;

namespace Proximal.Rollouts;

/// <summary>One finished path through a token tree, with what it earned.</summary>
public sealed record Trajectory
{
    private readonly Dictionary<string, float> rewards = new(StringComparer.Ordinal);

    /// <summary>The problem.</summary>
    public required TaskInstance Instance { get; init; }

    /// <summary>The tree that holds the tokens.</summary>
    public required TokenTree Tree { get; init; }

    /// <summary>Index of the last segment of the path.</summary>
    public required int Leaf { get; init; }

    /// <summary>The text that the policy wrote, without the end-of-sequence token.</summary>
    public required string Response { get; init; }

    /// <summary>The part of <see cref="Response"/> that was put there in the policy's place, a probe; empty for none.</summary>
    public string Inserted { get; init; } = "";

    /// <summary>Number of tokens that the policy wrote, end of sequence and probe included.</summary>
    public required int ResponseTokens { get; init; }

    /// <summary>The most tokens that it could have written.</summary>
    public required int ResponseBudget { get; init; }

    /// <summary>Why it stopped.</summary>
    public required EndReason End { get; init; }

    /// <summary>The verifier's judgement.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What the environment counted, by name; see <see cref="Environments.IEpisode.Counters"/>.</summary>
    public IReadOnlyDictionary<string, double> Counters { get; init; } = ImmutableDictionary<string, double>.Empty;

    /// <summary>What each turn of the policy was worth by itself, in order; empty where the environment does not say. See <see cref="Environments.IEpisode.TurnRewards"/>.</summary>
    public IReadOnlyList<double> TurnRewards { get; init; } = [];

    /// <summary>Whether another model than the one that learns from it generated it.</summary>
    public bool IsForeign { get; init; }

    /// <summary>Reward terms by name, weights not included.</summary>
    public IReadOnlyDictionary<string, float> Rewards => rewards;

    /// <summary>The weighted sum of the reward terms.</summary>
    public float TotalReward { get; private set; }

    /// <summary>The segments after the prompt, from the first to the leaf: turns of the policy, and what its environment answered.</summary>
    public IEnumerable<TokenSegment> Turns()
    {
        List<int> path = [];
        Tree.WritePath(Leaf, path);
        return path.Skip(1).Select(segment => Tree.Segments[segment]);
    }

    /// <summary>Adds a reward term. A number that is not finite stops training with the step and the batch.</summary>
    public void AddReward(string term, float value, float weight)
    {
        rewards.Add(term, value);
        TotalReward += weight * value;
    }

    /// <summary>Gives a trajectory that was stored its total back, whose weights are no longer known.</summary>
    internal void RestoreTotal(float total) => TotalReward = total;
}
