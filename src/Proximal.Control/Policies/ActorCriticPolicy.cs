using System.Text.Json;
using Proximal.Control.Distributions;
using Proximal.Control.Learning;
using Proximal.Control.Spaces;
using Proximal.Models.Files;
using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Control.Policies;

/// <summary>
/// A policy with a critic: a network gives the parameters of a distribution over actions, another (or another head) the value of the state. Actor
/// and critic of their own run on two workers. A row has the same bits in a rollout and in an update.
/// </summary>
public sealed class ActorCriticPolicy : Policy
{
    /// <summary>The kind in policy files.</summary>
    public const string KindName = "actor-critic";

    private readonly ActorCriticSettings settings;
    private readonly ActorCriticNetwork network;
    private readonly Workers workers;
    private readonly Tape actorTape;
    private readonly Tape criticTape;
    private readonly Tape inferenceTape;
    private readonly Parameter[] parameters;
    private float[] encoded = [];
    private float[] outputs = [];
    private float[] actorGradient = [];
    private float[] criticGradient = [];

    /// <summary>Creates a policy.</summary>
    /// <param name="observations">Where observations come from.</param>
    /// <param name="actions">Where actions come from: a discrete, multi-discrete or box space.</param>
    /// <param name="settings">Layers and normalization.</param>
    /// <param name="seed">Seed of the first weights.</param>
    /// <param name="workers">Threads; <see cref="Workers.Shared"/> when null.</param>
    /// <exception cref="ArgumentException">The spaces or settings cannot be used; the message says which and why.</exception>
    public ActorCriticPolicy(Space observations, Space actions, ActorCriticSettings? settings = null, ulong seed = 0, Workers? workers = null)
        : base(observations, actions)
    {
        this.settings = settings ??= new ActorCriticSettings();
        this.workers = workers ?? Workers.Shared;
        Distribution = ActionDistribution.For(actions);
        EncodedWidth = observations.EncodedWidth;
        network = new ActorCriticNetwork(settings, observations is BoxSpace box ? box.Shape : new Shape(EncodedWidth), Distribution, seed);
        actorTape = new Tape(this.workers);
        criticTape = new Tape(this.workers);
        inferenceTape = new Tape(this.workers, recording: false);
        Normalizer = settings.NormalizeObservations ? new ObservationNormalizer("observations", EncodedWidth, settings.ObservationClip) : null;
        parameters = Normalizer is null ? [.. network.Parameters] : [.. network.Parameters, Normalizer.Mean, Normalizer.Scale];
    }

    /// <summary>The distributions over actions.</summary>
    public ActionDistribution Distribution { get; }

    /// <summary>Statistics of observations; null where they are taken as they are.</summary>
    public ObservationNormalizer? Normalizer { get; }

    /// <summary>Numbers per observation as the network takes it.</summary>
    public int EncodedWidth { get; }

    /// <inheritdoc/>
    public override int StateWidth => network.StateWidth;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => parameters;

    /// <summary>What an optimizer changes: actor, free parameters and critic.</summary>
    public IReadOnlyList<Parameter> NetworkParameters => network.Parameters;

    /// <summary>Parameters that the distribution over actions depends on.</summary>
    public IReadOnlyList<Parameter> ActorParameters => network.ActorParameters;

    /// <summary>Parameters that the value depends on.</summary>
    public IReadOnlyList<Parameter> CriticParameters => network.CriticParameters;

