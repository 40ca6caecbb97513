using System.Text.Json;
using Proximal.Control.Learning;
using Proximal.Control.Spaces;
using Proximal.Control.Values;
using Proximal.Models.Files;
using Proximal.Models.Networks;
using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Control.Policies;

/// <summary>a = tanh(u), u ~ N(mu(s), std(s)^2), taken from [-1, 1] to the bounds of a box; the most likely action is taken to be tanh(mu). See <see cref="SquashedGaussian"/>.</summary>
public sealed class SquashedGaussianPolicy : Policy
{
    internal const string KindName = "squashed-gaussian";

    private readonly NetworkSettings settings;
    private readonly Tape tape;

    /// <summary>Creates a policy.</summary>
    /// <param name="observations">Where observations come from.</param>
    /// <param name="actions">A bounded box.</param>
    /// <param name="settings">Layers of the network.</param>
    /// <param name="seed">Seed of the first weights.</param>
    /// <param name="workers">Threads of the kernels.</param>
    /// <exception cref="ArgumentException">The actions are no bounded box, or a setting is outside its range.</exception>
    public SquashedGaussianPolicy(Space observations, Space actions, NetworkSettings settings, ulong seed = 1, Workers? workers = null)
        : base(observations, actions)
    {
        if (actions is not BoxSpace { IsBounded: true })
        {
            throw new ArgumentException($"A squashed Gaussian policy takes actions of a bounded box, not {actions}.", nameof(actions));
        }

        this.settings = settings;
        Network = NetworkBuilder.Build("actor", settings, ObservationInput.ShapeOf(observations), 2 * actions.Width, 0.01, seed);
        tape = new Tape(workers, recording: false);
    }

    /// <summary>The network of (mu, x) [rows, 2 * action width].</summary>
    public Network Network { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => Network.Parameters;

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>Computes (mu, x).</summary>
    /// <param name="observations">s [rows, observation width].</param>
    /// <param name="rows">Number of rows.</param>
    /// <returns>[rows, 2 * action width], valid until the next call.</returns>
    public ReadOnlySpan<float> Evaluate(ReadOnlySpan<float> observations, int rows)
    {
        tape.Reset();
        return Network.Forward(ObservationInput.On(tape, Observations, observations, rows)).Data;
    }

    /// <summary>Chooses actions in [-1, 1].</summary>
    /// <param name="observations">s [rows, observation width].</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="choice">Whether to sample, and with which random numbers.</param>
    /// <param name="unit">Receives the actions [rows, action width].</param>
    public void ChooseUnit(ReadOnlySpan<float> observations, int rows, ActionChoice choice, Span<float> unit)
    {
        ReadOnlySpan<float> outputs = Evaluate(observations, rows);
        int width = Actions.Width;
        for (int row = 0; row < rows; row++)
        {
            RandomStream stream = new(choice.Seed, RandomPurpose.Exploration, choice.Step, row);
            for (int i = 0; i < width; i++)
            {
                unit[(row * width) + i] = Squash(outputs, row, i, choice.Deterministic ? 0 : stream.Normal(i));
            }
        }
    }

    /// <summary>Samples actions in [-1, 1] with noise whose steps are correlated; the distribution of each action is the policy's.</summary>
    /// <param name="observations">s [rows, observation width].</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="choice">The random numbers.</param>
    /// <param name="noise">The noise of every row, which goes one step further.</param>
    /// <param name="unit">Receives the actions [rows, action width].</param>
    internal void ChooseUnit(ReadOnlySpan<float> observations, int rows, ActionChoice choice, CorrelatedNoise noise, Span<float> unit)
    {
        ReadOnlySpan<float> outputs = Evaluate(observations, rows);
        int width = Actions.Width;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<double> e = noise.Next(row, new RandomStream(choice.Seed, RandomPurpose.Exploration, choice.Step, row));
            for (int i = 0; i < width; i++)
            {
                unit[(row * width) + i] = Squash(outputs, row, i, e[i]);
            }
        }
    }

    /// <inheritdoc/>
    public override void Act(PolicyInput input, ActionChoice choice, Span<float> actions)
    {
        ChooseUnit(input.Observations, input.Count, choice, actions);
        ((BoxSpace)Actions).FromUnit(actions, actions);
    }

    /// <inheritdoc/>
    public override void WriteSettings(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        NetworkSettingsJson.Write(writer, "network", settings);
    }

    /// <summary>tanh(mu + std e).</summary>
    private float Squash(ReadOnlySpan<float> outputs, int row, int i, double e)
    {
        int mean = (2 * row * Actions.Width) + i;
        return MathF.Tanh(outputs[mean] + (MathF.Exp(SquashedGaussian.LogDeviation(outputs[mean + Actions.Width])) * (float)e));
    }

    internal static SquashedGaussianPolicy Read(Space observations, Space actions, JsonFields fields) => new(observations, actions, NetworkSettingsJson.Read(fields, "network"));

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
