using Proximal.Tasks;
using Proximal.Tasks.Data;

namespace Proximal.Tests.Tasks;

public sealed class JsonlTaskTests
{
    [SharedDataFact("data/gsm8k/train.jsonl")]
    public void Gsm8k_loads_and_its_solutions_verify()
    {
        JsonlTask task = new(new JsonlOptions { Name = "gsm8k", TrainPath = SharedData.PathOf("data/gsm8k/train.jsonl"), TestPath = SharedData.PathOf("data/gsm8k/test.jsonl") });
        Assert.True(task.Count(TaskSplit.Train) > 0 && task.Count(TaskSplit.Test) > 0);
        foreach (TaskSplit split in (TaskSplit[])[TaskSplit.Train, TaskSplit.Test])
        {
            for (int i = 0; i < task.Count(split); i++)
            {
                TaskInstance instance = task.Generate(split, i);
                Assert.True(task.Verify(instance, new Response(task.Demonstration(instance))) is { Correct: true, FormatOk: true }, instance.Prompt);
                Assert.False(task.Verify(instance, new Response("#### 123456789")).Correct);
            }
        }
    }

    [Theory]
    [InlineData("{\"question\":\"q\"}", ":1: field 'answer' is missing, expected text.")]
    [InlineData("\n\n{\"question\":[],\"answer\":\"#### 1\"}", ":3: field 'question' is Array, expected text.")]
    [InlineData("{\"question\":\"q\",\"answer\":\"none\"}", ":1: field 'answer' has no final answer, expected '#### number'.")]
    [InlineData("{\"question\":\"q\",\"answer\":\"#### 1\"}\nrubbish", ":2: not valid JSON, expected one JSON object per line.")]
    [InlineData("{\"question\":\"\\ud800\",\"answer\":\"#### 1\"}", ":1: not valid JSON, expected one JSON object per line.")]
    [InlineData("", ": the data set is empty.")]
    [InlineData("\n  \n", ": the data set is empty.")]
    public void Faults_name_file_line_and_field(string content, string expected)
    {
        using TemporaryFolder folder = new();
        string path = Write(folder, "train.jsonl", content);
        Assert.Equal(path + expected, Refusal(new JsonlOptions { TrainPath = path }));
    }

    [Fact]
    public void Lines_and_counts_are_bounded()
    {
        using TemporaryFolder folder = new();
        string line = "{\"question\":\"q\",\"answer\":\"#### 1\"}", path = Write(folder, "train.jsonl", $"{line}\n{line}\r\n{line}");
        Assert.Equal(3, new JsonlTask(new JsonlOptions { TrainPath = path, MaximumLineBytes = line.Length + 1 }).Count(TaskSplit.Train));
        Assert.Equal($"{path}:1: the line is longer than 20 bytes.", Refusal(new JsonlOptions { TrainPath = path, MaximumLineBytes = 20 }));
        Assert.Equal($"{path}:3: more than 2 lines.", Refusal(new JsonlOptions { TrainPath = path, MaximumCount = 2 }));
    }

    [Fact]
    public void Overlapping_splits_are_refused_unless_allowed()
    {
        using TemporaryFolder folder = new();
        string line = "{\"question\":\"q\",\"answer\":\"#### 1\"}";
        JsonlOptions options = new() { TrainPath = Write(folder, "train.jsonl", line), TestPath = Write(folder, "test.jsonl", line) };
        Assert.Contains("test.jsonl:1: field 'question' repeats a prompt of", Refusal(options), StringComparison.Ordinal);
        Assert.Equal(1, new JsonlTask(options with { AllowOverlap = true }).Count(TaskSplit.Test));
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("nowhere.jsonl", Assert.Throws<FileNotFoundException>(() => new JsonlTask(new JsonlOptions { TrainPath = "nowhere.jsonl" })).Message, StringComparison.Ordinal);

    [Fact]
    public void Exact_answers_need_an_ended_response()
    {
        using TemporaryFolder folder = new();
        string path = Write(folder, "train.jsonl", "{\"q\":\"capital of norway?\",\"a\":\"oslo\"}");
        JsonlTask task = new(new JsonlOptions { TrainPath = path, PromptField = "q", AnswerField = "a", Verifier = AnswerVerifier.Exact });
        TaskInstance instance = task.Generate(TaskSplit.Train, 0);
        Assert.True(task.Verify(instance, new Response(" oslo ")).Correct);
        Assert.False(task.Verify(instance, new Response("oslo", Ended: false)).Correct);
    }

    private static string Refusal(JsonlOptions options) => Assert.Throws<InvalidDataException>(() => new JsonlTask(options)).Message;

    private static string Write(TemporaryFolder folder, string name, string content)
    {
        string path = folder.File(name);
        File.WriteAllText(path, content);
        return path;
    }
}
