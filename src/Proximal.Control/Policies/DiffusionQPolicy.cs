using System.Text.Json;
using Proximal.Control.Diffusion;
using Proximal.Control.Distributions;
using Proximal.Control.Spaces;
using Proximal.Control.Values;
using Proximal.Models.Files;
using Proximal.Models.Networks;
using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Control.Policies;

/// <summary>
/// The policy of Diffusion-QL (Wang, Hunt and Zhou 2023): several actions are denoised for a state, and one is chosen by the softmax of the smaller of two
/// critics' values, the best one where the choice is deterministic.
/// </summary>
public sealed class DiffusionQPolicy : Policy
{
    internal const string KindName = "diffusion-q";

    private readonly NetworkSettings settings;
    private readonly int candidates;
    private readonly Parameter[] parameters;
    private readonly Tape tape = new(recording: false);

    /// <summary>Creates a policy.</summary>
    /// <param name="observations">Where observations come from.</param>
    /// <param name="actions">A bounded box.</param>
    /// <param name="settings">Hidden layers of the critics; their widths are those of the denoising network too.</param>
    /// <param name="noiseSteps">Steps of noise.</param>
    /// <param name="candidates">Actions among which one is chosen.</param>
    /// <param name="seed">Seed of the first weights.</param>
    /// <exception cref="ArgumentException">The actions are no bounded box, or a setting is outside its range.</exception>
    public DiffusionQPolicy(Space observations, Space actions, NetworkSettings settings, int noiseSteps, int candidates, ulong seed = 1)
        : base(observations, actions)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 1);
        if (actions is not BoxSpace { IsBounded: true })
        {
            throw new ArgumentException($"A diffusion policy takes actions of a bounded box, not {actions}.", nameof(actions));
        }

        (this.settings, this.candidates) = (settings, candidates);
        Schedule = NoiseSchedule.VariancePreserving(noiseSteps);
        Network = CreateNetwork(seed);
        Shape input = new(observations.EncodedWidth + actions.Width);
        Judges = [NetworkBuilder.Build("critic.0", settings, input, 1, 1, seed), NetworkBuilder.Build("critic.1", settings, input, 1, 1, seed)];
        parameters = [.. Network.Parameters, .. Judges[0].Parameters, .. Judges[1].Parameters];
    }

    /// <summary>How noise is added.</summary>
    public NoiseSchedule Schedule { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => parameters;

    /// <inheritdoc/>
    public override string Kind => KindName;

    internal DenoisingNetwork Network { get; }

    internal Network[] Judges { get; }

    /// <inheritdoc/>
    public override void Act(PolicyInput input, ActionChoice choice, Span<float> actions)
    {
        int width = Actions.Width, observationWidth = Observations.EncodedWidth, rows = input.Count * candidates;
        float[] condition = new float[rows * observationWidth], samples = new float[rows * width];
        for (int row = 0; row < input.Count; row++)
        {
            Span<float> first = condition.AsSpan(row * candidates * observationWidth, observationWidth);
            Observations.Encode(input.Observations.Slice(row * Observations.Width, Observations.Width), first);
            for (int i = 1; i < candidates; i++)
            {
                first.CopyTo(condition.AsSpan(((row * candidates) + i) * observationWidth));
            }
        }

        // Every row has its own numbers, so that rows do not depend on each other.
        RandomStream Noise(int row, int step) => new(choice.Seed + ((ulong)step * 0x9E3779B97F4A7C15), RandomPurpose.Exploration, choice.Step, row);
        for (int row = 0; row < input.Count; row++)
        {
            GaussianNoise.Fill(Noise(row, 0), samples.AsSpan(row * candidates * width, candidates * width));
        }

        int[] steps = new int[rows];
        for (int step = Schedule.Steps; step > 0; step--)
        {
            Array.Fill(steps, step);
            tape.Reset();
            ReadOnlySpan<float> noise = Network.Forward(
                tape.Input(new Shape(rows, width), samples), steps, tape.Input(new Shape(rows, observationWidth), condition)).Data;
            for (int row = 0; row < input.Count; row++)
            {
                Range range = new(row * candidates * width, (row + 1) * candidates * width);
                Schedule.DenoiseAncestrally(step, samples.AsSpan(range), noise[range], Noise(row, step));
            }
        }

        Choose(input.Count, condition, samples, choice, actions);
    }

    /// <inheritdoc/>
    public override void WriteSettings(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        NetworkSettingsJson.Write(writer, "network", settings);
        writer.WriteNumber("noise_steps", Schedule.Steps);
        writer.WriteNumber("candidates", candidates);
    }

    internal static DiffusionQPolicy Read(Space observations, Space actions, JsonFields fields) =>
        new(observations, actions, NetworkSettingsJson.Read(fields, "network"), fields.Integer("noise_steps", 1, 10_000), fields.Integer("candidates", 1, 10_000));

    internal DenoisingNetwork CreateNetwork(ulong seed) => new("actor", Actions.Width, Observations.EncodedWidth, [.. settings.Hidden], Schedule.Steps, seed);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            tape.Dispose();
        }
    }

    private void Choose(int count, float[] condition, float[] samples, ActionChoice choice, Span<float> actions)
    {
        int width = Actions.Width, rows = count * candidates;
        tape.Reset();
        Tensor input = ShapeOperations.Concatenate(1, tape.Input(new Shape(rows, condition.Length / rows), condition), tape.Input(new Shape(rows, width), samples));
        ReadOnlySpan<float> values = Judges[0].Forward(input).Minimum(Judges[1].Forward(input)).Data;
        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<float> scores = values.Slice(row * candidates, candidates);
            int chosen = choice.Deterministic
                ? Categorical.Mode(scores, [])
                : Categorical.Sample(scores, [], new RandomStream(choice.Seed, RandomPurpose.Component, choice.Step, row).Uniform(0));
            Span<float> action = actions.Slice(row * width, width);
            samples.AsSpan(((row * candidates) + chosen) * width, width).CopyTo(action);
            for (int i = 0; i < width; i++)
            {
                action[i] = Math.Clamp(action[i], -1, 1);
            }

            ((BoxSpace)Actions).FromUnit(action, action);
        }
    }
}
