using System.Buffers;
using System.Text;

namespace Proximal.Runs.Tests.Runs;

/// <summary>Recorded rollouts come back as they were written, stay within their bound, and whatever a file holds harms nobody.</summary>
public sealed class RolloutRecordTests
{
    [Fact]
    public void A_record_comes_back_with_five_digits_of_its_numbers()
    {
        using TemporaryFolder place = new();
        RunFolder folder = new(place.Path);
        RolloutRecord written = Example(step: 10, "one\u0000</script>\u202E two \ud83d\ude00");
        Write(folder, written, largestBytes: 1 << 20);

        RolloutRecord read = Assert.Single(new RolloutRecordReader(folder).Read(10));

        Assert.Equal([10], new RolloutRecordReader(folder).ReadSteps());
        Assert.Equal((10, 3, written.Prompt, "4", "sums", 2, 5), (read.Step, read.Group, read.Prompt, read.Expected, read.Family, read.Difficulty, read.Rollouts));
        Assert.Equal([-1, 0, 0], read.Segments.Select(segment => segment.Parent));
        Assert.Equal([7, 8], read.Segments[0].Tokens);
        Assert.Equal(["a", "<0xE2>"], read.Segments[0].Texts);
        RecordedPath path = read.Paths[1];
        Assert.Equal([0, 2], read.SegmentsOf(path));
        Assert.Equal([0f, 0f, 0.33333f], path.Column("ratio")!);
        Assert.Equal([0f, float.NaN, -1.2346e-8f], path.Column("advantage")!);
        Assert.Null(path.Column("value"));
        Assert.Equal(0.5f, path.Terms["format"]);
        Assert.Equal(123_456, path.Counters["tool-calls"]);
        Assert.True(path.IsForeign);
    }

    [Fact]
    public void What_was_read_is_written_to_the_same_bytes()
    {
        ArrayBufferWriter<byte> first = new(), second = new();
        RolloutRecordWriter.Write(first, Example(step: 1, "prompt"));

        RolloutRecordWriter.Write(second, RolloutRecordParser.Parse(first.WrittenMemory[..^1]));

        Assert.Equal(Encoding.UTF8.GetString(first.WrittenSpan), Encoding.UTF8.GetString(second.WrittenSpan));
    }

    [Theory]
    [InlineData("\"format\":1", "\"format\":2", "format is 2, expected 1")]
    [InlineData("\"parent\":-1", "\"parent\":0", "segments[0].parent is 0, expected -1 for the first segment and an earlier one for the others")]
    [InlineData("\"parent\":0", "\"parent\":7", "segments[1].parent is 7, expected -1 for the first segment and an earlier one for the others")]
    [InlineData("\"ids\":[7,8]", "\"ids\":[7]", "segments[0] has 1 ids and 2 texts, expected as many")]
    [InlineData("\"ids\":[7,8]", "\"ids\":[7,-8]", "segments[0].ids holds -8, expected whole numbers from 0")]
    [InlineData("\"leaf\":1", "\"leaf\":3", "paths[0].leaf is 3, but there are 3 segments")]
    [InlineData("\"ratio\":[0,0,0.33333]", "\"ratio\":[0,0]", "paths[0].columns.ratio has 2 numbers, expected 3: one for each token from root to leaf")]
    [InlineData("\"correct\":true", "\"correct\":1", "correct is 1, expected true or false")]
    [InlineData("\"step\":1,", "\"step\":-1,", "step is -1, expected a whole number from 0")]
    [InlineData("\"step\":1,", "", "step is missing")]
    public void A_damaged_line_is_refused_with_file_and_line(string original, string damaged, string message)
    {
        using TemporaryFolder place = new();
        RunFolder folder = new(place.Path);
        ArrayBufferWriter<byte> line = new();
        RolloutRecordWriter.Write(line, Example(step: 1, "prompt"));
        string text = Encoding.UTF8.GetString(line.WrittenSpan);
        Directory.CreateDirectory(folder.Rollouts);
        int at = text.IndexOf(original, StringComparison.Ordinal);
        string path = Path.Combine(folder.Rollouts, "step-00000001.jsonl");
        File.WriteAllText(path, text + text[..at] + damaged + text[(at + original.Length)..]);
        using IEnumerator<RolloutRecord> records = new RolloutRecordReader(folder).Read(1).GetEnumerator();

        Assert.True(records.MoveNext());
        InvalidDataException fault = Assert.Throws<InvalidDataException>(() => records.MoveNext());
        Assert.Equal($"{path}:2: {message}", fault.Message);
    }

