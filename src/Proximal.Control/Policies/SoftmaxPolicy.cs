using System.Text.Json;
using Proximal.Control.Spaces;
using Proximal.Control.Values;
using Proximal.Models.Files;
using Proximal.Models.Networks;
using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Control.Policies;

/// <summary>pi(a | s) = softmax of a network's outputs among the legal actions.</summary>
public sealed class SoftmaxPolicy : Policy
{
    internal const string KindName = "softmax";

    private readonly NetworkSettings settings;
    private readonly Tape tape;
    private readonly float[] probabilities;

    /// <summary>Creates a policy.</summary>
    /// <param name="observations">Where observations come from.</param>
    /// <param name="actions">A discrete space.</param>
    /// <param name="settings">Layers of the network.</param>
    /// <param name="seed">Seed of the first weights.</param>
    /// <param name="workers">Threads of the kernels.</param>
    /// <exception cref="ArgumentException">The actions are not discrete, or a setting is outside its range.</exception>
    public SoftmaxPolicy(Space observations, Space actions, NetworkSettings settings, ulong seed = 1, Workers? workers = null)
        : base(observations, actions)
    {
        if (actions is not DiscreteSpace discrete)
        {
            throw new ArgumentException($"A softmax policy takes discrete actions, not {actions}.", nameof(actions));
        }

        this.settings = settings;
        Network = NetworkBuilder.Build("actor", settings, ObservationInput.ShapeOf(observations), discrete.Count, 0.01, seed);
        tape = new Tape(workers, recording: false);
        probabilities = new float[discrete.Count];
    }

    /// <summary>The network of the logits [rows, actions].</summary>
    public Network Network { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => Network.Parameters;

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override void Act(PolicyInput input, ActionChoice choice, Span<float> actions)
    {
        tape.Reset();
        ReadOnlySpan<float> logits = Network.Forward(ObservationInput.On(tape, Observations, input.Observations, input.Count)).Data;
        int width = probabilities.Length;
        for (int row = 0; row < input.Count; row++)
        {
            ReadOnlySpan<float> each = logits.Slice(row * width, width);
            ReadOnlySpan<bool> mask = input.Masks.IsEmpty ? [] : input.Masks.Slice(row * width, width);
            actions[row] = choice.Deterministic
                ? DiscreteActions.Greedy(each, mask)
                : Sample(each, mask, new RandomStream(choice.Seed, RandomPurpose.Exploration, choice.Step, row).Uniform(0));
        }
    }

    /// <inheritdoc/>
    public override void WriteSettings(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        NetworkSettingsJson.Write(writer, "network", settings);
    }

    internal static SoftmaxPolicy Read(Space observations, Space actions, JsonFields fields) => new(observations, actions, NetworkSettingsJson.Read(fields, "network"));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            tape.Dispose();
        }
    }

    private int Sample(ReadOnlySpan<float> logits, ReadOnlySpan<bool> mask, double uniform)
    {
        MaskedSoftmax.Compute(logits, mask, probabilities, []);
        double sum = 0;
        int last = 0;
        for (int action = 0; action < probabilities.Length; action++)
        {
            sum += probabilities[action];
            if (probabilities[action] > 0)
            {
                last = action;
                if (uniform < sum)
                {
                    break;
                }
            }
        }

        return last;
    }
}
