using System.Text.Json;
using Proximal.Control.Distributions;
using Proximal.Control.Spaces;
using Proximal.Models.Files;
using Proximal.Models.Networks;
using Proximal.Tensors;

namespace Proximal.Control.Policies;

/// <summary>
/// A deterministic function from observations to actions: the largest output of each choice, or tanh of the outputs within the bounds of a
/// box. What evolution and other searches through parameters learn.
/// </summary>
public sealed class NetworkPolicy : Policy
{
    internal const string KindName = "network";

    private const int WidestLayer = 1 << 14;

    private readonly int[] hidden;
    private readonly Activation activation;
    private readonly Mlp network;
    private readonly Tape tape = new(recording: false);

    /// <summary>Creates a policy.</summary>
    /// <param name="observations">Where observations come from.</param>
    /// <param name="actions">A discrete, multi-discrete or bounded box space.</param>
    /// <param name="hidden">Sizes of the hidden layers; none for a linear policy.</param>
    /// <param name="activation">After the hidden layers.</param>
    /// <param name="seed">Seed of the first weights.</param>
    /// <exception cref="ArgumentException">The actions are a dictionary or have no bounds.</exception>
    public NetworkPolicy(Space observations, Space actions, ReadOnlySpan<int> hidden, Activation activation = Activation.Tanh, ulong seed = 1)
        : base(observations, actions)
    {
        if (actions is DictionarySpace or BoxSpace { IsBounded: false })
        {
            throw new ArgumentException($"A network policy takes discrete, multi-discrete or bounded box actions, not {actions}.", nameof(actions));
        }

        this.hidden = hidden.ToArray();
        this.activation = activation;
        network = new Mlp(
            "policy", [observations.EncodedWidth, .. hidden, actions.EncodedWidth], activation, seed, WeightInitialization.FanIn, WeightInitialization.FanIn);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => network.Parameters;

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override void Act(PolicyInput input, ActionChoice choice, Span<float> actions)
    {
        tape.Reset();
        Tensor encoded = tape.Empty(new Shape(input.Count, Observations.EncodedWidth));
        Observations.EncodeRows(input.Observations, encoded.Data);
        ReadOnlySpan<float> outputs = network.Forward(encoded).Data;
        int width = Actions.Width, outputWidth = Actions.EncodedWidth;
        for (int row = 0; row < input.Count; row++)
        {
            ReadOnlySpan<bool> mask = input.Masks.IsEmpty ? [] : input.Masks.Slice(row * outputWidth, outputWidth);
            Decide(outputs.Slice(row * outputWidth, outputWidth), mask, actions.Slice(row * width, width));
        }
    }

    /// <inheritdoc/>
    public override void WriteSettings(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartArray("hidden");
        foreach (int size in hidden)
        {
            writer.WriteNumberValue(size);
        }

        writer.WriteEndArray();
        writer.WriteString("activation", activation.ToString());
    }

    internal static NetworkPolicy Read(Space observations, Space actions, JsonFields settings)
    {
        string name = settings.Text("activation");
        return Enum.TryParse(name, out Activation activation) && Enum.IsDefined(activation)
            ? new NetworkPolicy(observations, actions, settings.Integers("hidden", 1, WidestLayer, 16), activation)
            : throw settings.Fault("activation", name, string.Join(", ", Enum.GetNames<Activation>()));
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

    private void Decide(ReadOnlySpan<float> outputs, ReadOnlySpan<bool> mask, Span<float> action)
    {
        switch (Actions)
        {
            case DiscreteSpace:
                action[0] = Categorical.Mode(outputs, mask);
                break;
            case MultiDiscreteSpace choices:
                int start = 0;
                for (int i = 0; i < action.Length; i++)
                {
                    int count = choices.Counts[i];
                    action[i] = Categorical.Mode(outputs.Slice(start, count), mask.IsEmpty ? [] : mask.Slice(start, count));
                    start += count;
                }

                break;
            case BoxSpace box:
                for (int i = 0; i < action.Length; i++)
                {
                    action[i] = MathF.Tanh(outputs[i]);
                }

                box.FromUnit(action, action);
                break;
            default:
                throw new InvalidOperationException($"There is no action for {Actions}.");
        }
    }
}
