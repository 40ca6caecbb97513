using Proximal.Control.Environments;
using Proximal.Control.Replay;
using Proximal.Control.Spaces;
using Proximal.Control.State;
using Proximal.Control.Values;
using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Control.Learning;

/// <summary>
/// The base of algorithms that learn from a replay buffer: all copies take a step, what it gave is stored, and every so many steps batches are
/// drawn and learned from. An algorithm says how it explores and what an update does.
/// </summary>
public abstract class OffPolicyLearner : Learner
{
    private readonly OffPolicyOptions options;
    private readonly VectorEnvironment environment;
    private readonly StepBatch step;
    private readonly NStepWriter writer;
    private readonly TransitionBatch batch;
    private readonly EpisodeLog episodes;
    private readonly float[] before;
    private readonly float[] chosen;
    private readonly float[] actions;
    private readonly float[] encoded;
    private readonly float[] nextEncoded;
    private bool begun;
    private long updates;

    /// <summary>Creates the part that all algorithms share.</summary>
    /// <param name="name">Name of the algorithm in errors.</param>
    /// <param name="environment">What is to be controlled: discrete actions, or a bounded box.</param>
    /// <param name="options">Settings, which the algorithm has validated.</param>
    /// <param name="buffer">Where transitions are kept.</param>
    /// <param name="seed">Seed of first weights, episodes, actions and batches.</param>
    /// <param name="workers">Threads of kernels; <see cref="Workers.Shared"/> when null. No part of the results.</param>
    protected OffPolicyLearner(string name, IEnvironment environment, OffPolicyOptions options, ReplayBuffer buffer, ulong seed, Workers? workers)
        : base(seed)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(buffer);
        Name = name;
        this.options = options;
        Workers = workers ?? Workers.Shared;
        Buffer = buffer;
        Specification = environment.Specification;
        this.environment = environment.CreateVector(options.Environments);
        step = this.environment.CreateBatch();
        writer = new NStepWriter(buffer, options.Environments, options.NSteps, options.Discount);
        batch = new TransitionBatch(buffer.Layout, options.BatchSize);
        episodes = new EpisodeLog(Specification, options.Environments);
        int width = Specification.Observations.Width, encodedWidth = Specification.Observations.EncodedWidth;
        before = new float[options.Environments * width];
        chosen = new float[options.Environments * Specification.Actions.Width];
        actions = new float[chosen.Length];
        bool encodes = encodedWidth != width;
        encoded = encodes ? new float[checked(Math.Max(options.BatchSize, options.Environments) * encodedWidth)] : [];
        nextEncoded = encodes ? new float[checked(options.BatchSize * encodedWidth)] : [];
    }

    /// <summary>Name of the algorithm.</summary>
    public string Name { get; }

    /// <summary>The transitions that were seen.</summary>
    public ReplayBuffer Buffer { get; }

    /// <summary>Updates done.</summary>
    public long Updates => updates;

    /// <inheritdoc/>
    public sealed override EpisodeLog Episodes => episodes;

    /// <summary>The environment's spaces, limits and names.</summary>
    protected EnvironmentSpecification Specification { get; }

    /// <summary>Threads of kernels.</summary>
    protected Workers Workers { get; }

    /// <summary>Steps of the environment taken so far, the current iteration's included.</summary>
    protected long StepsNow { get; private set; }

    /// <summary>The share of the current learning that is done, 0 to 1, the current iteration's steps included.</summary>
    protected double ProgressNow => Target == 0 ? 0 : Math.Min(1, (double)StepsNow / Target);

    /// <summary>Random numbers of the current update.</summary>
    /// <param name="which">Tells the streams of one update apart.</param>
    protected RandomStream UpdateStream(int which) => new(Seed, RandomPurpose.Component, updates, which);

    /// <summary>Random numbers of the actions of this step.</summary>
    /// <param name="copy">Which copy.</param>
    protected RandomStream ActionStream(int copy) => new(Seed, RandomPurpose.Exploration, StepsNow / options.Environments, copy);

    /// <summary>The environment's spaces, if its actions are discrete.</summary>
    /// <exception cref="ArgumentException">The environment has other actions.</exception>
    protected static DiscreteSpace DiscreteActions(string name, IEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        EnvironmentSpecification specification = environment.Specification;
        return specification.Actions as DiscreteSpace
            ?? throw new ArgumentException($"{name} takes discrete actions; {specification.Name} has {specification.Actions}.", nameof(environment));
    }

    /// <summary>The environment's spaces, if its actions are a bounded box.</summary>
    /// <exception cref="ArgumentException">The environment has other actions.</exception>
    protected static BoxSpace ContinuousActions(string name, IEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        EnvironmentSpecification specification = environment.Specification;
        return specification.Actions is BoxSpace { IsBounded: true } box
            ? box
            : throw new ArgumentException($"{name} takes actions of a bounded box; {specification.Name} has {specification.Actions}.", nameof(environment));
    }

    /// <summary>Chooses an action for every copy: an index, or numbers in [-1, 1].</summary>
    /// <param name="observations">[copies, observation width].</param>
    /// <param name="masks">[copies, mask width], or empty.</param>
    /// <param name="chosenActions">Receives [copies, action width].</param>
    protected abstract void Explore(ReadOnlySpan<float> observations, ReadOnlySpan<bool> masks, Span<float> chosenActions);

    /// <summary>Learns from a batch.</summary>
    /// <param name="transitions">The batch; its weights are 1 unless the buffer is prioritized.</param>
    /// <param name="observations">s as networks take it [batch, encoded width].</param>
    /// <param name="nextObservations">s' as networks take it [batch, encoded width].</param>
    protected abstract void Update(TransitionBatch transitions, ReadOnlySpan<float> observations, ReadOnlySpan<float> nextObservations);

    /// <inheritdoc/>
    protected sealed override long Iterate()
    {
        if (!begun)
        {
            environment.Reset(Seed, step);
            begun = true;
        }

        StepsNow = Steps;
        while (StepsNow - Steps < options.StepsPerIteration && StepsNow < Target)
        {
            StepOnce();
        }

        return StepsNow - Steps;
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Value(ref begun);
        state.Value(ref updates);
        environment.Transfer(state);
        state.Values(step.Observations);
        state.Values(step.ActionMasks);
        Buffer.Transfer(state);
        writer.Transfer(state);
        episodes.Transfer(state);
        state.Parameters(Policy.Parameters);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            environment.Dispose();
            Policy.Dispose();
        }
    }

    /// <summary>The number, if it is finite.</summary>
    /// <exception cref="LearningException">It is not.</exception>
    protected double Finite(double value, string quantity) => double.IsFinite(value) ? value : throw new LearningException(Name, StepsNow, quantity, value);

    private void StepOnce()
    {
        step.Observations.CopyTo(before);
        if (StepsNow < options.LearningStarts)
        {
            ChooseRandomly();
        }
        else
        {
            Explore(before, step.ActionMasks, chosen);
        }

        if (Specification.Actions is BoxSpace box)
        {
            box.FromUnit(chosen, actions);
        }
        else
        {
            chosen.CopyTo(actions);
        }

        environment.Step(actions, step);
        writer.Add(before, chosen, step);
        episodes.Add(step);
        long previous = StepsNow;
        StepsNow += options.Environments;
        if (StepsNow < options.LearningStarts || Buffer.Count == 0)
        {
            return;
        }

        long rounds = (StepsNow / options.TrainFrequency) - (previous / options.TrainFrequency);
        for (long i = 0; i < rounds * options.GradientSteps; i++)
        {
            Buffer.Sample(new RandomStream(Seed, RandomPurpose.Replay, updates), batch);
            Update(batch, Encode(batch.Observations, encoded), Encode(batch.NextObservations, nextEncoded));
            updates++;
        }
    }

    private void ChooseRandomly()
    {
        int width = Specification.Actions.Width, maskWidth = Specification.MaskWidth;
        for (int copy = 0; copy < options.Environments; copy++)
        {
            RandomStream stream = ActionStream(copy);
            if (Specification.Actions is DiscreteSpace discrete)
            {
                chosen[copy] = RandomAction(in stream, 0, discrete.Count, step.ActionMasks.Slice(copy * maskWidth, maskWidth));
                continue;
            }

            for (int i = 0; i < width; i++)
            {
                chosen[(copy * width) + i] = (float)((2 * stream.Uniform(i)) - 1);
            }
        }
    }

    /// <summary>A legal action, drawn uniformly.</summary>
    /// <param name="stream">Random numbers.</param>
    /// <param name="position">Which of them.</param>
    /// <param name="count">Number of actions.</param>
    /// <param name="mask">Which actions are legal, or empty.</param>
    protected static int RandomAction(in RandomStream stream, long position, int count, ReadOnlySpan<bool> mask) =>
        mask.IsEmpty ? stream.Integer(position, count) : Values.DiscreteActions.Legal(mask, stream.Integer(position, Math.Max(1, mask.Count(true))));

    /// <summary>Observations as networks take them: the rows themselves, or encoded into memory of this learner.</summary>
    private ReadOnlySpan<float> Encode(ReadOnlySpan<float> observations, float[] memory)
    {
        if (memory.Length == 0)
        {
            return observations;
        }

        Span<float> rows = memory.AsSpan(0, observations.Length / Specification.Observations.Width * Specification.Observations.EncodedWidth);
        Specification.Observations.EncodeRows(observations, rows);
        return rows;
    }
}
