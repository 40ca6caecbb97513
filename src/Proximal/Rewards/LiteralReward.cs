using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Rewards;

/// <summary>
/// A brittle verifier: 1 where the response ends with the gold answer letter by letter, after something that is neither letter nor digit. It has no false positives to
/// speak of, and false negatives wherever a right answer is written in another way, such as with leading zeros.
/// </summary>
public sealed class LiteralReward : IReward
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IReward, NoOptions> Definition { get; } = new(
        new ComponentInfo("literal", Seam.Rewards, "1 where the response ends with the gold answer letter by letter, 0 otherwise: a brittle verifier.", "r = 1{y ends with the answer}", ""),
        NoOptions.Schema,
        _ => new LiteralReward());

    /// <inheritdoc/>
    public float Score(Trajectory trajectory)
    {
        ArgumentNullException.ThrowIfNull(trajectory);
        string answer = trajectory.Instance.Answer;
        ReadOnlySpan<char> response = trajectory.Response.AsSpan().TrimEnd();
        bool ends = answer.Length > 0 && response.EndsWith(answer, StringComparison.Ordinal);
        return ends && (response.Length == answer.Length || !char.IsLetterOrDigit(response[^(answer.Length + 1)])) ? 1 : 0;
    }
}
