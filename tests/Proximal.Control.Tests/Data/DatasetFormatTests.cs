using System.IO.Compression;
using System.Text;
using Proximal.Control.Data;
using Proximal.Tensors.Safetensors;

namespace Proximal.Control.Tests.Data;

public sealed class DatasetFormatTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("proximal-data").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_saved_data_set_is_the_same_when_it_is_read()
    {
        string path = Path.Combine(folder, "data.safetensors");
        DatasetFile.Save(DatasetCollectionTests.Example(), path);
        OfflineDataset loaded = DatasetFile.Load(path);
        AssertSame(DatasetCollectionTests.Example(), loaded);
        Assert.Equal(("example", "hand", ulong.MaxValue, -1.25, null), (loaded.Information.Environment, loaded.Information.Source, loaded.Information.Seed, loaded.Information.RandomReturn, loaded.Information.ExpertReturn));
        Assert.Equal(DatasetCollectionTests.Example().ObservationSpace.ToString(), loaded.ObservationSpace.ToString());
        Assert.Equal(2, loaded.ActionSpace.EncodedWidth);
    }

    [Fact]
    public void Files_that_are_no_data_sets_are_refused_by_name()
    {
        string path = Path.Combine(folder, "other.safetensors");
        SafetensorsWriter.Write(path, [SafetensorsContent.FromSingles("rewards", [1], new float[] { 1 })]);
        Assert.Contains("metadata lack 'format'", Assert.Throws<InvalidDataException>(() => DatasetFile.Load(path)).Message, StringComparison.Ordinal);
        string good = Path.Combine(folder, "good.safetensors");
        DatasetFile.Save(DatasetCollectionTests.Example(), good);
        Dictionary<string, string> metadata;
        using (SafetensorsFile file = SafetensorsFile.Open(good))
        {
            metadata = new Dictionary<string, string>(file.Metadata, StringComparer.Ordinal);
        }

        SafetensorsContent[] contents =
        [
            SafetensorsContent.FromSingles("rewards", [2], new float[] { 1, 1 }),
            SafetensorsContent.FromSingles("observations", [2, 3], new float[6]),
        ];
        SafetensorsWriter.Write(path, contents, metadata);
        Assert.Contains("observations has shape [2, 3], expected [2, 2]", Assert.Throws<InvalidDataException>(() => DatasetFile.Load(path)).Message, StringComparison.Ordinal);
        metadata["expert_return"] = "NaN";
        SafetensorsWriter.Write(path, contents, metadata);
        Assert.Contains("expert_return is 'NaN'", Assert.Throws<InvalidDataException>(() => DatasetFile.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_and_archives_hold_every_bit()
    {
        OfflineDataset example = DatasetCollectionTests.Example();
        string lines = Path.Combine(folder, "data.jsonl"), table = Path.Combine(folder, "data.csv"), archive = Path.Combine(folder, "data.npz");
        JsonLinesFormat.Export(example, lines);
        CsvFormat.Export(example, table);
        NumpyFormat.Export(example, archive);
        AssertSame(example, JsonLinesFormat.Import(lines, example.ObservationSpace, example.ActionSpace));
        AssertSame(example, CsvFormat.Import(table, example.ObservationSpace, example.ActionSpace));
        AssertSame(example, NumpyFormat.Import(archive, example.ObservationSpace, example.ActionSpace));
    }

    [Fact]
    public void Single_numbers_need_no_brackets_and_flags_may_be_left_out()
    {
        string path = Write("""{"observation":[1,2],"action":1,"reward":-0.5,"next_observation":[3,4]}""" + "\n\n" + """{"observation":[3,4],"action":[0],"reward":2,"next_observation":[5,6],"terminated":true}""");
        OfflineDataset dataset = JsonLinesFormat.Import(path, DatasetCollectionTests.Observations, DatasetCollectionTests.Actions);
        Assert.Equal(1, dataset.TrajectoryCount);
        Assert.Equal([1f, 0], dataset.Actions);
    }

    [Theory]
    [InlineData("{\"observation\":[1,2],\"action\":1,\"reward\":\"x\",\"next_observation\":[3,4]}", "line 1: 'reward' holds String")]
    [InlineData("{\"observation\":[1],\"action\":1,\"reward\":1,\"next_observation\":[3,4]}", "The observation of transition 0 has 1 numbers, expected 2")]
    [InlineData("{\"action\":1,\"reward\":1,\"next_observation\":[3,4]}", "line 1: 'observation' is missing")]
    [InlineData("[1]", "line 1: Array, expected an object")]
    [InlineData("{\"observation\":", "line 1: no JSON at byte")]
    [InlineData("", "at least one transition")]
    public void Lines_that_break_the_format_are_refused_with_their_number(string line, string fault)
    {
        string path = Write(line);
        Assert.Contains(fault, Assert.Throws<InvalidDataException>(() => JsonLinesFormat.Import(path, DatasetCollectionTests.Observations, DatasetCollectionTests.Actions)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("observation_0,observation_1,action_0,reward,next_observation_0,terminated,truncated\n", "line 1: the column 'next_observation_1' is missing")]
    [InlineData("observation_0,observation_1,action_0,reward,next_observation_0,next_observation_1,terminated,truncated\n1,2,1,abc,3,4,0,0\n", "line 2: reward is 'abc'")]
    [InlineData("observation_0,observation_1,action_0,reward,next_observation_0,next_observation_1,terminated,truncated\n1,2,1\n", "line 2: 3 columns, expected 8")]
    public void Tables_that_break_the_format_are_refused_with_their_line(string text, string fault)
    {
        string path = Write(text);
        Assert.Contains(fault, Assert.Throws<InvalidDataException>(() => CsvFormat.Import(path, DatasetCollectionTests.Observations, DatasetCollectionTests.Actions)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Archives_without_next_observations_take_those_that_follow()
    {
        string path = Archive(
            ("observations", Header("<f8", "(5, 2)"), Doubles(0, 0, 1, 0, 2, 0, 3, 0, 4, 0)),
            ("actions", Header("<i8", "(5,)"), [.. new long[] { 0, 1, 0, 1, 0 }.SelectMany(BitConverter.GetBytes)]),
            ("rewards", Header("<f4", "(5,)"), [.. new float[] { 1, 2, 3, 4, 5 }.SelectMany(BitConverter.GetBytes)]),
            ("terminals", Header("|b1", "(5,)"), [0, 1, 0, 0, 0]),
            ("timeouts", Header("|b1", "(5,)"), [0, 0, 0, 1, 0]));
        OfflineDataset dataset = NumpyFormat.Import(path, DatasetCollectionTests.Observations, DatasetCollectionTests.Actions);
        Assert.Equal([1f, 2, 3], dataset.Rewards);
        Assert.Equal([1f, 0, 1, 0, 3, 0], dataset.NextObservations);
        Assert.Equal([false, true, false], dataset.Terminated);
        Assert.Equal([false, true, true], dataset.Ends);
    }

    [Theory]
    [InlineData("(1000000000, 1)", "<f4", "needs 4000000000 bytes")]
    [InlineData("(2000000000, 2000000000)", "<f4", "at most 1073741824 elements")]
    [InlineData("(4,)", "<f4", "ends before its 4 elements")]
    [InlineData("(1,)", ">f4", "type '>f4'")]
    [InlineData("(1,)", "|O", "type '|O'")]
    [InlineData("(-1,)", "<f4", "not that of a plain array")]
    public void Hostile_headers_are_refused_before_memory_is_taken(string shape, string type, string fault)
    {
        string path = Archive(("rewards", Header(type, shape), [0, 0, 0, 0]));
        Assert.Contains(fault, Assert.Throws<InvalidDataException>(() => NumpyFormat.Import(path, DatasetCollectionTests.Observations, DatasetCollectionTests.Actions)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_first_foreign_bytes_and_large_integers_are_refused()
    {
        string fortran = Archive(("rewards", Header("<f4", "(1, 2)").Replace("False", "True", StringComparison.Ordinal), new byte[8]));
        AssertFault(fortran, "observations", "is missing");
        string columns = Archive(("rewards", Header("<f4", "(2, 2)").Replace("False", "True", StringComparison.Ordinal), new byte[16]));
        AssertFault(columns, "fortran_order", "numpy.ascontiguousarray");
        string integers = Archive(("rewards", Header("<i8", "(1,)"), BitConverter.GetBytes(1L << 40)));
        AssertFault(integers, "1099511627776", "not exact");
        string noise = Path.Combine(folder, "noise.npz");
        File.WriteAllBytes(noise, [1, 2, 3]);
        AssertFault(noise, noise, "");
    }

    private static string Header(string type, string shape) => $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}\n";

    private static byte[] Doubles(params double[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private static void AssertFault(string path, string first, string second)
    {
        string message = Assert.Throws<InvalidDataException>(() => NumpyFormat.Import(path, DatasetCollectionTests.Observations, DatasetCollectionTests.Actions)).Message;
        Assert.Contains(first, message, StringComparison.Ordinal);
        Assert.Contains(second, message, StringComparison.Ordinal);
    }

    private static void AssertSame(OfflineDataset expected, OfflineDataset actual)
    {
        Assert.Equal(expected.Observations, actual.Observations);
        Assert.Equal(expected.Actions, actual.Actions);
        Assert.Equal(expected.Rewards, actual.Rewards);
        Assert.Equal(expected.NextObservations, actual.NextObservations);
        Assert.Equal(expected.Terminated, actual.Terminated);
        Assert.Equal(expected.Ends, actual.Ends);
    }

    private string Write(string text)
    {
        string path = Path.Combine(folder, "text");
        File.WriteAllText(path, text);
        return path;
    }

    private string Archive(params (string Name, string Header, byte[] Data)[] arrays)
    {
        string path = Path.Combine(folder, $"{Guid.NewGuid()}.npz");
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string name, string header, byte[] data) in arrays)
        {
            using Stream stream = archive.CreateEntry($"{name}.npy").Open();
            stream.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0]);
            stream.Write(Encoding.ASCII.GetBytes(header));
            stream.Write(data);
        }

        return path;
    }
}
