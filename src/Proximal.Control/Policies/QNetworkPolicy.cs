using System.Text.Json;
using Proximal.Control.Spaces;
using Proximal.Control.Values;
using Proximal.Models.Files;
using Proximal.Tensors;

namespace Proximal.Control.Policies;

/// <summary>Takes the legal action of the greatest value, argmax_a Q(s, a), whether or not actions are to be sampled.</summary>
public sealed class QNetworkPolicy : Policy
{
    internal const string KindName = "q-network";

    private readonly ActionValueSettings settings;
    private readonly Tape tape;
    private float[] values = [];

    /// <summary>Creates a policy.</summary>
    /// <param name="observations">Where observations come from.</param>
    /// <param name="actions">A discrete space.</param>
    /// <param name="settings">The network.</param>
    /// <param name="seed">Seed of the first weights.</param>
    /// <param name="workers">Threads of the kernels.</param>
    /// <exception cref="ArgumentException">The actions are not discrete, or a setting is outside its range.</exception>
    public QNetworkPolicy(Space observations, Space actions, ActionValueSettings settings, ulong seed = 1, Workers? workers = null)
        : base(observations, actions)
    {
        if (actions is not DiscreteSpace discrete)
        {
            throw new ArgumentException($"A policy of action values takes discrete actions, not {actions}.", nameof(actions));
        }

        this.settings = settings;
        Network = new ActionValueNetwork("q", settings, ObservationInput.ShapeOf(observations), discrete.Count, seed);
        tape = new Tape(workers, recording: false);
    }

    /// <summary>The network of Q.</summary>
    public ActionValueNetwork Network { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => Network.Parameters;

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <summary>Computes Q(s, a) of all actions.</summary>
    /// <param name="observations">s [rows, observation width].</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="actionValues">Receives the values [rows, actions].</param>
    public void Evaluate(ReadOnlySpan<float> observations, int rows, Span<float> actionValues)
    {
        tape.Reset();
        Network.Means(Network.Forward(ObservationInput.On(tape, Observations, observations, rows)).Data, actionValues);
    }

    /// <inheritdoc/>
    public override void Act(PolicyInput input, ActionChoice choice, Span<float> actions)
    {
        int width = Network.Actions;
        if (values.Length < input.Count * width)
        {
            values = new float[input.Count * width];
        }

        Evaluate(input.Observations, input.Count, values.AsSpan(0, input.Count * width));
        for (int row = 0; row < input.Count; row++)
        {
            actions[row] = DiscreteActions.Greedy(values.AsSpan(row * width, width), input.Masks.IsEmpty ? [] : input.Masks.Slice(row * width, width));
        }
    }

    /// <inheritdoc/>
    public override void WriteSettings(Utf8JsonWriter writer) => settings.Write(writer);

    internal static QNetworkPolicy Read(Space observations, Space actions, JsonFields fields) => new(observations, actions, ActionValueSettings.Read(fields));

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
