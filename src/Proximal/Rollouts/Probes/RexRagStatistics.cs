namespace Proximal.Rollouts.Probes;

/// <summary>What a step with clones was like.</summary>
internal sealed class RexRagStatistics
{
    private double kappa;
    private double share;
    private int groups;
    private int deadEnds;
    private int rollouts;
    private int wrong;
    private int tried;
    private int right;
    private int kept;
    private int keptRight;
    private double plausibility;
    private long unkeptTokens;
    private PathBatch? learned;
    private float[] before = [];

    /// <summary>Names and values.</summary>
    public IEnumerable<(string Name, double Value)> Metrics =>
    [
        ("probes/dead-ends", Ratio(deadEnds, groups)),
        ("probes/failure", Ratio(wrong, rollouts)),
        ("probes/tried", tried),
        ("probes/success", Ratio(right, tried)),
        ("probes/kept", kept),
        ("probes/kept-success", Ratio(keptRight, kept)),
        ("probes/log-probability", Ratio(plausibility, tried)),
        ("probes/dropped-tokens", unkeptTokens),
        ("probes/kappa", kappa),
        ("probes/alpha", share),
        ("probes/kl", Divergence()),
    ];

    /// <summary>Begins a step.</summary>
    public void Begin(double withKappa)
    {
        kappa = withKappa;
        groups = deadEnds = rollouts = wrong = tried = right = kept = keptRight = 0;
        (plausibility, unkeptTokens) = (0, 0);
    }

    /// <summary>Counts a round.</summary>
    public void Observe(Trajectory[] own, int rolloutsPerPrompt, List<RexRagRollouts.Clone> clones, RexRagRollouts.Clone[] keptClones)
    {
        foreach (Trajectory[] group in own.Chunk(rolloutsPerPrompt))
        {
            groups++;
            rollouts += group.Length;
            int failed = group.Count(trajectory => !trajectory.Verdict.Correct);
            wrong += failed;
            deadEnds += failed == group.Length ? 1 : 0;
        }

        tried += clones.Count;
        right += clones.Count(clone => clone.Trajectory!.Verdict.Correct);
        kept += keptClones.Length;
        keptRight += keptClones.Count(clone => clone.Trajectory!.Verdict.Correct);
        plausibility += clones.Sum(clone => clone.Plausibility);
        unkeptTokens += clones.Except(keptClones).Sum(clone => (long)clone.SampledTokens);
    }

    /// <summary>Remembers the policy before the first update.</summary>
    public void Remember(RolloutBatch batch, double withShare)
    {
        (learned, share) = (batch.Paths, withShare);
        batch.Paths.Current.CopyTo(Columns.Rent(ref before, batch.Paths.TokenCount));
    }

    /// <summary>How far the policy has moved on the tokens of probes by the last update: the mean k3 estimate, in nats a token; 0 without probes.</summary>
    private double Divergence()
    {
        if (learned is null)
        {
            return 0;
        }

        double sum = 0;
        int count = 0;
        ReadOnlySpan<float> inserted = learned.Inserted, current = learned.Current;
        for (int t = 0; t < inserted.Length; t++)
        {
            if (inserted[t] != 0)
            {
                double log = current[t] - before[t];
                sum += Math.Exp(log) - log - 1;
                count++;
            }
        }

        return Ratio(sum, count);
    }

    private static double Ratio(double part, int of) => of == 0 ? 0 : part / of;
}
