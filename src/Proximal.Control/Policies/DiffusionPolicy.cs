using System.Text.Json;
using Proximal.Control.Diffusion;
using Proximal.Control.Normalization;
using Proximal.Control.Spaces;
using Proximal.Models.Files;
using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Control.Policies;

/// <summary>
/// Diffusion Policy (Chi et al. 2023): a chunk of actions is denoised from noise, given the last observations; some of its actions are taken, then the
/// next chunk is made. The hidden state holds the observations and what is left of the chunk. Even the deterministic choice draws noise, named by the
/// seed: which of several ways a policy takes is part of what it learned.
/// </summary>
public sealed class DiffusionPolicy : Policy
{
    internal const string KindName = "diffusion";

    private readonly DiffusionPolicySettings settings;
    private readonly Parameter[] parameters;
    private readonly Tape tape = new(recording: false);
    private readonly List<int> waiting = [];

    /// <summary>Creates a policy.</summary>
    /// <param name="observations">Where observations come from.</param>
    /// <param name="actions">A bounded box.</param>
    /// <param name="settings">Sizes.</param>
    /// <param name="seed">Seed of the first weights.</param>
    /// <exception cref="ArgumentException">The actions are of another space, or a setting is impossible.</exception>
    public DiffusionPolicy(Space observations, Space actions, DiffusionPolicySettings settings, ulong seed = 1)
        : base(observations, actions)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        if (actions is not BoxSpace { IsBounded: true })
        {
            throw new ArgumentException($"A diffusion policy takes bounded box actions, not {actions}.", nameof(actions));
        }

