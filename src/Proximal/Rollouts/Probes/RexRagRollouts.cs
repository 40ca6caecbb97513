using Proximal.Models.Generation;
using Proximal.Tasks;
using Proximal.Tensors.Random;

namespace Proximal.Rollouts.Probes;

/// <summary>Rollouts of the policy, and clones of the wrong ones that explore.</summary>
/// <param name="rollouts">Rolls out the policy.</param>
/// <param name="parts">What scores probes.</param>
/// <param name="pool">Tokens of the sentences.</param>
/// <param name="settings">The settings.</param>
internal sealed class RexRagRollouts(ParallelRollouts rollouts, RolloutParts parts, int[][] pool, RexRagCollection settings) : IRollouts, IStateful, IMetricSource
{
    private const string SuccessKey = "success";

    private readonly ProbeTrie trie = new(pool);
    private readonly RexRagStatistics statistics = new();
    private double success;

    /// <summary>κ of the coming step.</summary>
    private double Kappa => Math.Min(settings.MaximumShare, success);

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Metrics => statistics.Metrics;

    /// <inheritdoc/>
    public RolloutBatch Generate(IReadOnlyList<TaskInstance> instances, RolloutRequest request)
    {
        ArgumentNullException.ThrowIfNull(instances);
        if (request.FirstPrompt == 0)
        {
            statistics.Begin(Kappa);
        }

        List<ActiveRollout> originals = rollouts.Start(instances, request);
        rollouts.Play(originals);
        Trajectory[] own = [.. originals.Select(rollouts.Judge)];
        List<Clone> clones = Explore(originals, own, request);
        Clone[] kept = [.. clones.OrderByDescending(clone => clone.Plausibility).Take(ProbeMixture.Budget(own.Length, Kappa)).OrderBy(clone => clone.Source)];
        statistics.Observe(own, request.RolloutsPerPrompt, clones, kept);
        if (clones.Count > 0)
        {
            success += settings.Rate * (clones.Average(clone => clone.Trajectory!.Verdict.Correct ? 1.0 : 0.0) - success);
        }

        return rollouts.ToBatch(rollouts.Reward(Merge(own, clones, kept, request.RolloutsPerPrompt)));
    }

    /// <inheritdoc/>
    /// <remarks>α and e are those of the batch that is learned from: with filters, of the groups that they kept.</remarks>
    public void FillOld(RolloutBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        PathBatch paths = batch.Paths;
        paths.Current.CopyTo(paths.Old);
        int[] probes = [.. batch.Trajectories.Select(trajectory => trajectory.IsForeign ? -1 : FirstProbe(trajectory))];
        int clones = probes.Count(probe => probe >= 0);
        Trajectory[] originals = [.. batch.Trajectories.Where((trajectory, path) => !trajectory.IsForeign && probes[path] < 0)];
        double share = ProbeMixture.Share(clones, originals.Length);
        statistics.Remember(batch, share);
        if (!settings.Correction || clones == 0)
        {
            return;
        }

        double failure = originals.Average(trajectory => trajectory.Verdict.Correct ? 0.0 : 1.0);
        for (int path = 0; path < probes.Length; path++)
        {
            if (!batch.Trajectories[path].IsForeign)
            {
                Mix(paths, path, probes[path], share, failure);
            }
        }
    }

    /// <inheritdoc/>
    public void Save(IDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state[SuccessKey] = [success];
    }

    /// <inheritdoc/>
    public void Load(IReadOnlyDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        success = state[SuccessKey] is [var saved and >= 0 and <= 1] ? saved : throw new InvalidDataException($"'{SuccessKey}' is not a rate from 0 to 1");
    }

    /// <summary>Writes log b of one path over log p, in both the columns that ratios may go against.</summary>
    private void Mix(PathBatch paths, int path, int probe, double share, double failure)
    {
        Range tokens = paths.Path(path);
        ReadOnlySpan<float> current = paths.Current[tokens];
        Span<float> old = paths.Old[tokens];
        if (probe < 0)
        {
            ProbeMixture.Original(current, share, old);
        }
        else
        {
            int length = Columns.Count(paths.Inserted[tokens]);
            double[] density = new double[length];
            trie.Compute(paths.Tokens[tokens].Slice(probe, length), density);
            ProbeMixture.Clone(current, paths.Mask[tokens], probe, density, share, failure, old);
        }

        old.CopyTo(paths.Behaviour[tokens]);
    }

