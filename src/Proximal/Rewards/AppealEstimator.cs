using Proximal.Rollouts;
using Proximal.Tensors.Random;

namespace Proximal.Rewards;

/// <summary>
/// The online estimate of ρ1 by appeals. Of the n0 answers called wrong a share is checked again by a stronger verifier, which calls u of the v checked ones right: so
/// <c>t = n0 u / v</c> of them are false negatives, and <c>ρ1 ← d ρ1 + (1-d) t / (t + TP)</c> with the n1 answers called right less the false positives among them,
/// <c>TP = n1 - ρ0 (n0 - t) / (1 - ρ0)</c>. One estimate for each class of prompts, from the given rate on.
/// </summary>
/// <param name="options">Rates to begin with, the share, the decay.</param>
/// <param name="strong">The stronger verifier; by default the task's own score, which noise does not reach.</param>
public sealed class AppealEstimator(NoiseCorrectionOptions options, Func<PathBatch, int, bool>? strong = null) : IStateful
{
    private const string StateKey = "false-negatives";
    private const int AppealStream = int.MaxValue;

    private readonly double[] rates = [.. Enumerable.Range(0, options.Classes).Select(options.FalseNegative)];

    /// <summary>ρ1 of a class as it stands.</summary>
    public double FalseNegative(int promptClass) => rates[promptClass];

    /// <summary>The estimate of one batch.</summary>
    /// <param name="negatives">n0.</param>
    /// <param name="positives">n1.</param>
    /// <param name="rechecked">v.</param>
    /// <param name="overturned">u.</param>
    /// <param name="falsePositive">ρ0.</param>
    /// <returns>ρ1, or null where the batch tells nothing of it.</returns>
    public static double? Estimate(int negatives, int positives, int rechecked, int overturned, double falsePositive)
    {
        double missed = rechecked == 0 ? 0 : (double)negatives * overturned / rechecked;
        double right = falsePositive >= 1 ? 0 : Math.Max(0, positives - (falsePositive * (negatives - missed) / (1 - falsePositive)));
        return (negatives > 0 && rechecked == 0) || missed + right <= 0 ? null : missed / (missed + right);
    }

    /// <summary>Checks a share of the negatives of a batch again and moves the estimates; where it is asked for, restores the rewards of overturned ones.</summary>
    /// <param name="batch">Rewards above 1/2 stand for right.</param>
    public void Hear(PathBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        for (int promptClass = 0; promptClass < rates.Length && options.Appeals > 0; promptClass++)
        {
            List<int> negatives = [];
            int positives = 0;
            for (int group = 0; group < batch.GroupCount; group++)
            {
                for (int path = batch.GroupOffsets[group]; options.ClassOf(batch, group) == promptClass && path < batch.GroupOffsets[group + 1]; path++)
                {
                    if (batch.Rewards[path] > 0.5f)
                    {
                        positives++;
                    }
                    else
                    {
                        negatives.Add(path);
                    }
                }
            }

            Hear(batch, promptClass, [.. negatives], positives);
        }
    }

    /// <inheritdoc/>
    public void Save(IDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state[StateKey] = [.. rates];
    }

    /// <inheritdoc/>
    public void Load(IReadOnlyDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        double[] saved = state[StateKey];
        if (saved.Length != rates.Length)
        {
            throw new InvalidDataException($"The state has {saved.Length} {StateKey}, expected {rates.Length}.");
        }

        saved.CopyTo(rates, 0);
    }

    private void Hear(PathBatch batch, int promptClass, int[] negatives, int positives)
    {
        new RandomStream(batch.Seed, RandomPurpose.Component, batch.Step, AppealStream, promptClass).Shuffle(negatives.AsSpan());
        int rechecked = (int)Math.Ceiling(options.Appeals * negatives.Length), overturned = 0;
        foreach (int path in negatives.AsSpan(0, rechecked))
        {
            if (strong?.Invoke(batch, path) ?? batch.Scores[path] > 0.5f)
            {
                overturned++;
                if (options.Restore)
                {
                    LastToken.Replace(batch, path, 1);
                }
            }
        }

        if (Estimate(negatives.Length, positives, rechecked, overturned, options.FalsePositive(promptClass)) is { } estimate)
        {
            rates[promptClass] = (options.Decay * rates[promptClass]) + ((1 - options.Decay) * estimate);
        }
    }
}
