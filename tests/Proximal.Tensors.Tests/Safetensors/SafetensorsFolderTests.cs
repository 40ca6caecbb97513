using Proximal.Tensors.Safetensors;

namespace Proximal.Tensors.Tests.Safetensors;

public sealed class SafetensorsFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public SafetensorsFolderTests()
    {
        SafetensorsWriter.Write(folder.File("1.safetensors"), [SafetensorsContent.FromSingles("a", [1], new float[] { 1 })]);
        SafetensorsWriter.Write(folder.File("2.safetensors"), [SafetensorsContent.FromSingles("b", [1], new float[] { 2 })]);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Shards_are_found_through_the_index()
    {
        WriteIndex("""{"metadata":{"total_size":8},"weight_map":{"a":"1.safetensors","b":"2.safetensors"}}""");
        using SafetensorsFolder weights = SafetensorsFolder.Open(folder.Path);
        Assert.Equal(["a", "b"], weights.Tensors.Select(tensor => tensor.Name));
        Assert.True(weights.TryFind("b", out SafetensorsFile? file, out _));
        Assert.Equal([2], file.ReadSingles("b"));
        Assert.False(weights.TryFind("c", out _, out _));
    }

    [Theory]
    [InlineData("""{"weight_map":{"a":"../1.safetensors"}}""", "expected the name of a file in the same folder")]
    [InlineData("""{"weight_map":{"a":"/etc/passwd"}}""", "expected the name of a file in the same folder")]
    [InlineData("""{"weight_map":{"a":"..\\x"}}""", "expected the name of a file in the same folder")]
    [InlineData("""{"weight_map":{"a":".."}}""", "expected the name of a file in the same folder")]
    [InlineData("""{"weight_map":{"a":"C:x"}}""", "expected the name of a file in the same folder")]
    [InlineData("""{"weight_map":{"a":""}}""", "expected the name of a file in the same folder")]
    [InlineData("""{"weight_map":{"a":3}}""", "expected the name of a file in the same folder")]
    [InlineData("""{"weight_map":[]}""", "no weight_map")]
    [InlineData("""{}""", "no weight_map")]
    [InlineData("""[]""", "no weight_map")]
    [InlineData("""{""", "not valid JSON")]
    [InlineData("""{"weight_map":{"a":"1.safetensors","a":"2.safetensors"}}""", "not valid JSON")]
    [InlineData("""{"weight_map":{"a":"1.safetensors","c":"2.safetensors"}}""", "tensor \"c\": missing from \"2.safetensors\"")]
    public void A_hostile_or_wrong_index_is_refused(string index, string expected)
    {
        WriteIndex(index);
        SafetensorsException thrown = Assert.Throws<SafetensorsException>(() => SafetensorsFolder.Open(folder.Path));
        Assert.Contains(SafetensorsFolder.IndexName, thrown.Message, StringComparison.Ordinal);
        Assert.Contains(expected, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_in_two_shards_is_refused()
    {
        SafetensorsWriter.Write(folder.File("2.safetensors"), [SafetensorsContent.FromSingles("a", [1], new float[] { 2 })]);
        WriteIndex("""{"weight_map":{"a":"1.safetensors","b":"2.safetensors"}}""");
        Assert.Contains("also in", Assert.Throws<SafetensorsException>(() => SafetensorsFolder.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_shard_and_a_folder_without_weights_are_named()
    {
        Assert.Contains(folder.Path, Assert.Throws<FileNotFoundException>(() => SafetensorsFolder.Open(folder.Path)).Message, StringComparison.Ordinal);
        WriteIndex("""{"weight_map":{"a":"3.safetensors"}}""");
        Assert.Contains("3.safetensors", Assert.Throws<FileNotFoundException>(() => SafetensorsFolder.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    private void WriteIndex(string json) => File.WriteAllText(folder.File(SafetensorsFolder.IndexName), json);
}
