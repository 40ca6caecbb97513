using System.Text.Json;
using Proximal.Control.Distributions;
using Proximal.Control.Normalization;
using Proximal.Control.Spaces;
using Proximal.Models.Files;
using Proximal.Models.Networks;
using Proximal.Tensors;
using Proximal.Tensors.Random;
using Proximal.Tensors.Segments;

namespace Proximal.Control.Policies;

/// <summary>
/// The policy of the Decision Transformer (Chen et al. 2021). A step is three tokens: the return that is still to come, the observation and the
/// action; each is embedded linearly and gets the embedding of its time. The action is read from the token of its observation. The hidden state
/// holds the last steps; received rewards are subtracted from the return that is asked for.
/// </summary>
public sealed class DecisionTransformerPolicy : Policy
{
    internal const string KindName = "decision-transformer";

    private readonly DecisionTransformerSettings settings;
    private readonly LinearLayer returnEmbedding;
    private readonly LinearLayer observationEmbedding;
    private readonly LinearLayer actionEmbedding;
    private readonly Parameter timeEmbedding;
    private readonly Parameter normWeight;
    private readonly Parameter normBias;
    private readonly CausalTransformer transformer;
    private readonly LinearLayer head;
    private readonly Parameter[] parameters;
    private readonly Tape tape = new(recording: false);
    private readonly DecisionTransformerInput context;
    private readonly int stepWidth;
    private double targetReturn;

    /// <summary>Creates a policy.</summary>
    /// <param name="observations">Where observations come from.</param>
    /// <param name="actions">A discrete or bounded box space.</param>
    /// <param name="settings">Sizes and the return to follow.</param>
    /// <param name="seed">Seed of the first weights.</param>
    /// <exception cref="ArgumentException">The actions are of another space, or a setting is impossible.</exception>
    public DecisionTransformerPolicy(Space observations, Space actions, DecisionTransformerSettings settings, ulong seed = 1)
        : base(observations, actions)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        if (actions is not (DiscreteSpace or BoxSpace { IsBounded: true }))
        {
            throw new ArgumentException($"A decision transformer takes discrete or bounded box actions, not {actions}.", nameof(actions));
        }

        this.settings = settings;
        targetReturn = settings.TargetReturn;
        int width = settings.Width;
        Scaling = new RowScaling("observations", observations.EncodedWidth);
        returnEmbedding = new LinearLayer("embed.return", 1, width, WeightInitialization.Normal(0.02), NetworkRandom.Stream(seed, "return", 0));
        observationEmbedding = new LinearLayer(
            "embed.observation", observations.EncodedWidth, width, WeightInitialization.Normal(0.02), NetworkRandom.Stream(seed, "observation", 0));
        actionEmbedding = new LinearLayer("embed.action", actions.EncodedWidth, width, WeightInitialization.Normal(0.02), NetworkRandom.Stream(seed, "action", 0));
        timeEmbedding = new Parameter("embed.time", new Shape(settings.LongestEpisode, width));
        RandomStream stream = NetworkRandom.Stream(seed, "time", 0);
        for (int i = 0; i < timeEmbedding.Length; i++)
        {
            timeEmbedding.Data[i] = (float)(0.02 * stream.Normal(i));
        }

