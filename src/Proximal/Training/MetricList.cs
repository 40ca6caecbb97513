using Proximal.Models.Generation;
using Proximal.Objectives;
using Proximal.Rollouts;
using Proximal.Runs;

namespace Proximal.Training;

/// <summary>The metrics of a step: numbers that several updates report are averaged, extremes stay extremes.</summary>
internal sealed class MetricList
{
    private readonly List<string> names = [];
    private readonly Dictionary<string, (double Sum, int Count)> values = new(StringComparer.Ordinal);

    public void Add(string name, double value)
    {
        if (values.TryGetValue(name, out (double Sum, int Count) known))
        {
            values[name] = (known.Sum + value, known.Count + 1);
            return;
        }

        names.Add(name);
        values.Add(name, (value, 1));
    }

    /// <summary>Adds a number of which the largest counts.</summary>
    public void AddLargest(string name, double value) => AddExtreme(name, value, Math.Max);

    /// <summary>Adds a number of which the smallest counts.</summary>
    public void AddSmallest(string name, double value) => AddExtreme(name, value, Math.Min);

    public void AddRollouts(RolloutBatch batch)
    {
        IReadOnlyList<Trajectory> all = batch.Trajectories;
        Add("reward/mean", all.Average(t => (double)t.TotalReward));
        Add("reward/exact", all.Average(t => t.Verdict.Correct ? 1.0 : 0.0));
        foreach (string term in all[0].Rewards.Keys)
        {
            Add($"reward/term/{term}", all.Average(t => (double)t.Rewards[term]));
        }

        Add("response/tokens", all.Average(t => (double)t.ResponseTokens));
        Add("response/truncated", all.Average(t => t.End == EndReason.Truncated ? 1.0 : 0.0));
        AddGroups(batch.Paths);
        Add("policy/entropy", MaskedMean(batch.Paths.Entropy, batch.Paths.Mask));
    }

    public void AddUpdate(ObjectiveMetrics objective, double gradientNorm, double learningRate, float mismatch)
    {
        Add("loss/total", objective.Loss);
        Add("ratio/mean", objective.RatioMean);
        AddLargest("ratio/largest", objective.RatioMax);
        AddSmallest("ratio/smallest", objective.RatioMin);
        Add("clip/fraction", objective.ClipFraction);
        Add("clip/dual-fraction", objective.DualClipFraction);
        Add("policy/kl", objective.ApproximateDivergenceK3);
        for (int i = 0; i < objective.RegularizerCount; i++)
        {
            Add($"regularizer/{objective.RegularizerName(i)}", objective.RegularizerMean(i));
        }

        Add("gradient/norm", gradientNorm);
        Add("optimizer/learning-rate", learningRate);
        AddLargest("exactness/largest-mismatch", mismatch);
    }

    public void AddTime(RolloutBatch batch, TimeSpan rollouts, TimeSpan total)
    {
        double tokens = batch.Trajectories.Sum(t => (double)t.ResponseTokens);
        Add("time/tokens-per-second", tokens / total.TotalSeconds);
        Add("time/rollout-seconds", rollouts.TotalSeconds);
        Add("time/step-seconds", total.TotalSeconds);
    }

    public Metric[] ToArray() => [.. names.Select(name => new Metric(name, values[name].Sum / values[name].Count))];

    private static double MaskedMean(ReadOnlySpan<float> column, ReadOnlySpan<float> mask)
    {
        double sum = 0, count = 0;
        for (int i = 0; i < column.Length; i++)
        {
            if (mask[i] != 0)
            {
                sum += column[i];
                count++;
            }
        }

        return count == 0 ? 0 : sum / count;
    }

    private void AddExtreme(string name, double value, Func<double, double, double> extreme)
    {
        if (values.TryGetValue(name, out (double Extreme, int Count) known))
        {
            values[name] = (extreme(known.Extreme, value), 1);
            return;
        }

        Add(name, value);
    }

    private void AddGroups(PathBatch paths)
    {
        int allAlike = 0;
        for (int group = 0; group < paths.GroupCount; group++)
        {
            ReadOnlySpan<float> rewards = paths.Rewards[paths.Group(group)];
            allAlike += rewards.IndexOfAnyExcept(rewards[0]) < 0 ? 1 : 0;
        }

        Add("groups/zero-variance", (double)allAlike / paths.GroupCount);
    }
}
