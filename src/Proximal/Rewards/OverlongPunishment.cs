using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Rewards;

/// <summary>
/// DAPO's soft overlong punishment: 0 up to <c>L_max - L_c</c> tokens, then a ramp down to -1 at <c>L_max</c>, -1 beyond. Added to the reward of the last
/// policy token.
/// </summary>
public sealed class OverlongPunishment(OverlongPunishmentOptions options) : IRewardShaping
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IRewardShaping, OverlongPunishmentOptions> Definition { get; } = new(
        new ComponentInfo(
            "overlong-punishment",
            Seam.Shaping,
            "Ramp from 0 to -1 as the response nears the token budget.",
            "R_i ← R_i + f clamp((L_max - L_c - L_i) / L_c, -1, 0)",
            "Yu et al. 2025, DAPO, arXiv:2503.14476, equation 13"),
        OverlongPunishmentOptions.Schema,
        options => new OverlongPunishment(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>The punishment of one response.</summary>
    /// <param name="length">L: its policy tokens.</param>
    /// <param name="maximum">L_max.</param>
    /// <param name="ramp">L_c, above 0.</param>
    public static double Compute(int length, double maximum, double ramp) => Math.Clamp((maximum - ramp - length) / ramp, -1, 0);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">A batch without a response budget.</exception>
    public void Shape(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.ResponseBudget <= 0)
        {
            throw new InvalidOperationException("'overlong-punishment' needs a batch with a response budget above 0.");
        }

        for (int path = 0; path < batch.PathCount; path++)
        {
            ReadOnlySpan<float> mask = batch.Mask[batch.Path(path)];
            int last = mask.LastIndexOfAnyExcept(0f);
            if (last >= 0)
            {
                float punishment = (float)(options.Factor * Compute(Columns.Count(mask), batch.ResponseBudget, options.Ramp * batch.ResponseBudget));
                batch.Rewards[path] += punishment;
                batch.TokenReward[batch.PathOffsets[path] + last] += punishment;
            }
        }
    }
}