        normWeight = new Parameter("embed.norm.weight", new Shape(width));
        normWeight.Data.Fill(1);
        normBias = new Parameter("embed.norm.bias", new Shape(width));
        transformer = new CausalTransformer("transformer", width, settings.Layers, settings.Heads, settings.Dropout, Activation.Relu, seed);
        head = new LinearLayer("head", width, actions.EncodedWidth, WeightInitialization.Normal(0.02), NetworkRandom.Stream(seed, "head", 0));
        parameters =
        [
            .. Scaling.Parameters, .. returnEmbedding.Parameters, .. observationEmbedding.Parameters, .. actionEmbedding.Parameters, timeEmbedding,
            normWeight, normBias, .. transformer.Parameters, .. head.Parameters,
        ];
        context = new DecisionTransformerInput(observations, actions, settings.LongestEpisode);
        stepWidth = 1 + observations.Width + actions.Width;
    }

    /// <summary>Sizes.</summary>
    public DecisionTransformerSettings Settings => settings with { TargetReturn = targetReturn };

    /// <summary>The return the policy is asked for at the beginning of an episode.</summary>
    public double TargetReturn
    {
        get => targetReturn;
        set => targetReturn = double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The return must be finite.");
    }

    /// <summary>How observations are scaled.</summary>
    public RowScaling Scaling { get; }

    /// <inheritdoc/>
    public override int StateWidth => 1 + (settings.Context * stepWidth);

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => parameters;

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override void Act(PolicyInput input, ActionChoice choice, Span<float> actions)
    {
        if (input.States.Length != input.Count * StateWidth || input.Rewards.Length != input.Count)
        {
            throw new ArgumentException($"A decision transformer takes {input.Count * StateWidth} numbers of hidden state and {input.Count} rewards, not {input.States.Length} and {input.Rewards.Length}.", nameof(input));
        }

        context.Clear();
        for (int row = 0; row < input.Count; row++)
        {
            Remember(input.States.Slice(row * StateWidth, StateWidth), input.Observations.Slice(row * Observations.Width, Observations.Width), input.Rewards[row]);
        }

        tape.Reset();
        ReadOnlySpan<float> outputs = Predict(tape, context).Data;
        int width = Actions.Width, outputWidth = Actions.EncodedWidth;
        for (int row = 0; row < input.Count; row++)
        {
            ReadOnlySpan<float> output = outputs.Slice(context.LastStep(row) * outputWidth, outputWidth);
            Span<float> action = actions.Slice(row * width, width), state = input.States.Slice(row * StateWidth, StateWidth);
            Decide(output, input.Masks.IsEmpty ? [] : input.Masks.Slice(row * outputWidth, outputWidth), choice, row, action);
            action.CopyTo(Slot(state, (int)state[0])[^width..]);
            state[0]++;
        }
    }

    /// <summary>The outputs for the action of every step: logits, or numbers in [-1, 1] that span the box.</summary>
    /// <param name="on">Where the computation is recorded.</param>
    /// <param name="input">Sequences of steps.</param>
    /// <param name="dropoutStep">Names the dropout masks of an update; null for inference.</param>
    /// <param name="seed">Seed of the dropout masks.</param>
    /// <returns>[steps, encoded action width].</returns>
    public Tensor Predict(Tape on, DecisionTransformerInput input, long? dropoutStep = null, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(on);
        ArgumentNullException.ThrowIfNull(input);
        int steps = input.Steps, width = settings.Width;
        Tensor observations = on.Input(new Shape(steps, Observations.EncodedWidth), input.Observations);
        Scaling.Apply(observations.Data);
        Tensor times = on.Embedding(timeEmbedding, input.Times);
        Tensor returns = on.Input(new Shape(steps, 1), input.Returns);
        for (int i = 0; i < steps; i++)
        {
            returns.Data[i] = settings.ConditionOnReturn ? (float)(returns.Data[i] / settings.ReturnScale) : 0;
        }

        Tensor tokens = ShapeOperations.Stack(
            1,
            returnEmbedding.Forward(returns).Add(times),
            observationEmbedding.Forward(observations).Add(times),
            actionEmbedding.Forward(on.Input(new Shape(steps, Actions.EncodedWidth), input.Actions)).Add(times)).Reshape(3 * steps, width);
        Tensor embedded = transformer.Drop(tokens.LayerNorm(normWeight, normBias), dropoutStep, seed, settings.Layers, 0);
        Tensor hidden = transformer.Forward(embedded, input.Layout, dropoutStep, seed);
        Tensor atObservations = hidden.Reshape(steps, 3, width).Slice(1, 1, 1).Reshape(steps, width);
        Tensor output = head.Forward(atObservations);
        return Actions is BoxSpace ? output.Tanh() : output;
    }

    /// <inheritdoc/>
    public override void WriteSettings(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumber("context", settings.Context);
        writer.WriteNumber("width", settings.Width);
        writer.WriteNumber("layers", settings.Layers);
        writer.WriteNumber("heads", settings.Heads);
        writer.WriteNumber("dropout", settings.Dropout);
        writer.WriteNumber("longest_episode", settings.LongestEpisode);
        writer.WriteBoolean("condition_on_return", settings.ConditionOnReturn);
        writer.WriteNumber("return_scale", settings.ReturnScale);
        writer.WriteNumber("target_return", targetReturn);
    }

    internal static DecisionTransformerPolicy Read(Space observations, Space actions, JsonFields fields)
    {
        DecisionTransformerSettings settings = new()
        {
            Context = fields.Integer("context", 1, 4096),
            Width = fields.Integer("width", 1, 1 << 14),
            Layers = fields.Integer("layers", 1, 256),
            Heads = fields.Integer("heads", 1, 256),
            Dropout = fields.NumberOrNull("dropout", 0, 0.999) ?? throw fields.Missing("dropout"),
            LongestEpisode = fields.Integer("longest_episode", 1, 1 << 20),
            ConditionOnReturn = fields.Flag("condition_on_return", absent: true),
            ReturnScale = fields.NumberOrNull("return_scale", 1e-9, 1e12) ?? throw fields.Missing("return_scale"),
            TargetReturn = fields.NumberOrNull("target_return", -1e12, 1e12) ?? throw fields.Missing("target_return"),
        };
        return settings.Width % settings.Heads == 0
            ? new DecisionTransformerPolicy(observations, actions, settings)
            : throw fields.Fault("heads", $"{settings.Heads}", $"a divisor of the width {settings.Width}");
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            tape.Dispose();
        }
    }

    private Span<float> Slot(Span<float> state, int step) => state.Slice(1 + (Math.Min(step, settings.Context - 1) * stepWidth), stepWidth);

    private void Remember(Span<float> state, ReadOnlySpan<float> observation, float reward)
    {
        int step = (int)state[0];
        double asked = step == 0 ? targetReturn : Slot(state, step - 1)[0] - reward;
        if (step >= settings.Context)
        {
            state[(1 + stepWidth)..].CopyTo(state[1..]);
        }

        Span<float> slot = Slot(state, step);
        slot[0] = (float)asked;
        observation.CopyTo(slot[1..]);
        slot[^Actions.Width..].Clear();
        int remembered = Math.Min(step + 1, settings.Context);
        context.Begin(remembered);
        for (int i = 0; i < remembered; i++)
        {
            Span<float> past = state.Slice(1 + (i * stepWidth), stepWidth);
            context.Add(step - remembered + 1 + i, past[0], past.Slice(1, Observations.Width), past[^Actions.Width..]);
        }
    }

    private void Decide(ReadOnlySpan<float> output, ReadOnlySpan<bool> mask, ActionChoice choice, int row, Span<float> action)
    {
        if (Actions is BoxSpace box)
        {
            box.FromUnit(output, action);
            return;
        }

        action[0] = choice.Deterministic
            ? Categorical.Mode(output, mask)
            : Categorical.Sample(output, mask, new RandomStream(choice.Seed, RandomPurpose.Exploration, choice.Step, row).Uniform(0));
    }
}
