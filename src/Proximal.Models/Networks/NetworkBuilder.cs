using Proximal.Tensors;

namespace Proximal.Models.Networks;

/// <summary>Builds networks from settings.</summary>
public static class NetworkBuilder
{
    /// <summary>A network from observations to outputs: convolutions, hidden layers, and a last linear layer. The memory of the settings is left out.</summary>
    /// <param name="name">Beginning of the parameters' names.</param>
    /// <param name="settings">Layers.</param>
    /// <param name="input">[numbers], or [channels, height, width].</param>
    /// <param name="outputs">Numbers per output row.</param>
    /// <param name="outputGain">Gain of the last layer's orthogonal weights.</param>
    /// <param name="seed">Seed of the first weights.</param>
    /// <exception cref="ArgumentException">A setting is outside its range, or does not fit the input.</exception>
    public static Network Build(string name, NetworkSettings settings, Shape input, int outputs, double outputGain, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        ConvNet? convolutions = Convolutions(name, settings, input, seed);
        int width = convolutions?.OutputWidth ?? input.Length;
        Mlp layers = new(name, [width, .. settings.Hidden, outputs], settings.Activation, seed, settings.HiddenInitialization, settings.OutputInitialization(outputGain));
        return convolutions is null ? layers : new SequentialNetwork(input.Length, convolutions, layers);
    }

    /// <summary>A network from observations to features, the activations of the last hidden layer.</summary>
    /// <param name="name">Beginning of the parameters' names.</param>
    /// <param name="settings">Layers.</param>
    /// <param name="input">[numbers], or [channels, height, width].</param>
    /// <param name="seed">Seed of the first weights.</param>
    /// <exception cref="ArgumentException">A setting is outside its range, or does not fit the input.</exception>
    public static Network BuildFeatures(string name, NetworkSettings settings, Shape input, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        List<Network> parts = [];
        if (Convolutions(name, settings, input, seed) is { } convolutions)
        {
            parts.Add(convolutions);
        }

        if (settings.Hidden.Count > 0)
        {
            int width = parts.Count > 0 ? parts[0].OutputWidth : input.Length;
            parts.Add(new Mlp(name, [width, .. settings.Hidden], settings.Activation, seed, settings.HiddenInitialization, settings.HiddenInitialization, settings.Activation));
        }

        return new SequentialNetwork(input.Length, [.. parts]);
    }

    /// <summary>The memory of the settings; null for none.</summary>
    /// <param name="name">Beginning of the parameters' names.</param>
    /// <param name="settings">Kind and width.</param>
    /// <param name="inputs">Numbers per input row.</param>
    /// <param name="seed">Seed of the first weights.</param>
    public static RecurrentCell? BuildMemory(string name, NetworkSettings settings, int inputs, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(settings);
        WeightInitialization initialization = settings.OutputInitialization(1);
        return settings.Memory switch
        {
            MemoryKind.Lstm => new LstmCell(name, inputs, settings.MemoryWidth, initialization, seed),
            MemoryKind.Gru => new GruCell(name, inputs, settings.MemoryWidth, initialization, seed),
            _ => null,
        };
    }

    private static ConvNet? Convolutions(string name, NetworkSettings settings, Shape input, ulong seed) => settings.Convolutions.Count == 0
        ? null
        : new ConvNet($"{name}.convolution", input, settings.Convolutions, settings.Activation, settings.HiddenInitialization, seed);
}
