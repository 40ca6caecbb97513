using System.Globalization;
using Proximal.Control.Environments;
using Proximal.Control.Learning;
using Proximal.Control.Normalization;
using Proximal.Control.Policies;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Control.Algorithms.Evolution;

/// <summary>
/// Searches through the parameters of a policy by their returns alone. Candidates are judged in parallel; noise and episodes are named by
/// iteration and candidate, so that the result is the same with any number of threads.
/// </summary>
public abstract class EvolutionLearner : Learner
{
    private readonly NetworkPolicy network;
    private readonly Policy policy;
    private readonly RowScaling? scaling;
    private readonly RunningNormalizer? statistics;
    private readonly double[] sums;
    private readonly Judge[] judges;
    private readonly Workers workers;
    private readonly int episodes;
    private readonly long[] candidateSteps;

    private protected EvolutionLearner(IEnvironment environment, EvolutionOptions options, int candidates)
        : base(Checked(options).Seed)
    {
        ArgumentNullException.ThrowIfNull(environment);
        EnvironmentSpecification specification = environment.Specification;
        if (specification.MaximumSteps == 0)
        {
            throw new ArgumentException($"{specification.Name} has no step limit: a candidate might be judged for ever. Wrap it in a time limit.", nameof(environment));
        }

        episodes = options.EpisodesPerCandidate;
        network = new NetworkPolicy(specification.Observations, specification.Actions, [.. options.Hidden], options.Activation, options.Seed);
        int width = specification.Observations.Width;
        if (options.ScaleObservations && specification.Observations is BoxSpace)
        {
            scaling = new RowScaling("observations", width);
            statistics = new RunningNormalizer(width);
        }

        policy = scaling is null ? network : new ScaledPolicy(network, scaling);
        sums = new double[statistics is null ? 0 : checked(2 * width * candidates)];
        Dimension = network.Parameters.Sum(parameter => parameter.Length);
        Mean = new float[Dimension];
        Copy(network, Mean);
        workers = new Workers(options.Workers == 0 ? Math.Min(System.Environment.ProcessorCount, 1024) : options.Workers);
        judges = [.. Enumerable.Range(0, workers.Count).Select(_ => new Judge(environment, new NetworkPolicy(specification.Observations, specification.Actions, [.. options.Hidden], options.Activation), scaling))];
        Candidates = new float[checked(candidates * Dimension)];
        Fitness = new double[candidates];
        candidateSteps = new long[candidates];
    }

    /// <inheritdoc/>
    public override Policy Policy => policy;

    /// <summary>Numbers of a policy.</summary>
    private protected int Dimension { get; }

    /// <summary>The centre of the search [dimension].</summary>
    private protected float[] Mean { get; }

    /// <summary>What is judged [candidates, dimension].</summary>
    private protected float[] Candidates { get; }

    /// <summary>Mean return of every candidate.</summary>
    private protected double[] Fitness { get; }

    /// <summary>Writes the noise of a candidate or pair, standard normal numbers [dimension]: whoever knows seed, iteration and number can make it again.</summary>
    private protected void Noise(int number, Span<float> noise)
    {
        RandomStream stream = new(Seed, RandomPurpose.Exploration, Iterations, number);
        for (int i = 0; i < noise.Length; i++)
        {
            noise[i] = (float)stream.Normal(i);
        }
    }

    /// <summary>Plays the episodes of every candidate.</summary>
    /// <param name="episodeSeedShift">Candidates i and i + shift play the same episodes; 0 for none.</param>
    /// <returns>Steps taken.</returns>
    private protected long JudgeAll(int episodeSeedShift)
    {
        JudgeWork work = new(this, episodeSeedShift);
        workers.For(Fitness.Length, 1, ref work);
        GatherStatistics();
        Metrics.Add("fitness/mean", Fitness.Average());
        Metrics.Add("fitness/largest", Fitness.Max());
        Metrics.Add("fitness/smallest", Fitness.Min());
        return candidateSteps.Sum();
    }