        this.settings = settings;
        Scaling = new RowScaling("observations", observations.EncodedWidth);
        Schedule = NoiseSchedule.Cosine(settings.NoiseSteps);
        Network = CreateNetwork(seed);
        parameters = [.. Scaling.Parameters, .. Network.Parameters];
    }

    /// <summary>Sizes.</summary>
    public DiffusionPolicySettings Settings => settings;

    /// <summary>How observations are scaled.</summary>
    public RowScaling Scaling { get; }

    /// <summary>How noise is added.</summary>
    public NoiseSchedule Schedule { get; }

    /// <inheritdoc/>
    public override int StateWidth => 2 + (settings.ObservationSteps * Observations.EncodedWidth) + (settings.ExecutedActions * Actions.Width);

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => parameters;

    /// <inheritdoc/>
    public override string Kind => KindName;

    internal DenoisingNetwork Network { get; }

    internal int ConditionWidth => settings.ObservationSteps * Observations.EncodedWidth;

    internal int ChunkWidth => settings.PredictedActions * Actions.Width;

    /// <inheritdoc/>
    public override void Act(PolicyInput input, ActionChoice choice, Span<float> actions)
    {
        if (input.States.Length != input.Count * StateWidth)
        {
            throw new ArgumentException($"A diffusion policy takes {input.Count * StateWidth} numbers of hidden state, not {input.States.Length}.", nameof(input));
        }

        waiting.Clear();
        for (int row = 0; row < input.Count; row++)
        {
            Span<float> state = input.States.Slice(row * StateWidth, StateWidth);
            Remember(state, input.Observations.Slice(row * Observations.Width, Observations.Width));
            if (state[1] == 0)
            {
                waiting.Add(row);
            }
        }

        if (waiting.Count > 0)
        {
            Predict(input.States, choice);
        }

        BoxSpace box = (BoxSpace)Actions;
        for (int row = 0; row < input.Count; row++)
        {
            Span<float> state = input.States.Slice(row * StateWidth, StateWidth);
            int taken = settings.ExecutedActions - (int)state[1];
            box.FromUnit(Chunk(state).Slice(taken * box.Width, box.Width), actions.Slice(row * box.Width, box.Width));
            state[0] = 1;
            state[1]--;
        }
    }

    /// <inheritdoc/>
    public override void WriteSettings(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumber("observation_steps", settings.ObservationSteps);
        writer.WriteNumber("predicted_actions", settings.PredictedActions);
        writer.WriteNumber("executed_actions", settings.ExecutedActions);
        writer.WriteNumber("noise_steps", settings.NoiseSteps);
        writer.WriteNumber("denoising_steps", settings.DenoisingSteps);
        writer.WriteStartArray("hidden");
        foreach (int width in settings.Hidden)
        {
            writer.WriteNumberValue(width);
        }

        writer.WriteEndArray();
    }

    internal static DiffusionPolicy Read(Space observations, Space actions, JsonFields fields) => new(observations, actions, new DiffusionPolicySettings
    {
        ObservationSteps = fields.Integer("observation_steps", 1, 64),
        PredictedActions = fields.Integer("predicted_actions", 1, 1024),
        ExecutedActions = fields.Integer("executed_actions", 1, 1024),
        NoiseSteps = fields.Integer("noise_steps", 1, 10_000),
        DenoisingSteps = fields.Integer("denoising_steps", 1, 10_000),
        Hidden = fields.Integers("hidden", 1, 1 << 14, 16),
    });

    internal DenoisingNetwork CreateNetwork(ulong seed) => new("denoising", ChunkWidth, ConditionWidth, [.. settings.Hidden], settings.NoiseSteps, seed);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            tape.Dispose();
        }
    }

    private Span<float> Chunk(Span<float> state) => state[(2 + ConditionWidth)..];

    private void Remember(Span<float> state, ReadOnlySpan<float> observation)
    {
        int width = Observations.EncodedWidth;
        Span<float> history = state.Slice(2, ConditionWidth);
        history[width..].CopyTo(history);
        Span<float> newest = history[^width..];
        Observations.Encode(observation, newest);
        Scaling.Apply(newest);
        for (int i = 0; state[0] == 0 && i < settings.ObservationSteps - 1; i++)
        {
            newest.CopyTo(history[(i * width)..]);
        }
    }

    private void Predict(Span<float> states, ActionChoice choice)
    {
        int rows = waiting.Count, chunk = ChunkWidth;
        float[] samples = new float[rows * chunk], conditions = new float[rows * ConditionWidth];
        for (int i = 0; i < rows; i++)
        {
            states.Slice((waiting[i] * StateWidth) + 2, ConditionWidth).CopyTo(conditions.AsSpan(i * ConditionWidth));
            RandomStream random = Noise(choice, waiting[i], 0);
            for (int k = 0; k < chunk; k++)
            {
                samples[(i * chunk) + k] = (float)random.Normal(k);
            }
        }

        int[] steps = new int[rows];
        for (int i = settings.DenoisingSteps; i > 0; i--)
        {
            int step = StepOf(i);
            Array.Fill(steps, step);
            tape.Reset();
            Span<float> noise = Network.Forward(tape.Input(new Shape(rows, chunk), samples), steps, tape.Input(new Shape(rows, ConditionWidth), conditions)).Data;
            for (int row = 0; row < rows; row++)
            {
                Span<float> sample = samples.AsSpan(row * chunk, chunk);
                if (settings.DenoisingSteps == settings.NoiseSteps)
                {
                    Schedule.DenoiseAncestrally(step, sample, noise.Slice(row * chunk, chunk), Noise(choice, waiting[row], step));
                }
                else
                {
                    Schedule.DenoiseImplicitly(step, StepOf(i - 1), sample, noise.Slice(row * chunk, chunk));
                }
            }
        }

        int first = (settings.ObservationSteps - 1) * Actions.Width, executed = settings.ExecutedActions * Actions.Width;
        for (int i = 0; i < rows; i++)
        {
            Span<float> state = states.Slice(waiting[i] * StateWidth, StateWidth), kept = Chunk(state);
            samples.AsSpan((i * chunk) + first, executed).CopyTo(kept);
            for (int k = 0; k < kept.Length; k++)
            {
                kept[k] = Math.Clamp(kept[k], -1, 1);
            }

            state[1] = settings.ExecutedActions;
        }
    }

    private int StepOf(int index) => (int)Math.Round((double)index * settings.NoiseSteps / settings.DenoisingSteps);

    private static RandomStream Noise(ActionChoice choice, int row, int step) =>
        new(choice.Seed + ((ulong)step * 0x9E3779B97F4A7C15), RandomPurpose.Exploration, choice.Step, row);
}
