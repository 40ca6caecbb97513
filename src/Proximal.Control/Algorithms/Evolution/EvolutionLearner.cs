using System.Globalization;
using Proximal.Control.Environments;
using Proximal.Control.Learning;
using Proximal.Control.Policies;
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
    private readonly NetworkPolicy policy;
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
        policy = new NetworkPolicy(specification.Observations, specification.Actions, [.. options.Hidden], options.Activation, options.Seed);
        Dimension = policy.Parameters.Sum(parameter => parameter.Length);
        Mean = new float[Dimension];
        Copy(policy, Mean);
        workers = new Workers(options.Workers == 0 ? Math.Min(System.Environment.ProcessorCount, 1024) : options.Workers);
        judges = [.. Enumerable.Range(0, workers.Count).Select(_ => new Judge(environment, new NetworkPolicy(specification.Observations, specification.Actions, [.. options.Hidden], options.Activation)))];
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
        Metrics.Add("fitness/mean", Fitness.Average());
        Metrics.Add("fitness/largest", Fitness.Max());
        Metrics.Add("fitness/smallest", Fitness.Min());
        return candidateSteps.Sum();
    }

    /// <summary>Gives the policy the parameters of the centre.</summary>
    private protected void MeanToPolicy() => Assign(policy, Mean);

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Values<float>(Mean);
        if (state.Reading)
        {
            MeanToPolicy();
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
                owner.Fitness[candidate] = judge.Play(seed, owner.episodes, out owner.candidateSteps[candidate]);
            }
        }
    }

    /// <summary>One thread's policy and environment.</summary>
    private sealed class Judge(IEnvironment environment, NetworkPolicy policy) : IDisposable
    {
        private readonly VectorEnvironment copy = environment.CreateVector(1);
        private readonly float[] action = new float[environment.Specification.Actions.Width];
        private StepBatch? batch;

        public NetworkPolicy Policy => policy;

        public double Play(ulong seed, int episodes, out long steps)
        {
            StepBatch results = batch ??= copy.CreateBatch();
            double total = 0;
            steps = 0;
            copy.Reset(seed, results);
            for (int ended = 0; ended < episodes;)
            {
                policy.Act(new PolicyInput(1, results.Observations, results.ActionMasks), ActionChoice.Greedy, action);
                copy.Step(action, results);
                total += results.Rewards[0];
                steps++;
                ended += results.Ended(0) ? 1 : 0;
            }

            return total / episodes;
        }

        public void Dispose()
        {
            policy.Dispose();
            copy.Dispose();
        }
    }
}