    /// <summary>Gives the policy the parameters of the centre.</summary>
    private protected void MeanToPolicy() => Assign(network, Mean);

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Values<float>(Mean);
        statistics?.Transfer(state);
        if (state.Reading)
        {
            MeanToPolicy();
            scaling?.Assign(statistics!.Mean, statistics.Variance);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            policy.Dispose();
            workers.Dispose();
            foreach (Judge judge in judges)
            {
                judge.Dispose();
            }
        }
    }

    /// <summary>The arithmetic of an iteration in words.</summary>
    private protected static string Explain(long candidates, int episodes, string then, long steps) => string.Create(
        CultureInfo.InvariantCulture,
        $"An iteration judges {candidates:N0} candidates by {episodes:N0} {(episodes == 1 ? "episode" : "episodes")} each, {candidates * episodes:N0} episodes in all, and {then}. Learning ends with the iteration that comes to {steps:N0} steps.");

    private static EvolutionOptions Checked(EvolutionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return options;
    }

    /// <summary>Takes what the candidates have seen into the statistics, in their order, so that the sums do not depend on threads.</summary>
    private void GatherStatistics()
    {
        if (statistics is null)
        {
            return;
        }

        int width = statistics.Width;
        double[] mean = new double[width], variance = new double[width];
        for (int candidate = 0; candidate < Fitness.Length; candidate++)
        {
            ReadOnlySpan<double> seen = sums.AsSpan(2 * width * candidate, 2 * width);
            for (int i = 0; i < width; i++)
            {
                mean[i] = seen[i] / candidateSteps[candidate];
                variance[i] = Math.Max(0, (seen[width + i] / candidateSteps[candidate]) - (mean[i] * mean[i]));
            }

            statistics.Merge(mean, variance, candidateSteps[candidate]);
        }

        scaling!.Assign(statistics.Mean, statistics.Variance);
    }

    private static void Copy(Policy policy, Span<float> vector)
    {
        foreach (Parameter parameter in policy.Parameters)
        {
            parameter.Data.CopyTo(vector);
            vector = vector[parameter.Length..];
        }
    }

    private static void Assign(Policy policy, ReadOnlySpan<float> vector)
    {
        foreach (Parameter parameter in policy.Parameters)
        {
            vector[..parameter.Length].CopyTo(parameter.Data);
            parameter.MarkChanged();
            vector = vector[parameter.Length..];
        }
    }

    private readonly struct JudgeWork(EvolutionLearner owner, int shift) : IRangeWork
    {
        public void Run(int start, int end, int worker)
        {
            for (int candidate = start; candidate < end; candidate++)
            {
                Judge judge = owner.judges[worker];
                Assign(judge.Policy, owner.Candidates.AsSpan(candidate * owner.Dimension, owner.Dimension));
                int episode = shift == 0 ? candidate : candidate % shift;
                ulong seed = new RandomStream(owner.Seed, RandomPurpose.Environment, owner.Iterations, episode).Bits(0);
                int width = owner.sums.Length / owner.Fitness.Length;
                owner.Fitness[candidate] = judge.Play(seed, owner.episodes, owner.sums.AsSpan(candidate * width, width), out owner.candidateSteps[candidate]);
            }
        }
    }

    /// <summary>One thread's policy and environment.</summary>
    private sealed class Judge(IEnvironment environment, NetworkPolicy policy, RowScaling? scaling) : IDisposable
    {
        private readonly float[] scaled = new float[environment.Specification.Observations.Width];
        private readonly VectorEnvironment copy = environment.CreateVector(1);
        private readonly float[] action = new float[environment.Specification.Actions.Width];
        private StepBatch? batch;

        public NetworkPolicy Policy => policy;

        /// <summary>The mean return of some episodes; adds what is seen, and its squares, to the sums unless they are empty.</summary>
        public double Play(ulong seed, int episodes, Span<double> sums, out long steps)
        {
            sums.Clear();
            StepBatch results = batch ??= copy.CreateBatch();
            double total = 0;
            steps = 0;
            copy.Reset(seed, results);
            for (int ended = 0; ended < episodes;)
            {
                results.Observations.CopyTo(scaled);
                Add(scaled, sums);
                scaling?.Apply(scaled);
                policy.Act(new PolicyInput(1, scaled, results.ActionMasks), ActionChoice.Greedy, action);
                copy.Step(action, results);
                total += results.Rewards[0];
                steps++;
                ended += results.Ended(0) ? 1 : 0;
            }

            return total / episodes;
        }

        private static void Add(ReadOnlySpan<float> observation, Span<double> sums)
        {
            for (int i = 0; i < sums.Length / 2; i++)
            {
                sums[i] += observation[i];
                sums[observation.Length + i] += (double)observation[i] * observation[i];
            }
        }

        public void Dispose()
        {
            policy.Dispose();
            copy.Dispose();
        }
    }
}
