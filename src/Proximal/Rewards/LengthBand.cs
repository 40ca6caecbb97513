using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Rewards;

/// <summary>
/// A reward for lengths in the band of a task, a trapezoid: 0 outside [L_min, L_max], 1 on [L_low, L_high], linear between. Added to the reward of the last policy
/// token, times a weight. A recipe lists one for each task.
/// </summary>
public sealed class LengthBand(LengthBandOptions options) : IRewardShaping
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IRewardShaping, LengthBandOptions> Definition { get; } = new(
        new ComponentInfo(
            "length-band",
            Seam.Shaping,
            "A trapezoid over the length of the response, for the problems of one task.",
            "R_i ← R_i + w clamp(min((L_i - L_min)/(L_low - L_min), (L_max - L_i)/(L_max - L_high)), 0, 1)",
            "OpenVLThinkerV2 2026, arXiv:2604.08539, equations 7-8")
        {
            Mechanism = "Tasks that need a chain of thought and tasks that need one word are trained together; a common length penalty harms one of them. Every task says the band in which "
                + "its lengths are welcome, and slopes on both sides pull responses into it without a jump.",
        },
        LengthBandOptions.Schema,
        options => new LengthBand(options));

    /// <inheritdoc/>
    public ComponentInfo Info => Definition.Info;

    /// <summary>The reward of one response before its weight, in [0, 1].</summary>
    /// <param name="length">L: its policy tokens.</param>
    /// <param name="options">The corners.</param>
    public static double Compute(double length, LengthBandOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return length < options.Minimum || length > options.Maximum ? 0 :
            length < options.Low ? (length - options.Minimum) / (options.Low - options.Minimum) :
            length > options.High ? (options.Maximum - length) / (options.Maximum - options.High) : 1;
    }

    /// <inheritdoc/>
    public void Shape(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        for (int path = 0; path < batch.PathCount; path++)
        {
            if (options.Task.Length == 0 || batch.Trajectory(path).Instance.Family == options.Task)
            {
                LastToken.Add(batch, path, options.Weight * Compute(Columns.Count(batch.Mask[batch.Path(path)]), options));
            }
        }
    }
}
