using System.Text.Json;
using Proximal.Models.Files;

namespace Proximal.Models.Networks;

/// <summary>Settings of networks in JSON.</summary>
internal static class NetworkSettingsJson
{
    private static readonly string[] Activations = ["identity", "relu", "tanh", "leaky-relu", "elu", "gelu", "silu", "mish"];
    private static readonly string[] Memories = ["none", "lstm", "gru"];

    public static void Write(Utf8JsonWriter writer, string name, NetworkSettings settings)
    {
        writer.WriteStartObject(name);
        writer.WriteStartArray("hidden");
        foreach (int width in settings.Hidden)
        {
            writer.WriteNumberValue(width);
        }

        writer.WriteEndArray();
        writer.WriteString("activation", Activations[(int)settings.Activation]);
        writer.WriteStartArray("convolutions");
        foreach (ConvolutionSettings convolution in settings.Convolutions)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(convolution.Filters);
            writer.WriteNumberValue(convolution.Size);
            writer.WriteNumberValue(convolution.Stride);
            writer.WriteNumberValue(convolution.Padding);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteString("memory", Memories[(int)settings.Memory]);
        writer.WriteNumber("memory-width", settings.MemoryWidth);
        writer.WriteBoolean("orthogonal", settings.Orthogonal);
        writer.WriteEndObject();
    }

    public static NetworkSettings Read(JsonFields parent, string key)
    {
        JsonFields fields = parent.ObjectOrNull(key) ?? throw parent.Missing(key);
        return new NetworkSettings
        {
            Hidden = fields.Integers("hidden", 1, NetworkSettings.LargestWidth, NetworkSettings.MostLayers),
            Activation = (Activation)Choice(fields, "activation", Activations),
            Convolutions = ReadConvolutions(fields),
            Memory = (MemoryKind)Choice(fields, "memory", Memories),
            MemoryWidth = fields.Integer("memory-width", 1, NetworkSettings.LargestWidth),
            Orthogonal = fields.Flag("orthogonal", absent: true),
        };
    }

    private static ConvolutionSettings[] ReadConvolutions(JsonFields fields)
    {
        if (fields.ListOrNull("convolutions") is not { } list)
        {
            return [];
        }

        if (list.GetArrayLength() > NetworkSettings.MostLayers)
        {
            throw fields.Fault("convolutions", $"a list of {list.GetArrayLength()}", $"at most {NetworkSettings.MostLayers} layers");
        }

        return
        [
            .. list.EnumerateArray().Select((layer, i) =>
                layer.ValueKind == JsonValueKind.Array && layer.GetArrayLength() == 4 && layer.EnumerateArray().All(IsSetting)
                    && layer[0].GetInt32() is >= 1 and <= 4096 && layer[1].GetInt32() is >= 1 and <= 64 && layer[2].GetInt32() is >= 1 and <= 64 && layer[3].GetInt32() <= 64
                    ? new ConvolutionSettings(layer[0].GetInt32(), layer[1].GetInt32(), layer[2].GetInt32(), layer[3].GetInt32())
                    : throw fields.Fault($"convolutions[{i}]", layer, "filters, size, stride and padding")),
        ];
    }

    private static bool IsSetting(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= 0;

    private static int Choice(JsonFields fields, string key, string[] names) =>
        Array.IndexOf(names, fields.Text(key)) is >= 0 and int index ? index : throw fields.Fault(key, fields.Text(key), $"one of {string.Join(", ", names)}");
}
