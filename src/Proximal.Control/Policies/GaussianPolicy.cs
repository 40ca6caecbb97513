using System.Text.Json;
using Proximal.Control.Spaces;
using Proximal.Control.Values;
using Proximal.Models.Files;
using Proximal.Models.Networks;
using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Control.Policies;

/// <summary>
/// a ~ N(tanh(f(s)), exp(2 w)) within [-1, 1], with a standard deviation that does not depend on the state, taken to the bounds of a box: the policy of IQL
/// and AWAC, which learn by likelihood.
/// </summary>
public sealed class GaussianPolicy : Policy
{
    internal const string KindName = "gaussian";

    private const float LeastLogDeviation = -5;
    private const float LargestLogDeviation = 2;

    private readonly NetworkSettings settings;
    private readonly Parameter logDeviation;
    private readonly Parameter[] parameters;
    private readonly Tape tape;

    /// <summary>Creates a policy.</summary>
    /// <param name="observations">Where observations come from.</param>
    /// <param name="actions">A bounded box.</param>
    /// <param name="settings">Layers of the network.</param>
    /// <param name="seed">Seed of the first weights.</param>
    /// <param name="workers">Threads of the kernels.</param>
    /// <exception cref="ArgumentException">The actions are no bounded box, or a setting is outside its range.</exception>
    public GaussianPolicy(Space observations, Space actions, NetworkSettings settings, ulong seed = 1, Workers? workers = null)
        : base(observations, actions)
    {
        if (actions is not BoxSpace { IsBounded: true })
        {
            throw new ArgumentException($"A Gaussian policy takes actions of a bounded box, not {actions}.", nameof(actions));
        }

        this.settings = settings;
        Network = NetworkBuilder.Build("actor", settings, ObservationInput.ShapeOf(observations), actions.Width, 0.01, seed);
        logDeviation = new Parameter("actor.log_deviation", new Shape(actions.Width));
        parameters = [.. Network.Parameters, logDeviation];
        tape = new Tape(workers, recording: false);
    }

    /// <summary>The network f.</summary>
    public Network Network { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => parameters;

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>-mean_i w_i log pi(a_i | s_i), recorded for differentiation.</summary>
    /// <param name="observations">s [rows, encoded observation width], on a tape.</param>
    /// <param name="unitActions">a in [-1, 1] [rows, action width], on the tape.</param>
    /// <param name="weights">w [rows, 1], on the tape; null for ones.</param>
    public Tensor NegativeLogLikelihood(Tensor observations, Tensor unitActions, Tensor? weights = null)
    {
        ArgumentNullException.ThrowIfNull(observations);
        Tensor mean = Network.Forward(observations).Tanh(), spread = logDeviation.On(observations.Tape!).Clamp(LeastLogDeviation, LargestLogDeviation);
        Tensor standard = (unitActions - mean) * (-spread).Exp();
        Tensor perRow = ((standard.Square() * 0.5f) + (spread + (float)(0.5 * Math.Log(2 * Math.PI)))).Sum(1, keepAxes: true);
        return (weights is null ? perRow : perRow * weights).Mean();
    }

    /// <summary>Draws actions in [-1, 1] for encoded observations.</summary>
    /// <param name="observations">s [rows, encoded observation width], on a tape.</param>
    /// <param name="stream">The random numbers of all rows.</param>
    /// <param name="unit">Receives the actions [rows, action width].</param>
    public void SampleUnit(Tensor observations, in RandomStream stream, Span<float> unit)
    {
        ReadOnlySpan<float> means = Network.Forward(observations).Tanh().Data;
        for (int i = 0; i < means.Length; i++)
        {
            unit[i] = Math.Clamp(means[i] + (Deviation(i % Actions.Width) * (float)stream.Normal(i)), -1, 1);
        }
    }

    /// <summary>Chooses actions in [-1, 1].</summary>
    /// <param name="observations">s [rows, observation width].</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="choice">Whether to sample, and with which random numbers.</param>
    /// <param name="unit">Receives the actions [rows, action width].</param>
    public void ChooseUnit(ReadOnlySpan<float> observations, int rows, ActionChoice choice, Span<float> unit)
    {
        tape.Reset();
        ReadOnlySpan<float> means = Network.Forward(ObservationInput.On(tape, Observations, observations, rows)).Tanh().Data;
        int width = Actions.Width;
        for (int row = 0; row < rows; row++)
        {
            Span<float> action = unit.Slice(row * width, width);
            ReadOnlySpan<float> mean = means.Slice(row * width, width);
            if (choice.Deterministic)
            {
                mean.CopyTo(action);
                continue;
            }

            RandomStream stream = new(choice.Seed, RandomPurpose.Exploration, choice.Step, row);
            for (int i = 0; i < width; i++)
            {
                action[i] = Math.Clamp(mean[i] + (Deviation(i) * (float)stream.Normal(i)), -1, 1);
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

    internal static GaussianPolicy Read(Space observations, Space actions, JsonFields fields) => new(observations, actions, NetworkSettingsJson.Read(fields, "network"));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            tape.Dispose();
        }
    }

    private float Deviation(int action) => MathF.Exp(Math.Clamp(logDeviation.Data[action], LeastLogDeviation, LargestLogDeviation));
}
