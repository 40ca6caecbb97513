using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Rewards;

/// <summary>
/// Whether a response is about as long as asked for: 1 inside <c>[L_min, L_max]</c>, below it <c>L / L_min</c>, above it falling by <c>1 / L_max</c> a token to 0: the term of
/// the reward that <see cref="LengthBand"/> is as a shaping.
/// </summary>
public sealed class LengthBandReward(LengthBandRewardOptions options) : IReward
{
    private readonly LengthBandOptions band = new() { Low = options.Minimum, High = options.Maximum, Maximum = 2.0 * options.Maximum };

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IReward, LengthBandRewardOptions> Definition { get; } = new(
        new ComponentInfo(
            "length-band",
            Seam.Rewards,
            "1 for a response of a length in a band, with a linear decay outside.",
            "r = 1 for L_min ≤ L ≤ L_max, L / L_min below, max(0, 2 - L / L_max) above",
            "RL-Struct: A Lightweight Reinforcement Learning Framework for Reliable Structured Output in LLMs")
        {
            Mechanism = "Structured output has a natural length, and both a cut object and an endless one are useless. The linear flanks give a gradient from any length to the band. Where the decay ends was not published; here it is 0 tokens below, and twice the upper bound above.",
        },
        LengthBandRewardOptions.Schema,
        options => new LengthBandReward(options));

    /// <inheritdoc/>
    public float Score(Trajectory trajectory)
    {
        ArgumentNullException.ThrowIfNull(trajectory);
        return (float)LengthBand.Compute(trajectory.ResponseTokens, band);
    }
}
