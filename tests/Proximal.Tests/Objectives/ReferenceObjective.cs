using Proximal.Rollouts;

namespace Proximal.Tests.Objectives;

/// <summary>
/// The objectives written out once more, in double precision and without derivatives: what stop-gradient freezes is read from <c>frozen</c>, so that
/// central differences in <c>current</c> give the gradient that the paper means.
/// </summary>
internal static class ReferenceObjective
{
    public static double Loss(PathBatch batch, string ratio, string clipping, double[] current, double[] frozen)
    {
        double loss = 0;
        int sequences = 0;
        HashSet<int> top = TopCovariance(batch, frozen, 0.2);
        for (int path = 0; path < batch.PathCount; path++)
        {
            int[] tokens = Tokens(batch, path);
            sequences += tokens.Length > 0 ? 1 : 0;
            foreach (int t in tokens)
            {
                double r = Ratio(batch, ratio, tokens, t, current, frozen), still = Ratio(batch, ratio, tokens, t, frozen, frozen);
                loss += batch.Weight[t] / tokens.Length * Surrogate(batch, clipping, t, r, still, current[t], top);
            }
        }

        return loss / sequences;
    }

    private static int[] Tokens(PathBatch batch, int path)
    {
        List<int> tokens = [];
        for (int t = batch.PathOffsets[path]; t < batch.PathOffsets[path + 1]; t++)
        {
            if (batch.Mask[t] != 0)
            {
                tokens.Add(t);
            }
        }

        return [.. tokens];
    }

    private static double Ratio(PathBatch batch, string ratio, int[] tokens, int t, double[] current, double[] frozen)
    {
        float[] old = batch.Old.ToArray(), advantage = batch.Advantage.ToArray();
        return ratio switch
        {
            "token" => Math.Exp(current[t] - old[t]),
            "sequence" => Math.Exp(tokens.Average(k => frozen[k] - old[k])) * Math.Exp(current[t] - frozen[t]),
            "geometric-mean" => Math.Exp(tokens.Average(k =>
            {
                double d = current[k] - old[k], bounded = Math.Clamp(d, -0.4, 0.4);
                return advantage[k] > 0 ? Math.Min(d, bounded) : Math.Max(d, bounded);
            })),
            _ => 1,
        };
    }

    private static double Surrogate(PathBatch batch, string clipping, int t, double r, double still, double current, HashSet<int> top)
    {
        double a = batch.Advantage[t];
        double ppo = Math.Max(-a * r, -a * Math.Clamp(r, 0.8, 1.28)), tau = a > 0 ? 1 : 1.05;
        return clipping switch
        {
            "ppo" => ppo,
            "ppo-dual" => a < 0 ? Math.Min(ppo, -1.5 * a) : ppo,
            "none" => -a * still * current,
            "unclipped" => -a * r,
            "cispo" => -a * Math.Clamp(still, 0.8, 1.28) * current,
            "sapo" => -a * 4 / tau / (1 + Math.Exp(-tau * (r - 1))),
            "gpg" => -a * current,
            "kl-cov" => (-a * r) + (top.Contains(t) ? 0.7 * Math.Abs(current - batch.Old[t]) : 0),
            _ => throw new ArgumentException(clipping),
        };
    }

    private static HashSet<int> TopCovariance(PathBatch batch, double[] frozen, double share)
    {
        float[] advantage = batch.Advantage.ToArray(), mask = batch.Mask.ToArray();
        int[] valid = [.. Enumerable.Range(0, mask.Length).Where(t => mask[t] != 0)];
        double meanCurrent = valid.Average(t => frozen[t]), meanAdvantage = valid.Average(t => advantage[t]);
        int count = Math.Max(1, (int)(share * valid.Length));
        return [.. valid.OrderByDescending(t => (frozen[t] - meanCurrent) * (advantage[t] - meanAdvantage)).Take(count)];
    }
}
