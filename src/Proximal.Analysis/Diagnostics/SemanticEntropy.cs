namespace Proximal.Analysis.Diagnostics;

/// <summary>Entropy over clusters of samples that mean the same: SE = -Σ_c P_c log P_c (Kuhn et al. 2023).</summary>
public static class SemanticEntropy
{
    /// <summary>Says whether two samples mean the same: equal canonical answers, or entailment both ways.</summary>
    public delegate bool Equivalence(int first, int second);

    /// <summary>
    /// Writes the cluster of each sample and returns the number of clusters. A sample joins the first cluster whose first member it is
    /// equivalent to.
    /// </summary>
    /// <param name="equivalent">Called with two sample indices.</param>
    /// <param name="clusters">Receives cluster indices from 0. [samples]</param>
    public static int Cluster(Equivalence equivalent, Span<int> clusters)
    {
        List<int> representatives = [];
        for (int sample = 0; sample < clusters.Length; sample++)
        {
            int cluster = 0;
            while (cluster < representatives.Count && !equivalent(representatives[cluster], sample))
            {
                cluster++;
            }

            if (cluster == representatives.Count)
            {
                representatives.Add(sample);
            }

            clusters[sample] = cluster;
        }

        return representatives.Count;
    }

    /// <summary>Entropy of non-negative masses scaled to sum to one: counts give the discrete form. NaN if their sum is zero.</summary>
    /// <param name="masses">Σ π(y) or the number of samples of each cluster. [clusters]</param>
    public static double OfMasses(ReadOnlySpan<double> masses)
    {
        double total = 0, entropy = 0;
        foreach (double mass in masses)
        {
            total += mass;
        }

        foreach (double mass in masses)
        {
            double p = mass / total;
            entropy -= p == 0 ? 0 : p * Math.Log(p);
        }

        return total == 0 ? double.NaN : entropy;
    }

    /// <summary>Entropy of clusters weighted by the probabilities of their samples, P_c ∝ Σ_{y in c} π(y).</summary>
    /// <param name="logProbs">log π(y) of each sample, divided by its length for the length-normalized form. [samples]</param>
    /// <param name="clusters">Cluster of each sample. [samples]</param>
    /// <param name="clusterCount">Number of clusters.</param>
    public static double OfSamples(ReadOnlySpan<double> logProbs, ReadOnlySpan<int> clusters, int clusterCount)
    {
        Columns.RequireLength(clusters.Length, logProbs.Length, nameof(clusters));
        double highest = double.NegativeInfinity;
        foreach (double logProb in logProbs)
        {
            highest = Math.Max(highest, logProb);
        }

        double[] masses = new double[clusterCount];
        for (int i = 0; i < logProbs.Length; i++)
        {
            masses[clusters[i]] += Math.Exp(logProbs[i] - highest);
        }

        return OfMasses(masses);
    }
}