    /// <summary>Whether actor and critic share layers.</summary>
    public bool Shared => network.Shared;

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override void Act(PolicyInput input, ActionChoice choice, Span<float> actions)
    {
        int rows = input.Count, width = Distribution.ParameterWidth, maskWidth = input.Masks.Length / rows, actionWidth = Distribution.ActionWidth;
        Span<float> observations = Scratch(ref encoded, rows * EncodedWidth), distributions = Scratch(ref outputs, rows * width);
        Encode(input.Observations, observations);
        Infer(rows, observations, input.States, distributions, default);
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> distribution = distributions.Slice(row * width, width);
            ReadOnlySpan<bool> mask = input.Masks.Slice(row * maskWidth, maskWidth);
            Span<float> action = actions.Slice(row * actionWidth, actionWidth);
            if (choice.Deterministic)
            {
                Distribution.Mode(distribution, mask, action);
            }
            else
            {
                Distribution.Sample(distribution, mask, new RandomStream(choice.Seed, RandomPurpose.Exploration, choice.Step, row), action);
            }
        }
    }

    /// <summary>Writes observations as the network takes them: indices as one-hot vectors, normalized where the policy normalizes.</summary>
    /// <param name="observations">[rows, observation width].</param>
    /// <param name="rows">[rows, <see cref="EncodedWidth"/>].</param>
    public void Encode(ReadOnlySpan<float> observations, Span<float> rows)
    {
        Observations.EncodeRows(observations, rows);
        Normalizer?.Normalize(rows);
    }

    /// <summary>Takes observations into the statistics that normalize, where the policy normalizes.</summary>
    /// <param name="observations">[rows, observation width].</param>
    public void Observe(ReadOnlySpan<float> observations)
    {
        if (Normalizer is not null)
        {
            Span<float> rows = Scratch(ref encoded, observations.Length / Observations.Width * EncodedWidth);
            Observations.EncodeRows(observations, rows);
            Normalizer.Update(rows);
        }
    }

    /// <summary>Computes distributions and values without gradients.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="observations">Encoded [rows, <see cref="EncodedWidth"/>].</param>
    /// <param name="states">[rows, state width], moved on; empty without a memory.</param>
    /// <param name="distributions">Receives the parameters of the distributions [rows, parameter width]; empty where they are not needed.</param>
    /// <param name="values">Receives the values [rows]; empty where they are not needed.</param>
    public void Infer(int rows, ReadOnlySpan<float> observations, Span<float> states, Span<float> distributions, Span<float> values)
    {
        inferenceTape.Reset();
        Tensor x = inferenceTape.Input(new Shape(rows, EncodedWidth), observations);
        if (Shared)
        {
            Tensor? state = StateWidth == 0 ? null : inferenceTape.Input(new Shape(rows, StateWidth), states);
            Tensor heads = network.Both(x, rows, ref state, null, out Tensor value);
            CopyWhereAsked(heads, distributions);
            CopyWhereAsked(value, values);
            if (state is not null)
            {
                state.Data.CopyTo(states);
            }
        }
        else
        {
            CopyWhereAsked(distributions.IsEmpty ? null : network.Actor(x), distributions);
            CopyWhereAsked(values.IsEmpty ? null : network.Critic(x), values);
        }
    }

    /// <summary>Computes values and leaves the states where they are.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="observations">Encoded [rows, <see cref="EncodedWidth"/>].</param>
    /// <param name="states">[rows, state width] before the observations.</param>
    /// <param name="values">Receives the values [rows].</param>
    public void Values(int rows, ReadOnlySpan<float> observations, ReadOnlySpan<float> states, Span<float> values)
    {
        Span<float> copy = Scratch(ref outputs, states.Length);
        states.CopyTo(copy);
        Infer(rows, observations, copy, default, values);
    }

    /// <summary>Computes distributions and values on a tape, for losses that are written in tensors.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="batch">Observations, and for a policy with memory sequences with their first states.</param>
    /// <param name="values">[rows, 1].</param>
    /// <returns>Parameters of the distributions [rows, parameter width].</returns>
    public Tensor Forward(Tape tape, RolloutBatch batch, out Tensor values)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(batch);
        Tensor x = Input(tape, batch);
        if (!Shared)
        {
            values = network.Critic(x);
            return network.Actor(x);
        }

        Tensor? state = StateWidth == 0 ? null : tape.Input(new Shape(batch.Sequences, StateWidth), batch.States);
        Tensor? keep = StateWidth == 0 ? null : tape.Input(new Shape(batch.Count, 1), batch.Keep);
        return network.Both(x, batch.Sequences, ref state, keep, out values);
    }

    /// <summary>Computes distributions on a tape.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="batch">Observations, and for a policy with memory sequences with their first states.</param>
    /// <returns>Parameters of the distributions [rows, parameter width].</returns>
    public Tensor ForwardActor(Tape tape, RolloutBatch batch) => Shared ? Forward(tape, batch, out _) : network.Actor(Input(tape, batch));

    /// <summary>The derivative of the distributions' parameters along a direction of the actor's parameters; for an actor of its own.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="batch">Observations.</param>
    /// <param name="direction">A policy of the same form that holds the direction in place of parameters.</param>
    /// <returns>[rows, parameter width].</returns>
    internal Tensor ActorTangent(Tape tape, RolloutBatch batch, ActorCriticPolicy direction) => network.ActorTangent(direction.network, Input(tape, batch));

    /// <summary>Adds the gradients of a loss to those of the parameters. Actor and critic of their own run side by side.</summary>
    /// <param name="batch">What the loss is over.</param>
    /// <param name="loss">Gives the gradients of the distributions' parameters and of the values.</param>
    public void Accumulate(RolloutBatch batch, ActorCriticLoss loss)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(loss);
        if (Shared)
        {
            actorTape.Reset();
            Tensor distributions = Forward(actorTape, batch, out Tensor values);
            Seed(loss, batch, distributions);
            SeedValues(loss, batch, values);
            actorTape.Backward();
        }
        else
        {
            SideBySide work = new() { Policy = this, Batch = batch, Loss = loss };
            workers.For(2, 1, ref work);
        }
    }

    /// <summary>Adds the gradients of the critic's part of a loss alone.</summary>
    /// <param name="batch">What the loss is over.</param>
    /// <param name="loss">Gives the gradients of the values.</param>
    public void AccumulateCritic(RolloutBatch batch, ActorCriticLoss loss)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(loss);
        criticTape.Reset();
        Tensor values;
        if (Shared)
        {
            Forward(criticTape, batch, out values);
        }
        else
        {
            values = network.Critic(Input(criticTape, batch));
        }

        SeedValues(loss, batch, values);
        criticTape.Backward();
    }

    /// <summary>Adds the gradients of the actor's part of a loss alone.</summary>
    /// <param name="batch">What the loss is over.</param>
    /// <param name="loss">Gives the gradients of the distributions' parameters.</param>
    public void AccumulateActor(RolloutBatch batch, ActorCriticLoss loss)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(loss);
        actorTape.Reset();
        Seed(loss, batch, ForwardActor(actorTape, batch));
        actorTape.Backward();
    }

    /// <inheritdoc/>
    public override void WriteSettings(Utf8JsonWriter writer) => settings.Write(writer);

    internal static ActorCriticPolicy Read(Space observations, Space actions, JsonFields settings)
    {
        try
        {
            return new ActorCriticPolicy(observations, actions, ActorCriticSettings.Read(settings));
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"The policy cannot be made: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            actorTape.Dispose();
            criticTape.Dispose();
            inferenceTape.Dispose();
        }

        base.Dispose(disposing);
    }

    private static Span<float> Scratch(ref float[] array, int length)
    {
        if (array.Length < length)
        {
            array = new float[length];
        }

        return array.AsSpan(0, length);
    }

    private static void CopyWhereAsked(Tensor? tensor, Span<float> target)
    {
        if (!target.IsEmpty)
        {
            tensor!.Data.CopyTo(target);
        }
    }

    private Tensor Input(Tape tape, RolloutBatch batch) => tape.Input(new Shape(batch.Count, EncodedWidth), batch.Observations);

    private void Seed(ActorCriticLoss loss, RolloutBatch batch, Tensor distributions)
    {
        Span<float> gradient = Scratch(ref actorGradient, distributions.Length);
        loss.Policy(batch, distributions.Data, gradient);
        distributions.Tape!.Seed(distributions, gradient);
    }

    private void SeedValues(ActorCriticLoss loss, RolloutBatch batch, Tensor values)
    {
        Span<float> gradient = Scratch(ref criticGradient, values.Length);
        loss.Value(batch, values.Data, gradient);
        values.Tape!.Seed(values, gradient);
    }

    private struct SideBySide : IRangeWork
    {
        public ActorCriticPolicy Policy;
        public RolloutBatch Batch;
        public ActorCriticLoss Loss;

        public readonly void Run(int start, int end, int worker)
        {
            for (int part = start; part < end; part++)
            {
                if (part == 0)
                {
                    Policy.AccumulateActor(Batch, Loss);
                }
                else
                {
                    Policy.AccumulateCritic(Batch, Loss);
                }
            }
        }
    }
}