    /// <summary>Clones some of the rollouts that ended wrong, and lets the policy go on with them.</summary>
    private List<Clone> Explore(List<ActiveRollout> originals, Trajectory[] own, RolloutRequest request)
    {
        List<Clone> clones = [];
        for (int i = 0; i < own.Length && settings.MaximumShare > 0; i++)
        {
            (int prompt, int rollout) = (request.FirstPrompt + (i / request.RolloutsPerPrompt), i % request.RolloutsPerPrompt);
            RandomStream choice = new(request.Seed, RandomPurpose.Exploration, request.Step, prompt, rollout);
            bool isDeadEnd = !own[i].Verdict.Correct && own[i].End == EndReason.Finished && !originals[i].Episode.IsExhausted;
            if (isDeadEnd && choice.Uniform(0) < settings.Probability)
            {
                RandomStream random = new(request.Seed, request.Purpose, request.Step, prompt, request.RolloutsPerPrompt + rollout);
                if (rollouts.Fork(originals[i], pool[choice.Integer(1, pool.Length)], random) is { } fork)
                {
                    clones.Add(new Clone(i, fork, fork.Opening!));
                }
            }
        }

        if (clones.Count > 0)
        {
            parts.ScoreProbes([.. clones.Select(clone => clone.Rollout.Tree).Distinct()]);
            rollouts.Play([.. clones.Select(clone => clone.Rollout)]);
        }

        foreach (Clone clone in clones)
        {
            clone.Trajectory = rollouts.Judge(clone.Rollout);
        }

        return clones;
    }

    /// <summary>The rollouts of every prompt with the clones of it that are kept; trees without the others.</summary>
    private static Trajectory[] Merge(Trajectory[] own, List<Clone> clones, Clone[] kept, int rolloutsPerPrompt)
    {
        List<Trajectory> merged = new(own.Length + kept.Length);
        for (int start = 0; start < own.Length; start += rolloutsPerPrompt)
        {
            bool IsHere(Clone clone) => clone.Source >= start && clone.Source < start + rolloutsPerPrompt;
            Trajectory[] group = [.. own.AsSpan(start, rolloutsPerPrompt), .. kept.Where(IsHere).Select(clone => clone.Trajectory!)];
            if (clones.Count(IsHere) > group.Length - rolloutsPerPrompt)
            {
                TokenTree tree = group[0].Tree.Prune(group.Select(trajectory => trajectory.Leaf), out int[] places);
                group = Array.ConvertAll(group, trajectory => trajectory with { Tree = tree, Leaf = places[trajectory.Leaf] });
            }

            merged.AddRange(group);
        }

        return [.. merged];
    }

    /// <summary>Where the probe of a path begins, counted in its tokens; -1 where there is none.</summary>
    private static int FirstProbe(Trajectory trajectory)
    {
        for (int at = trajectory.Leaf; at >= 0; at = trajectory.Tree.Segments[at].Parent)
        {
            if (trajectory.Tree.Segments[at].Origin == SegmentOrigin.Probe)
            {
                return trajectory.Tree.Segments[at].Depth;
            }
        }

        return -1;
    }

    /// <summary>A second try of a rollout.</summary>
    /// <param name="source">The rollout that was cloned.</param>
    /// <param name="rollout">The clone.</param>
    /// <param name="probe">What was put into it.</param>
    internal sealed class Clone(int source, ActiveRollout rollout, TokenSegment probe)
    {
        public int Source { get; } = source;

        public ActiveRollout Rollout { get; } = rollout;

        /// <summary>Mean log-probability of the probe under the policy.</summary>
        public double Plausibility => probe.LogProbs.ToArray().Average();

        public int SampledTokens => Rollout.Generated - Rollout.Turns.Last(turn => turn.Parent == probe.Parent).Generated - probe.Tokens.Length;

        public Trajectory? Trajectory { get; set; }
    }
}
