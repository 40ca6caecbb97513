using System.Buffers.Binary;
using System.Text;
using Proximal.Tensors.Random;
using Proximal.Tensors.Safetensors;

namespace Proximal.Tensors.Tests.Safetensors;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(SafetensorsType.Float32)]
    [InlineData(SafetensorsType.Float64)]
    [InlineData(SafetensorsType.Float16)]
    [InlineData(SafetensorsType.BFloat16)]
    public void Floats_that_fit_come_back_unchanged(SafetensorsType type)
    {
        float[] values = [.. Enumerable.Range(0, 70_001).Select(i => (i % 255) * 0.5f)];
        string path = folder.File("a.safetensors");
        SafetensorsWriter.Write(path, [SafetensorsContent.FromSingles("w", [70_001], values, type)]);
        using SafetensorsFile file = SafetensorsFile.Open(path);
        Assert.Equal(type, file.Find("w").Type);
        Assert.Equal(values, file.ReadSingles("w"));
    }

    [Fact]
    public void Parameters_integers_scalars_and_empty_tensors_come_back()
    {
        using Parameter parameter = new("p", new Shape(2, 3));
        parameter.Data[5] = 7;
        string path = folder.File("a.safetensors");
        SafetensorsWriter.Write(
            path,
            [
                SafetensorsContent.FromTensor("p", parameter),
                SafetensorsContent.FromIntegers("i", [3], [long.MinValue, 0, long.MaxValue]),
                SafetensorsContent.FromSingles("scalar", [], new float[] { 3 }),
                SafetensorsContent.FromSingles("empty", [0, 4], Array.Empty<float>()),
                SafetensorsContent.FromBytes("bits", SafetensorsType.Boolean, [2], new byte[] { 0, 1 }),
                SafetensorsContent.FromBytes("small", SafetensorsType.Int8, [2], new byte[] { 0xFF, 1 }),
            ],
            new Dictionary<string, string> { ["format"] = "pt" });
        using SafetensorsFile file = SafetensorsFile.Open(path);
        Assert.True(file.Find("p").HasShape(new Shape(2, 3)));
        Assert.Equal([0, 0, 0, 0, 0, 7], file.ReadSingles("p"));
        Assert.Equal([long.MinValue, 0, long.MaxValue], file.ReadIntegers("i"));
        Assert.Equal([3], file.ReadSingles("scalar"));
        Assert.Empty(file.ReadSingles("empty"));
        Assert.Equal([0, 1], file.ReadIntegers("bits"));
        Assert.Equal([-1, 1], file.ReadIntegers("small"));
        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Equal(["i", "empty", "p", "scalar", "bits", "small"], file.Tensors.Select(tensor => tensor.Name));
        Assert.Throws<SafetensorsException>(() => file.ReadSingles("i"));
        Assert.Throws<SafetensorsException>(() => file.ReadIntegers("p"));
        Assert.Throws<SafetensorsException>(() => file.ReadSingles("absent"));
        Assert.Throws<SafetensorsException>(() => file.ReadSingles("p", new float[5]));
    }

    [Fact]
    public void The_order_of_the_tensors_given_does_not_change_the_bytes()
    {
        SafetensorsContent a = SafetensorsContent.FromSingles("a", [1], new float[] { 1 });
        SafetensorsContent b = SafetensorsContent.FromSingles("b", [1], new float[] { 2 }, SafetensorsType.BFloat16);
        SafetensorsWriter.Write(folder.File("1"), [a, b]);
        SafetensorsWriter.Write(folder.File("2"), [b, a]);
        byte[] bytes = File.ReadAllBytes(folder.File("1"));
        Assert.Equal(bytes, File.ReadAllBytes(folder.File("2")));
        Assert.Equal(0UL, BinaryPrimitives.ReadUInt64LittleEndian(bytes) % 8);
    }

    [Fact]
    public void Two_tensors_of_one_name_are_not_written()
    {
        SafetensorsContent a = SafetensorsContent.FromSingles("a", [1], new float[] { 1 });
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(folder.File("1"), [a, a]));
        Assert.Throws<ArgumentException>(() => SafetensorsContent.FromSingles("a", [2], new float[] { 1 }));
        Assert.Throws<ArgumentException>(() => SafetensorsContent.FromSingles("a", [1], new float[] { 1 }, SafetensorsType.Int32));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("", 0, "not valid JSON")]
    [InlineData("[]", 0, "expected an object")]
    [InlineData("{", 0, "not valid JSON")]
    [InlineData("{} x", 0, "not valid JSON")]
    [InlineData("{}", 4, "4 bytes of data, expected 0")]
    [InlineData("""{"a":1}""", 0, "\"a\": a number, expected an object")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "data_offsets is missing")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,4]}}""", 4, "shape is missing")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", 4, "dtype is missing")]
    [InlineData("""{"a":{"dtype":"F8","shape":[1],"data_offsets":[0,4]}}""", 4, "dtype \"F8\", expected one of BOOL")]
    [InlineData("""{"a":{"dtype":7,"shape":[1],"data_offsets":[0,4]}}""", 4, "dtype a number")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "dtype stands twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":{}}}""", 4, "field \"x\"")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "shape contains \"-1\"")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "shape contains \"1.5\"")]
    [InlineData("""{"a":{"dtype":"F32","shape":[18446744073709551617],"data_offsets":[0,4]}}""", 4, "shape contains")]
    [InlineData("""{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""", 4, "shape contains a string")]
    [InlineData("""{"a":{"dtype":"F32","shape":1,"data_offsets":[0,4]}}""", 4, "shape is a number")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807],"data_offsets":[0,4]}}""", 4, "more than 2^63 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 4, "expected a begin and an end")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", 4, "more than 2 entries")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "expected a begin and an end")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,3]}}""", 3, "hold 3 bytes, expected 4")]
    [InlineData("""{"a":{"dtype":"BF16","shape":[1],"data_offsets":[0,4]}}""", 4, "hold 4 bytes, expected 2")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "end beyond the file")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[9223372036854775800,9223372036854775804]}}""", 4, "leave a hole")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2, "leave a hole")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3, "overlap")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1, "overlap")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2, "stands twice")]
    [InlineData("""{"__metadata__":3}""", 0, "__metadata__ is a number")]
    [InlineData("""{"__metadata__":{"a":3}}""", 0, "__metadata__ key \"a\" is a number")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", 0, "stands twice")]
    [InlineData("""{"\ud800":{}}""", 0, "not valid JSON")]
    [InlineData("""{"a":[[[[[[]]]]]]}""", 0, "a list, expected an object")]
    public void A_broken_header_is_refused_in_one_line(string json, int dataBytes, string expected)
    {
        string path = Craft(Encoding.UTF8.GetBytes(json), dataBytes);
        SafetensorsException thrown = Assert.Throws<SafetensorsException>(() => SafetensorsFile.Open(path));
        Assert.StartsWith(path, thrown.Message, StringComparison.Ordinal);
        Assert.Contains(expected, thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', thrown.Message);
    }

    [Fact]
    public void A_header_that_is_not_utf8_is_refused() =>
        Assert.Throws<SafetensorsException>(() => SafetensorsFile.Open(Craft([(byte)'{', (byte)'"', 0xFF, (byte)'"'], 0)));

    [Theory]
    [InlineData(3UL)]
    [InlineData(1_000_000UL)]
    [InlineData(100_000_001UL)]
    [InlineData(ulong.MaxValue)]
    [InlineData(0x8000_0000_0000_0000UL)]
    public void A_header_length_beyond_the_file_or_the_limit_is_refused(ulong length)
    {
        byte[] bytes = new byte[10];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        bytes[8] = (byte)'{';
        bytes[9] = (byte)'}';
        File.WriteAllBytes(folder.File("a"), bytes);
        SafetensorsException thrown = Assert.Throws<SafetensorsException>(() => SafetensorsFile.Open(folder.File("a")));
        Assert.Contains($"header length {length}", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void A_file_shorter_than_the_prefix_is_refused(int bytes)
    {
        File.WriteAllBytes(folder.File("a"), new byte[bytes]);
        Assert.Throws<SafetensorsException>(() => SafetensorsFile.Open(folder.File("a")));
    }

    [Fact]
    public void Damaged_files_never_do_anything_but_throw_a_safetensors_exception()
    {
        string path = folder.File("good");
        SafetensorsWriter.Write(
            path,
            [SafetensorsContent.FromSingles("a", [2, 3], new float[6]), SafetensorsContent.FromIntegers("b", [2], [1, 2])],
            new Dictionary<string, string> { ["format"] = "pt" });
        byte[] good = File.ReadAllBytes(path);
        RandomStream random = new(7, RandomPurpose.User);
        for (int i = 0; i < 2_000; i++)
        {
            byte[] bad = [.. good.Take(random.Integer(4 * i, 4) == 0 ? random.Integer((4 * i) + 1, good.Length) : good.Length)];
            if (bad.Length > 0)
            {
                bad[random.Integer((4 * i) + 2, bad.Length)] = (byte)random.Bits((4 * i) + 3);
            }

            File.WriteAllBytes(folder.File("bad"), bad);
            try
            {
                using SafetensorsFile file = SafetensorsFile.Open(folder.File("bad"));
                foreach (SafetensorsTensor tensor in file.Tensors)
                {
                    Assert.Equal(tensor.ByteLength, file.ReadBytes(tensor.Name).Length);
                }
            }
            catch (SafetensorsException thrown)
            {
                Assert.DoesNotContain('\n', thrown.Message);
            }
        }
    }

    [Fact]
    public void A_closed_file_is_not_read()
    {
        SafetensorsWriter.Write(folder.File("a"), [SafetensorsContent.FromSingles("a", [1], new float[1])]);
        SafetensorsFile file = SafetensorsFile.Open(folder.File("a"));
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => file.ReadSingles("a"));
    }

    [SharedDataFact("models/digit-completion")]
    public void A_file_of_the_reference_implementation_is_written_again_to_the_same_bytes()
    {
        string original = SharedData.PathOf("models/digit-completion/model.safetensors");
        using SafetensorsFile file = SafetensorsFile.Open(original);
        Assert.Equal(39, file.Tensors.Count);
        SafetensorsWriter.Write(
            folder.File("verbatim"),
            file.Tensors.Select(tensor => SafetensorsContent.FromBytes(tensor.Name, tensor.Type, tensor.Shape, file.ReadBytes(tensor.Name))),
            file.Metadata);
        SafetensorsWriter.Write(
            folder.File("converted"),
            file.Tensors.Select(tensor => SafetensorsContent.FromSingles(tensor.Name, tensor.Shape, file.ReadSingles(tensor.Name), tensor.Type)),
            file.Metadata);
        byte[] expected = File.ReadAllBytes(original);
        Assert.True(expected.AsSpan().SequenceEqual(File.ReadAllBytes(folder.File("verbatim"))));
        Assert.True(expected.AsSpan().SequenceEqual(File.ReadAllBytes(folder.File("converted"))));
    }

    private string Craft(byte[] json, int dataBytes)
    {
        byte[] bytes = new byte[8 + json.Length + dataBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)json.Length);
        json.CopyTo(bytes, 8);
        string path = folder.File("crafted");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
