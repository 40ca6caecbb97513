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

    /// <summary>Adds what all rollouts of a step were like, as they were sampled; where groups are chosen, also how many and what the kept ones are like.</summary>
    public void AddRollouts(GroupCollector groups)
    {
        Add("rollouts/longest", groups.Rounds.Sum(round => Longest(round.Paths)));
        Add("policy/entropy", MeanEntropy(groups.Rounds));

        // What is still being written has earned nothing yet.
        Trajectory[] all = [.. groups.Rounds.SelectMany(round => round.Trajectories).Where(trajectory => trajectory.End != EndReason.Open)];
        if (all.Length == 0)
        {
            return;
        }

        Add("reward/mean", all.Average(t => (double)t.TotalReward));
        Add("reward/exact", all.Average(t => t.Verdict.Correct ? 1.0 : 0.0));
        foreach (string term in all[0].Rewards.Keys)
        {
            Add($"reward/term/{term}", all.Average(t => (double)t.Rewards[term]));
        }

        AddKinds(all);
        foreach (string counter in all[0].Counters.Keys)
        {
            Add($"episode/{counter}", all.Average(t => t.Counters.GetValueOrDefault(counter)));
        }

        Add("response/tokens", all.Average(t => (double)t.ResponseTokens));
        Add("response/truncated", all.Average(t => t.End == EndReason.Truncated ? 1.0 : 0.0));
        Add("groups/zero-variance", (double)groups.Rounds.Sum(round => CountAlike(round.Paths)) / groups.Sampled);
        AddSolved(groups.Rounds);
        Add("groups/dead-ends", (double)groups.Rounds.Sum(round => CountUnsolved(round.Paths)) / groups.Sampled);
        if (groups.HasFilters)
        {
            AddKept(groups);
        }
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
        if (objective.InsertedTokens > 0)
        {
            Add("probes/ratio", objective.InsertedRatioMean);
            Add("probes/clip-fraction", objective.InsertedClipFraction);
        }

        for (int i = 0; i < objective.RegularizerCount; i++)
        {
            Add($"regularizer/{objective.RegularizerName(i)}", objective.RegularizerMean(i));
        }

        Add("gradient/norm", gradientNorm);
        Add("optimizer/learning-rate", learningRate);
        AddLargest("exactness/largest-mismatch", mismatch);
    }

    /// <summary>Adds what components tell of themselves.</summary>
    public void AddComponents(IEnumerable<object> parts)
    {
        foreach ((string name, double value) in parts.OfType<IMetricSource>().SelectMany(part => part.Metrics))
        {
            Add(name, value);
        }
    }

    /// <summary>
    /// Adds what shows whether the policy still says what the reference would say: perplexity <c>exp(-mean log π)</c> of the rollouts under either, and
    /// the k1 estimate of KL(policy ‖ reference), a token and a response.
    /// </summary>
    /// <param name="paths">The rollouts with the log-probabilities of the policy before the first update, and perhaps of the reference.</param>
    public void AddPerplexity(PathBatch paths)
    {
        double policy = 0, reference = 0, tokens = 0;
        ReadOnlySpan<float> mask = paths.Mask, old = paths.Current, other = paths.Reference;
        for (int t = 0; t < mask.Length; t++)
        {
            if (mask[t] != 0)
            {
                policy -= old[t];
                reference -= other[t];
                tokens++;
            }
        }

        if (tokens == 0)
        {
            return;
        }

        Add("policy/perplexity", Math.Exp(policy / tokens));
        if (paths.Filled.HasFlag(Requirements.Reference))
        {
            Add("reference/perplexity", Math.Exp(reference / tokens));
            Add("reference/kl", (reference - policy) / tokens);
            Add("reference/kl-response", (reference - policy) / paths.PathCount);
        }
    }

    /// <summary>
    /// Adds how probable right and wrong responses were under the policy before the first update: the mean log-probability of their tokens, in nats.
    /// </summary>
    public void AddLikelihood(PathBatch paths)
    {
        (double right, double wrong) = MeanOverTokens(paths, paths.Old, default);
        AddFinite("likelihood/right", right);
        AddFinite("likelihood/wrong", wrong);
    }

    /// <summary>Adds what the earlier updates of a step did to the log-probability of its right responses, a token: below 0 where learning made them less probable.</summary>
    public void AddShift(PathBatch minibatch) => AddFinite("likelihood/right-shift", MeanOverTokens(minibatch, minibatch.Current, minibatch.Old).Right);

    /// <summary>Adds what the routers of a mixture of experts did in an update; nothing for a dense policy.</summary>
    public void AddRouting(RoutingStatistics? routing)
    {
        if (routing is { } statistics)
        {
            Add("experts/flip-rate", statistics.FlipRate);
            Add("experts/largest-load", statistics.LargestLoad);
        }
    }

    /// <summary>Adds the tokens that were sampled, rollouts that were dropped included, and those that were learned from, once for each pass.</summary>
    public void AddCost(GroupCollector groups, RolloutBatch batch, int passes)
    {
        Add("cost/sampled-tokens", groups.Rounds.Sum(round => round.Trajectories.Sum(t => (double)t.ResponseTokens)));
        Add("cost/trained-tokens", passes * batch.Trajectories.Sum(t => (double)t.ResponseTokens));
    }

    public void AddTime(GroupCollector groups, TimeSpan rollouts, TimeSpan total)
    {
        double tokens = groups.Rounds.Sum(round => round.Trajectories.Sum(t => (double)t.ResponseTokens));
        Add("time/tokens-per-second", tokens / total.TotalSeconds);
        Add("time/rollout-seconds", rollouts.TotalSeconds);
        Add("time/step-seconds", total.TotalSeconds);
    }

    public Metric[] ToArray() => [.. names.Select(name => new Metric(name, values[name].Sum / values[name].Count))];

    /// <summary>The most tokens that a path got in a step: what a machine with a core for every path would wait for.</summary>
    private static int Longest(PathBatch paths)
    {
        int longest = 0;
        for (int path = 0; path < paths.PathCount; path++)
        {
            longest = Math.Max(longest, Columns.Count(paths.Mask[paths.Path(path)]));
        }

        return longest;
    }

    private static double MeanEntropy(IReadOnlyList<RolloutBatch> rounds)
    {
        double sum = 0, count = 0;
        foreach (RolloutBatch round in rounds)
        {
            ReadOnlySpan<float> entropy = round.Paths.Entropy, mask = round.Paths.Mask;
            for (int i = 0; i < entropy.Length; i++)
            {
                if (mask[i] != 0)
                {
                    sum += entropy[i];
                    count++;
                }
            }
        }

        return count == 0 ? 0 : sum / count;
    }

    /// <summary>Groups whose rewards are all the same.</summary>
    private static int CountAlike(PathBatch paths)
    {
        int alike = 0;
        for (int group = 0; group < paths.GroupCount; group++)
        {
            ReadOnlySpan<float> rewards = paths.Rewards[paths.Group(group)];
            alike += rewards.IndexOfAnyExcept(rewards[0]) < 0 ? 1 : 0;
        }

        return alike;
    }

    /// <summary>Groups without a right answer.</summary>
    private static int CountUnsolved(PathBatch paths)
    {
        int unsolved = 0;
        for (int group = 0; group < paths.GroupCount; group++)
        {
            (int start, int length) = paths.Group(group).GetOffsetAndLength(paths.PathCount);
            unsolved += Enumerable.Range(start, length).Any(path => paths.Trajectory(path).Verdict.Correct) ? 0 : 1;
        }

        return unsolved;
    }

    /// <summary>Means over the policy's tokens of right and of wrong responses; NaN where there are none.</summary>
    private static (double Right, double Wrong) MeanOverTokens(PathBatch paths, ReadOnlySpan<float> values, ReadOnlySpan<float> subtracted)
    {
        double right = 0, wrong = 0;
        long rightTokens = 0, wrongTokens = 0;
        ReadOnlySpan<float> mask = paths.Mask;
        for (int path = 0; path < paths.PathCount; path++)
        {
            bool isRight = paths.Trajectory(path).Verdict.Correct;
            double sum = 0;
            long tokens = 0;
            for (int t = paths.PathOffsets[path]; t < paths.PathOffsets[path + 1]; t++)
            {
                if (mask[t] != 0)
                {
                    sum += values[t] - (subtracted.IsEmpty ? 0 : subtracted[t]);
                    tokens++;
                }
            }

            (right, rightTokens) = isRight ? (right + sum, rightTokens + tokens) : (right, rightTokens);
            (wrong, wrongTokens) = isRight ? (wrong, wrongTokens) : (wrong + sum, wrongTokens + tokens);
        }

        return (right / rightTokens, wrong / wrongTokens);
    }

    private void AddFinite(string name, double value)
    {
        if (double.IsFinite(value))
        {
            Add(name, value);
        }
    }

    /// <summary>Of the prompts with several finished rollouts: how many were solved by none of them, and how many by all.</summary>
    private void AddSolved(IReadOnlyList<RolloutBatch> rounds)
    {
        int groups = 0, never = 0, always = 0;
        foreach (RolloutBatch round in rounds)
        {
            for (int group = 0; group < round.Paths.GroupCount; group++)
            {
                int finished = 0, right = 0;
                (int first, int count) = round.Paths.Group(group).GetOffsetAndLength(round.Paths.PathCount);
                for (int path = first; path < first + count; path++)
                {
                    finished += round.Trajectories[path].End == EndReason.Open ? 0 : 1;
                    right += round.Trajectories[path].End != EndReason.Open && round.Trajectories[path].Verdict.Correct ? 1 : 0;
                }

                groups += finished > 1 ? 1 : 0;
                never += finished > 1 && right == 0 ? 1 : 0;
                always += finished > 1 && right == finished ? 1 : 0;
            }
        }

        if (groups > 0)
        {
            Add("groups/never-solved", (double)never / groups);
            Add("groups/always-solved", (double)always / groups);
        }
    }

    /// <summary>Where problems of several families or difficulties are mixed: how each kind fares.</summary>
    private void AddKinds(Trajectory[] all)
    {
        IGrouping<(string, int), Trajectory>[] kinds = [.. all.GroupBy(t => (t.Instance.Family, t.Instance.Difficulty)).OrderBy(kind => kind.Key)];
        foreach (IGrouping<(string Family, int Difficulty), Trajectory> kind in kinds.Length > 1 ? kinds : [])
        {
            string name = FormattableString.Invariant($"task/{kind.Key.Family}-{kind.Key.Difficulty}");
            Add($"{name}/exact", kind.Average(t => t.Verdict.Correct ? 1.0 : 0.0));
            Add($"{name}/reward", kind.Average(t => (double)t.TotalReward));
            Add($"{name}/response-tokens", kind.Average(t => (double)t.ResponseTokens));
        }
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

    private void AddKept(GroupCollector groups)
    {
        Add("sampling/rounds", groups.Rounds.Count);
        Add("groups/sampled", groups.Sampled);
        Add("groups/dropped", (double)groups.Dropped / groups.Sampled);
        Add("groups/surplus", (double)groups.Surplus / groups.Sampled);
        if (groups.Kept.Count > 0)
        {
            Add("kept/reward", groups.Kept.Average(t => (double)t.TotalReward));
            Add("kept/exact", groups.Kept.Average(t => t.Verdict.Correct ? 1.0 : 0.0));
            Add("kept/response-tokens", groups.Kept.Average(t => (double)t.ResponseTokens));
        }
    }
}
