namespace Proximal.Tensors.Safetensors;

/// <summary>Names and sizes of <see cref="SafetensorsType"/>.</summary>
internal static class SafetensorsTypes
{
    private static readonly (SafetensorsType Type, string Name, int Size)[] All =
    [
        (SafetensorsType.Boolean, "BOOL", 1),
        (SafetensorsType.UInt8, "U8", 1),
        (SafetensorsType.Int8, "I8", 1),
        (SafetensorsType.UInt16, "U16", 2),
        (SafetensorsType.Int16, "I16", 2),
        (SafetensorsType.Float16, "F16", 2),
        (SafetensorsType.BFloat16, "BF16", 2),
        (SafetensorsType.UInt32, "U32", 4),
        (SafetensorsType.Int32, "I32", 4),
        (SafetensorsType.Float32, "F32", 4),
        (SafetensorsType.UInt64, "U64", 8),
        (SafetensorsType.Int64, "I64", 8),
        (SafetensorsType.Float64, "F64", 8),
    ];

    /// <summary>The names of all types, for messages.</summary>
    internal static string Names { get; } = string.Join(", ", All.Select(entry => entry.Name));

    /// <summary>Bytes of one element.</summary>
    public static int ByteSize(this SafetensorsType type) => Entry(type).Size;

    /// <summary>The name in the file, as <c>BF16</c>.</summary>
    public static string FormatName(this SafetensorsType type) => Entry(type).Name;

    /// <summary>Whether elements are floating-point numbers.</summary>
    public static bool IsFloatingPoint(this SafetensorsType type) =>
        type is SafetensorsType.Float16 or SafetensorsType.BFloat16 or SafetensorsType.Float32 or SafetensorsType.Float64;

    /// <summary>Finds the type with a name as it stands in the file.</summary>
    public static bool TryParse(string? name, out SafetensorsType type)
    {
        foreach ((SafetensorsType candidate, string candidateName, _) in All)
        {
            if (candidateName == name)
            {
                type = candidate;
                return true;
            }
        }

        type = default;
        return false;
    }

    private static (SafetensorsType Type, string Name, int Size) Entry(SafetensorsType type) => (uint)type < (uint)All.Length
        ? All[(int)type]
        : throw new ArgumentOutOfRangeException(nameof(type), type, "Not a safetensors type.");
}
