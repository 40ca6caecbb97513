using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace Proximal.Tensors.Safetensors;

/// <summary>
/// The header of a file, parsed and checked: 8 bytes of length, then JSON that maps names to type, shape and byte range. The ranges must tile the
/// data: no hole, no overlap, nothing left over.
/// </summary>
internal sealed class SafetensorsHeader
{
    /// <summary>Bytes before the JSON: its length as a little-endian 64-bit integer.</summary>
    public const int PrefixBytes = 8;

    /// <summary>The longest JSON that is read; the limit of the reference implementation.</summary>
    public const long MaximumBytes = 100_000_000;

    public const string MetadataKey = "__metadata__";

    private const int MaximumRank = 32;

    private readonly string file;
    private readonly List<SafetensorsTensor> tensors = [];
    private readonly Dictionary<string, string> metadata = [];

    private SafetensorsHeader(string file) => this.file = file;

    /// <summary>The tensors in the order of their data.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors => tensors;

    public IReadOnlyDictionary<string, string> Metadata => metadata;

    /// <summary>Checks the length that the first 8 bytes claim against the size of the file.</summary>
    public static int CheckLength(string file, ulong claimed, long fileBytes)
    {
        if (claimed > MaximumBytes)
        {
            throw new SafetensorsException(file, null, $"header length {claimed}, expected at most {MaximumBytes}.");
        }

        if ((long)claimed > fileBytes - PrefixBytes)
        {
            throw new SafetensorsException(file, null, $"header length {claimed}, expected at most {fileBytes - PrefixBytes}: the file ends there.");
        }

        return (int)claimed;
    }

    /// <summary>Parses the JSON of a file that has <paramref name="dataBytes"/> bytes after it.</summary>
    public static SafetensorsHeader Parse(string file, ReadOnlySpan<byte> json, long dataBytes)
    {
        SafetensorsHeader header = new(file);
        if (!Utf8.IsValid(json))
        {
            throw header.Fault("the header is not UTF-8, expected JSON in UTF-8.");
        }

        try
        {
            header.ReadObject(json);
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            throw new SafetensorsException(file, null, $"the header is not valid JSON: {cause.Message.ReplaceLineEndings(" ")}", cause);
        }

        header.CheckTiling(dataBytes);
        return header;
    }

    private void ReadObject(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = 4 });
        HashSet<string> seen = [];
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Fault($"the header begins with {Kind(reader.TokenType)}, expected an object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            if (!seen.Add(name))
            {
                throw Fault("the name stands twice in the header, expected once.", name);
            }

            reader.Read();
            if (name == MetadataKey)
            {
                ReadMetadata(ref reader);
            }
            else
            {
                tensors.Add(ReadTensor(ref reader, name));
            }
        }

        reader.Read();
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Fault($"{MetadataKey} is {Kind(reader.TokenType)}, expected an object of strings.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
            {
                throw Fault($"{MetadataKey} key {SafetensorsException.Quote(key)} is {Kind(reader.TokenType)}, expected a string.");
            }

            if (!metadata.TryAdd(key, reader.GetString()!))
            {
                throw Fault($"{MetadataKey} key {SafetensorsException.Quote(key)} stands twice, expected once.");
            }
        }
    }

    private SafetensorsTensor ReadTensor(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Fault($"{Kind(reader.TokenType)}, expected an object with dtype, shape and data_offsets.", name);
        }

        SafetensorsType? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string field = reader.GetString()!;
            reader.Read();
            switch (field)
            {
                case "dtype" when type is null:
                    type = ReadType(ref reader, name);
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(ref reader, name, "shape", MaximumRank);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers(ref reader, name, "data_offsets", 2);
                    break;
                case "dtype" or "shape" or "data_offsets":
                    throw Fault($"{field} stands twice, expected once.", name);
                default:
                    throw Fault($"field {SafetensorsException.Quote(field)}, expected dtype, shape and data_offsets only.", name);
            }
        }

        if (type is not { } known || shape is null || offsets is null)
        {
            string missing = type is null ? "dtype" : shape is null ? "shape" : "data_offsets";
            throw Fault($"{missing} is missing, expected dtype, shape and data_offsets.", name);
        }

        return Checked(name, known, shape, offsets);
    }

    private SafetensorsTensor Checked(string name, SafetensorsType type, long[] shape, long[] offsets)
    {
        if (offsets.Length != 2 || offsets[0] > offsets[1])
        {
            throw Fault($"data_offsets [{string.Join(", ", offsets)}], expected a begin and an end not before it.", name);
        }

        UInt128 bytes = (UInt128)type.ByteSize();
        foreach (long size in shape)
        {
            bytes *= (UInt128)size;
            if (bytes > long.MaxValue)
            {
                throw Fault($"shape [{string.Join(", ", shape)}] has more than 2^63 bytes, expected fewer.", name);
            }
        }

        long held = offsets[1] - offsets[0];
        if ((UInt128)held != bytes)
        {
            throw Fault(
                $"data_offsets [{offsets[0]}, {offsets[1]}] hold {held} bytes, expected {bytes} for {type.FormatName()} [{string.Join(", ", shape)}].",
                name);
        }

        return new SafetensorsTensor(name, type, shape, offsets[0], held);
    }

    private SafetensorsType ReadType(ref Utf8JsonReader reader, string name)
    {
        string? text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return SafetensorsTypes.TryParse(text, out SafetensorsType type)
            ? type
            : throw Fault($"dtype {(text is null ? Kind(reader.TokenType) : SafetensorsException.Quote(text))}, expected one of {SafetensorsTypes.Names}.", name);
    }

    private long[] ReadNumbers(ref Utf8JsonReader reader, string name, string field, int most)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Fault($"{field} is {Kind(reader.TokenType)}, expected a list of integers.", name);
        }

        List<long> numbers = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0)
            {
                string found = reader.TokenType == JsonTokenType.Number
                    ? SafetensorsException.Quote(System.Text.Encoding.UTF8.GetString(reader.ValueSpan))
                    : Kind(reader.TokenType);
                throw Fault($"{field} contains {found}, expected integers from 0 to 2^63-1.", name);
            }

            if (numbers.Count == most)
            {
                throw Fault($"{field} has more than {most.ToString(CultureInfo.InvariantCulture)} entries, expected at most that.", name);
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }

    private void CheckTiling(long dataBytes)
    {
        tensors.Sort((a, b) => (a.Offset, a.ByteLength).CompareTo((b.Offset, b.ByteLength)));
        long end = 0;
        foreach (SafetensorsTensor tensor in tensors)
        {
            if (tensor.Offset != end)
            {
                string relation = tensor.Offset < end ? "overlap the tensor before" : "leave a hole";
                throw Fault($"data_offsets [{tensor.Offset}, {tensor.Offset + tensor.ByteLength}] {relation}, expected a begin of {end}.", tensor.Name);
            }

            end = tensor.Offset + tensor.ByteLength;
            if (end > dataBytes)
            {
                throw Fault($"data_offsets [{tensor.Offset}, {end}] end beyond the file, expected at most {dataBytes}.", tensor.Name);
            }
        }

        if (end != dataBytes)
        {
            throw Fault($"{dataBytes} bytes of data, expected {end} as the tensors say.");
        }
    }

    private SafetensorsException Fault(string fault, string? tensor = null) => new(file, tensor, fault);

    private static string Kind(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        JsonTokenType.Null => "null",
        _ => "nothing",
    };
}
