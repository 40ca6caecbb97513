using Proximal.Rollouts;

namespace Proximal.Tasks.Verification;

/// <summary>Answers of one prompt that mean the same. No gold answer is looked at.</summary>
public static class AnswerClusters
{
    /// <summary>
    /// First fit: the next answer without a cluster opens one and takes in every later answer that <see cref="MathEquality.AreEqual"/> to it. Empty answers are equal
    /// to each other and to nothing else.
    /// </summary>
    /// <param name="answers">The answers. [G]</param>
    /// <param name="clusters">Receives the cluster of each, from 0 in the order of their first answers. [G]</param>
    /// <returns>The number of clusters.</returns>
    public static int Assign(ReadOnlySpan<string> answers, Span<int> clusters)
    {
        int count = 0;
        clusters.Fill(-1);
        for (int i = 0; i < answers.Length; i++)
        {
            if (clusters[i] >= 0)
            {
                continue;
            }

            clusters[i] = count;
            for (int j = i + 1; j < answers.Length; j++)
            {
                if (clusters[j] < 0 && (answers[i] == answers[j] || MathEquality.AreEqual(answers[i], answers[j])))
                {
                    clusters[j] = count;
                }
            }

            count++;
        }

        return count;
    }

    /// <summary>How many answers each cluster has.</summary>
    /// <param name="clusters">Cluster of each answer. [G]</param>
    /// <param name="count">Number of clusters.</param>
    public static int[] Sizes(ReadOnlySpan<int> clusters, int count)
    {
        int[] sizes = new int[count];
        foreach (int cluster in clusters)
        {
            sizes[cluster]++;
        }

        return sizes;
    }

    /// <summary>Entropy of the frequencies of the clusters, in nats: 0 when all answers agree, ln G when no two do.</summary>
    /// <param name="sizes">How many answers each cluster has.</param>
    public static double Entropy(ReadOnlySpan<int> sizes)
    {
        double total = 0, entropy = 0;
        foreach (int size in sizes)
        {
            total += size;
        }

        foreach (int size in sizes)
        {
            entropy -= size / total * Math.Log(size / total);
        }

        return entropy;
    }

    /// <summary>The answers of a group as its verdicts read them; an unreadable one is empty.</summary>
    internal static string[] Answers(PathBatch batch, int group)
    {
        Range paths = batch.Group(group);
        string[] answers = new string[paths.End.Value - paths.Start.Value];
        for (int i = 0; i < answers.Length; i++)
        {
            Verdict verdict = batch.Trajectory(paths.Start.Value + i).Verdict;
            answers[i] = verdict.Parsed ? verdict.NormalizedAnswer : "";
        }

        return answers;
    }

    /// <summary>The answer entropy of a group, in nats.</summary>
    internal static double Entropy(PathBatch batch, int group)
    {
        string[] answers = Answers(batch, group);
        int[] clusters = new int[answers.Length];
        return Entropy(Sizes(clusters, Assign(answers, clusters)));
    }
}
