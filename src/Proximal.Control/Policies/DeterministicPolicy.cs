using System.Text.Json;
using Proximal.Control.Learning;
using Proximal.Control.Spaces;
using Proximal.Control.Values;
using Proximal.Models.Files;
using Proximal.Models.Networks;
using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Control.Policies;

/// <summary>
/// a = tanh(f(s)), taken from [-1, 1] to the bounds of a box; where actions are to be sampled, with normal noise of a fixed deviation in [-1, 1].
/// </summary>
public sealed class DeterministicPolicy : Policy
{
    internal const string KindName = "deterministic";

    private readonly NetworkSettings settings;
    private readonly double noise;
    private readonly Tape tape;

    /// <summary>Creates a policy.</summary>
    /// <param name="observations">Where observations come from.</param>
    /// <param name="actions">A bounded box.</param>
    /// <param name="settings">Layers of the network.</param>
    /// <param name="noise">Deviation of the noise of sampled actions.</param>
    /// <param name="seed">Seed of the first weights.</param>
    /// <param name="workers">Threads of the kernels.</param>
    /// <exception cref="ArgumentException">The actions are no bounded box, or a setting is outside its range.</exception>
    public DeterministicPolicy(Space observations, Space actions, NetworkSettings settings, double noise = 0.1, ulong seed = 1, Workers? workers = null)
        : base(observations, actions)
    {
        if (actions is not BoxSpace { IsBounded: true })
        {
            throw new ArgumentException($"A deterministic policy takes actions of a bounded box, not {actions}.", nameof(actions));
        }

        this.settings = settings;
        this.noise = noise;
        Network = NetworkBuilder.Build("actor", settings, ObservationInput.ShapeOf(observations), actions.Width, 0.01, seed);
        tape = new Tape(workers, recording: false);
    }

    /// <summary>The network f.</summary>
    public Network Network { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => Network.Parameters;

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>Computes tanh(f(s)).</summary>
    /// <param name="observations">s [rows, observation width].</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="unit">Receives actions in [-1, 1] [rows, action width].</param>
    public void Evaluate(ReadOnlySpan<float> observations, int rows, Span<float> unit)
    {
        tape.Reset();
        Network.Forward(ObservationInput.On(tape, Observations, observations, rows)).Tanh().Data.CopyTo(unit);
    }

    /// <inheritdoc/>
    public override void Act(PolicyInput input, ActionChoice choice, Span<float> actions)
    {
        Evaluate(input.Observations, input.Count, actions);
        if (!choice.Deterministic)
        {
            int width = Actions.Width;
            for (int row = 0; row < input.Count; row++)
            {
                RandomStream stream = new(choice.Seed, RandomPurpose.Exploration, choice.Step, row);
                for (int i = 0; i < width; i++)
                {
                    double e = stream.Normal(i);
                    AddNoise(new ReadOnlySpan<double>(in e), noise, actions.Slice((row * width) + i, 1));
                }
            }
        }

        ((BoxSpace)Actions).FromUnit(actions, actions);
    }

    /// <inheritdoc/>
    public override void WriteSettings(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        NetworkSettingsJson.Write(writer, "network", settings);
        writer.WriteNumber("noise", noise);
    }

    /// <summary>a = clip(a + d e, -1, 1).</summary>
    internal static void AddNoise(ReadOnlySpan<double> noise, double deviation, Span<float> unit)
    {
        for (int i = 0; i < unit.Length; i++)
        {
            unit[i] = Math.Clamp(unit[i] + (float)(deviation * noise[i]), -1, 1);
        }
    }

    internal static DeterministicPolicy Read(Space observations, Space actions, JsonFields fields) =>
        new(observations, actions, NetworkSettingsJson.Read(fields, "network"), fields.NumberOrNull("noise", 0, 1e6) ?? throw fields.Missing("noise"));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            tape.Dispose();
        }
    }
}
