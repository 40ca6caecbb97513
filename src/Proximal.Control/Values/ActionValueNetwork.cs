using Proximal.Models.Networks;
using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Control.Values;

/// <summary>Values of all discrete actions of a state: plain, dueling, noisy, and of distributions, in every combination.</summary>
public sealed class ActionValueNetwork : Network
{
    private readonly Network features;
    private readonly Network[] head;
    private readonly Network[] valueHead;
    private readonly NoisyLinearLayer[] noisyLayers;
    private readonly Parameter[] parameters;
    private readonly ActionValueSettings settings;

    /// <summary>Creates a network.</summary>
    /// <param name="name">Beginning of the parameters' names.</param>
    /// <param name="settings">Layers and head.</param>
    /// <param name="input">[numbers], or [channels, height, width].</param>
    /// <param name="actions">Number of actions.</param>
    /// <param name="seed">Seed of the first weights.</param>
    /// <exception cref="ArgumentException">A setting is outside its range, or does not fit the input.</exception>
    public ActionValueNetwork(string name, ActionValueSettings settings, Shape input, int actions, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(actions, 1);
        this.settings = settings;
        Actions = actions;
        IReadOnlyList<int> hidden = settings.Network.Hidden;
        features = NetworkBuilder.BuildFeatures($"{name}.features", settings.Network with { Hidden = [.. hidden.SkipLast(1)] }, input, seed);
        List<NoisyLinearLayer> noisy = [];
        head = Head($"{name}.advantage", actions * settings.OutputsPerAction);
        valueHead = settings.Dueling ? Head($"{name}.value", settings.OutputsPerAction) : [];
        noisyLayers = [.. noisy];
        parameters = [.. features.Parameters, .. head.SelectMany(layer => layer.Parameters), .. valueHead.SelectMany(layer => layer.Parameters)];

        Network[] Head(string part, int outputs)
        {
            int[] sizes = [features.OutputWidth, .. hidden.TakeLast(1), outputs];
            return [.. Enumerable.Range(0, sizes.Length - 1).Select(i => Layer(part, i, sizes[i], sizes[i + 1], i == sizes.Length - 2))];
        }

        Network Layer(string part, int i, int inputs, int outputs, bool last)
        {
            RandomStream stream = NetworkRandom.Stream(seed, part, i);
            if (!settings.Noisy)
            {
                return new LinearLayer($"{part}.{i}", inputs, outputs, last ? settings.Network.OutputInitialization(1) : settings.Network.HiddenInitialization, in stream);
            }

            noisy.Add(new NoisyLinearLayer($"{part}.{i}", inputs, outputs, settings.NoiseDeviation, in stream));
            return noisy[^1];
        }
    }

    /// <summary>Number of actions.</summary>
    public int Actions { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => parameters;

    /// <inheritdoc/>
    public override int InputWidth => features.InputWidth;

    /// <inheritdoc/>
    public override int OutputWidth => Actions * settings.OutputsPerAction;

    /// <summary>Q = V + A - mean_a A, for each number of an action.</summary>
    /// <param name="value">V [rows, outputs per action].</param>
    /// <param name="advantages">A [rows, actions * outputs per action].</param>
    /// <returns>Q [rows, actions * outputs per action].</returns>
    public static Tensor Duel(Tensor value, Tensor advantages)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(advantages);
        int rows = value.Shape[0], width = value.Shape[1], actions = advantages.Shape[1] / width;
        Tensor each = advantages.Reshape(rows, actions, width);
        return each.Subtract(each.Mean(1, keepAxes: true)).Add(value.Reshape(rows, 1, width)).Reshape(rows, actions * width);
    }

    /// <summary>Switches the noise of noisy layers.</summary>
    public void SetNoise(bool noisy)
    {
        foreach (NoisyLinearLayer layer in noisyLayers)
        {
            layer.IsNoisy = noisy;
        }
    }

    /// <summary>Draws new noise for noisy layers.</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="step">A counter; each value has its own noise.</param>
    /// <param name="which">Tells several networks apart.</param>
    public void ResampleNoise(ulong seed, long step, int which)
    {
        for (int i = 0; i < noisyLayers.Length; i++)
        {
            noisyLayers[i].Resample(new RandomStream(seed, RandomPurpose.Component, step, i, which));
        }
    }

    /// <summary>Q(s, a) of outputs: themselves, or the means of the distributions.</summary>
    /// <param name="outputs">[rows, actions * outputs per action].</param>
    /// <param name="values">Receives Q [rows, actions].</param>
    public void Means(ReadOnlySpan<float> outputs, Span<float> values)
    {
        int atoms = settings.OutputsPerAction;
        Span<float> probabilities = atoms <= 1024 ? stackalloc float[atoms] : new float[atoms];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<float> each = outputs.Slice(i * atoms, atoms);
            switch (settings.Distribution)
            {
                case ValueDistribution.Categorical:
                    CategoricalValues.Softmax(each, probabilities);
                    values[i] = CategoricalValues.Mean(probabilities, settings.MinimumValue, settings.MaximumValue);
                    break;
                case ValueDistribution.Quantile:
                    float sum = 0;
                    foreach (float quantile in each)
                    {
                        sum += quantile;
                    }

                    values[i] = sum / atoms;
                    break;
                default:
                    values[i] = each[0];
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input)
    {
        Tensor x = features.Forward(input), advantages = Through(head, x);
        return settings.Dueling ? Duel(Through(valueHead, x), advantages) : advantages;
    }

    /// <inheritdoc/>
    public override Tensor Tangent(Network direction, Tensor input, Tensor? inputTangent, out Tensor output)
    {
        ActionValueNetwork along = Like<ActionValueNetwork>(direction);
        Tensor tangent = features.Tangent(along.features, input, inputTangent, out Tensor x), advantageTangent = Through(head, along.head, x, tangent, out output);
        if (!settings.Dueling)
        {
            return advantageTangent;
        }

        Tensor valueTangent = Through(valueHead, along.valueHead, x, tangent, out Tensor value);
        output = Duel(value, output);
        return Duel(valueTangent, advantageTangent);
    }

    private Tensor Through(Network[] layers, Network[] along, Tensor x, Tensor tangent, out Tensor output)
    {
        output = x;
        for (int i = 0; i < layers.Length; i++)
        {
            tangent = layers[i].Tangent(along[i], output, tangent, out Tensor sum);
            Activation function = i < layers.Length - 1 ? settings.Network.Activation : Activation.Identity;
            output = function.Apply(sum);
            tangent = function.Tangent(sum, output, tangent);
        }

        return tangent;
    }

    private Tensor Through(Network[] layers, Tensor x)
    {
        for (int i = 0; i < layers.Length; i++)
        {
            x = layers[i].Forward(x);
            x = i < layers.Length - 1 ? settings.Network.Activation.Apply(x) : x;
        }

        return x;
    }
}