    [Fact]
    public void Numbers_beyond_the_range_of_a_single_are_infinite_and_no_fault()
    {
        ArrayBufferWriter<byte> line = new();
        RolloutRecordWriter.Write(line, Example(step: 1, "prompt"));
        string text = Encoding.UTF8.GetString(line.WrittenSpan).Replace("0.33333", "1e999", StringComparison.Ordinal);

        RolloutRecord record = RolloutRecordParser.Parse(Encoding.UTF8.GetBytes(text));

        Assert.Equal(float.PositiveInfinity, record.Paths[0].Column("ratio")![2]);
    }

    [Fact]
    public void Lines_up_to_the_bound_are_read_and_longer_ones_refused()
    {
        using TemporaryFolder place = new();
        string path = Path.Combine(place.Path, "lines");
        File.WriteAllText(path, new string('a', 200_000) + "\nb\n" + new string('c', 200_001) + "\n");
        List<int> lengths = [];

        InvalidDataException fault = Assert.Throws<InvalidDataException>(() =>
        {
            foreach ((_, ReadOnlyMemory<byte> line) in BoundedLines.Read(path, 200_000))
            {
                lengths.Add(line.Length);
            }
        });

        Assert.Equal([200_000, 1], lengths);
        Assert.Equal($"{path}:3: the line is longer than 200000 bytes.", fault.Message);
    }

    [Fact]
    public void Every_second_of_the_older_recordings_is_dropped_when_the_bound_is_passed()
    {
        using TemporaryFolder place = new();
        RunFolder folder = new(place.Path);
        RolloutRecordFolder records = new(folder, largestBytes: 500);
        foreach (int step in Enumerable.Range(1, 6))
        {
            records.Write(step, new byte[100]);
        }

        Assert.Equal([1, 3, 5, 6], new RolloutRecordReader(folder).ReadSteps());

        records.Write(7, new byte[450]);
        Assert.Equal([7], new RolloutRecordReader(folder).ReadSteps());
    }

    [Fact]
    public void A_run_that_goes_on_from_a_step_drops_what_came_after_it()
    {
        using TemporaryFolder place = new();
        RunFolder folder = new(place.Path);
        RolloutRecordFolder records = new(folder, largestBytes: 500);
        records.Write(10, new byte[1]);
        records.Write(20, new byte[1]);
        File.WriteAllText(Path.Combine(folder.Rollouts, "notes.txt"), "mine");

        records.Cut(10);

        Assert.Equal([10], new RolloutRecordReader(folder).ReadSteps());
        Assert.True(File.Exists(Path.Combine(folder.Rollouts, "notes.txt")));
    }

    private static void Write(RunFolder folder, RolloutRecord record, long largestBytes)
    {
        ArrayBufferWriter<byte> line = new();
        RolloutRecordWriter.Write(line, record);
        new RolloutRecordFolder(folder, largestBytes).Write(record.Step, line.WrittenMemory);
    }

    private static RolloutRecord Example(int step, string prompt) => new()
    {
        Step = step,
        Group = 3,
        Prompt = prompt,
        Expected = "4",
        Family = "sums",
        Difficulty = 2,
        Rollouts = 5,
        Segments =
        [
            new RecordedSegment(-1, "prompt", "open", [7, 8], ["a", "<0xE2>"]),
            new RecordedSegment(0, "policy", "finished", [9], ["b"]),
            new RecordedSegment(0, "policy", "truncated", [10], ["</script>"]),
        ],
        Paths = [Rollout(1, foreign: false), Rollout(2, foreign: true)],
    };

    private static RecordedPath Rollout(int leaf, bool foreign) => new()
    {
        Leaf = leaf,
        End = "finished",
        Correct = true,
        Score = 0.1,
        Reward = 1.5f,
        Terms = new Dictionary<string, float> { ["format"] = 0.5f },
        Counters = new Dictionary<string, double> { ["tool-calls"] = 123_456 },
        Response = "b\u001b[31m",
        IsForeign = foreign,
        Columns = new Dictionary<string, float[]> { ["ratio"] = [0, 0, 1f / 3], ["advantage"] = [0, float.NaN, -1.23456789e-8f] },
    };
}
