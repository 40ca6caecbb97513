namespace Proximal.Rollouts.Probes;

/// <summary>
/// The mixture of policy and probes that a batch with explored clones comes from: <c>b_t = (1-α) p_t + α μ_t</c> with the old policy's probability p. On a rollout of the
/// policy itself <c>μ = 0</c>; on a clone <c>μ = p e^(-1/j)</c> before the probe, j tokens in all, which is the policy on condition that it failed (probability e); on the
/// probe the pool's density; <c>μ = p</c> after it.
/// </summary>
public static class ProbeMixture
{
    /// <summary>α: the share of a batch that are clones.</summary>
    /// <param name="clones">C.</param>
    /// <param name="rollouts">B G: rollouts of the policy itself.</param>
    public static double Share(int clones, int rollouts) => clones == 0 ? 0 : (double)clones / (rollouts + clones);

    /// <summary>Clones that are kept: <c>C = ⌊B G κ⌋</c>.</summary>
    /// <param name="rollouts">B G.</param>
    /// <param name="kappa">κ.</param>
    public static int Budget(int rollouts, double kappa) => (int)Math.Floor(rollouts * kappa);

    /// <summary>log b of a rollout of the policy itself.</summary>
    /// <param name="old">log p. [tokens]</param>
    /// <param name="share">α.</param>
    /// <param name="behaviour">Receives log b. [tokens]</param>
    public static void Original(ReadOnlySpan<float> old, double share, Span<float> behaviour) => Shift(old, Math.Log(1 - share), behaviour);

    /// <summary>log b of a clone.</summary>
    /// <param name="old">log p. [tokens]</param>
    /// <param name="mask">1 on tokens that are trained; the others keep log p. [tokens]</param>
    /// <param name="probe">The first token of the probe.</param>
    /// <param name="density">The pool's density of each token of the probe. [tokens of the probe]</param>
    /// <param name="share">α.</param>
    /// <param name="failure">e: share of the policy's own rollouts that failed, above 0.</param>
    /// <param name="behaviour">Receives log b. [tokens]</param>
    /// <exception cref="ArgumentOutOfRangeException">No rollout failed, from which there could be a clone.</exception>
    public static void Clone(
        ReadOnlySpan<float> old, ReadOnlySpan<float> mask, int probe, ReadOnlySpan<double> density, double share, double failure, Span<float> behaviour)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(failure);
        old.CopyTo(behaviour);
        int before = Columns.Count(mask[..probe]);
        double conditioned = before == 0 ? 0 : Math.Log(1 - share + (share * Math.Pow(failure, -1.0 / before)));
        for (int t = 0; t < probe; t++)
        {
            behaviour[t] = mask[t] == 0 ? old[t] : (float)(old[t] + conditioned);
        }

        for (int t = 0; t < density.Length; t++)
        {
            behaviour[probe + t] = (float)Math.Log(((1 - share) * Math.Exp(old[probe + t])) + (share * density[t]));
        }
    }

    private static void Shift(ReadOnlySpan<float> old, double by, Span<float> behaviour)
    {
        for (int t = 0; t < old.Length; t++)
        {
            behaviour[t] = (float)(old[t] + by);
        }
    }
}
