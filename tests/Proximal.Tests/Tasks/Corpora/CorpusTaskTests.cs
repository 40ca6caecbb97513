using Proximal.Environments;
using Proximal.Environments.Search;
using Proximal.Tasks;
using Proximal.Tasks.Corpora;
using Proximal.Tasks.Verification;

namespace Proximal.Tests.Tasks.Corpora;

public sealed class CorpusTaskTests
{
    private const string Documents = """
        {"id": "a", "title": "Alba", "text": "Alba was born in Riva, a town by the lake."}
        {"id": 7, "title": "Riva", "text": "Riva is the capital of Doria."}
        {"id": "c", "text": "Nothing to see here."}
        """;

    private const string Questions = """
        {"question": "What is the capital of Doria?", "answers": ["Riva", "the town of Riva"], "gold": ["7"]}
        {"question": "Where was Alba born?", "answers": "Riva"}
        """;

    [Theory]
    [InlineData("The Riva!", true, 1)]
    [InlineData("riva", true, 1)]
    [InlineData("a town of  riva", true, 1)]
    [InlineData("Riva town", false, 0.8)]
    [InlineData("Doria", false, 0)]
    [InlineData("the", false, 0)]
    public void Answers_are_compared_as_in_open_domain_question_answering(string answer, bool exact, double f1)
    {
        string[] right = ["Riva", "the town of Riva"];
        Assert.Equal(exact, OpenAnswers.ExactMatch(answer, right));
        Assert.Equal(f1, OpenAnswers.F1(answer, right), 1e-9);
    }

    [Fact]
    public void Normal_forms_are_lower_cased_without_articles_and_punctuation()
    {
        Assert.Equal("quick fox s 2nd", OpenAnswers.Normalize(" The  quick, (fox) s\ta 2nd. "));
        Assert.Equal("theory an1", OpenAnswers.Normalize("theory an-1"));
        Assert.True(OpenAnswers.Contains("It is the town of Riva.", ["Riva"]));
        Assert.False(OpenAnswers.Contains("Rivas", ["Riva"]));
    }

    [Fact]
    public void Questions_are_searched_opened_and_answered()
    {
        using TemporaryFolder folder = new();
        CorpusTask task = Task(folder, Documents, Questions, Questions);
        Assert.Equal((2, 0, 2), (task.Count(TaskSplit.Train), task.Count(TaskSplit.Validation), task.Count(TaskSplit.Test)));
        TaskInstance instance = task.Generate(TaskSplit.Train, 0);
        CorpusEnvironment environment = new(new CorpusEnvironmentOptions { Score = AnswerScore.TokenF1 });
        IReadOnlyList<string> turns = environment.Demonstration(instance, task.Demonstration(instance));
        Assert.Equal(["<search>what is capital of doria</search>", "<access>7</access>", "<answer>Riva</answer>"], turns);
        IEpisode episode = environment.Begin(instance);
        Assert.Equal("<obs>[7] Riva: Riva is the capital of Doria.\n[c] : Nothing to see here.</obs>", episode.Step("<search>capital of Doria, see</search>"));
        Assert.Equal("<obs>no such id</obs>", episode.Step("<access>x</access>"));
        Assert.Equal("<obs>none</obs>", episode.Step("<search>zebra</search>"));
        Assert.Equal("<obs>invalid</obs>", episode.Step("what"));
        IEpisode copy = episode.Clone()!;
        Assert.Equal("<obs>[a] Alba: Alba was born in Riva, a town by the lake.</obs>", copy.Step("<access> a </access>"));
        Assert.Null(episode.Step("I think <answer>Riva town</answer>"));
        Verdict verdict = episode.Judge()!;
        Assert.Equal((false, false, 0.8), (verdict.Correct, verdict.FormatOk, Math.Round(verdict.Score, 9)));
        Assert.Equal([1, 0, 0, 0, verdict.Score], episode.TurnRewards);
        Assert.Equal((2.0, 1.0, 2.0, 1.0), (episode.Counters["searches"], episode.Counters["gold-progress"], episode.Counters["invalid"], episode.Counters["sub-em"]));
        Assert.Equal("Riva town", episode.Answer);
    }

    [Fact]
    public void Without_a_file_of_their_own_held_out_questions_are_a_tenth()
    {
        using TemporaryFolder folder = new();
        string many = string.Join('\n', Enumerable.Range(0, 500).Select(i => $$"""{"question": "What is {{i}}?", "answers": ["{{i}}"]}"""));
        CorpusTask task = Task(folder, Documents, many);
        Assert.Equal(500, task.Count(TaskSplit.Train) + task.Count(TaskSplit.Validation) + task.Count(TaskSplit.Test));
        Assert.InRange(task.Count(TaskSplit.Test)!.Value, 30, 70);
    }

    [Theory]
    [InlineData("{\"id\": \"a\"}", Questions, "corpus.jsonl:1: field 'text' is missing, expected text.")]
    [InlineData("{\"id\": \"a\", \"text\": [1]}", Questions, "corpus.jsonl:1: field 'text' is Array, expected text.")]
    [InlineData("{\"id\": \"a\", \"text\": \"x\"}\n{\"id\": \"a\", \"text\": \"y\"}", Questions, "corpus.jsonl:2: field 'id' is 'a' as in an earlier line, expected one of its own.")]
    [InlineData("[]", Questions, "corpus.jsonl:1: not a JSON object, expected one JSON object per line.")]
    [InlineData("", Questions, "corpus.jsonl: there are no documents.")]
    [InlineData(Documents, "{\"question\": \"q\"}", "questions.jsonl:1: field 'answers' is missing, expected a list of texts.")]
    [InlineData(Documents, "{\"question\": \"q\", \"answers\": []}", "questions.jsonl:1: field 'answers' is empty, expected at least one text.")]
    [InlineData(Documents, "{\"question\": \"\", \"answers\": [\"a\"]}", "questions.jsonl:1: field 'question' is '', expected text.")]
    [InlineData(Documents, "{\"question\": \"q\", \"answers\": [\"a\"], \"gold\": [\"b\"]}", "questions.jsonl:1: field 'gold' is 'b', expected ids of documents of the corpus.")]
    public void Faults_name_file_line_and_field(string documents, string questions, string message)
    {
        using TemporaryFolder folder = new();
        Assert.EndsWith(message, Assert.Throws<InvalidDataException>(() => Task(folder, documents, questions)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_are_bounded_and_missing_files_named()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("corpus.jsonl"), Documents);
        CorpusOptions options = new() { CorpusPath = folder.File("corpus.jsonl"), QuestionsPath = folder.File("none.jsonl") };
        Assert.Contains("corpus.jsonl:3: more than 2 documents.", Assert.Throws<InvalidDataException>(() => new CorpusTask(options with { MaximumDocuments = 2 })).Message, StringComparison.Ordinal);
        Assert.Contains("longer than 40 bytes", Assert.Throws<InvalidDataException>(() => new CorpusTask(options with { MaximumLineBytes = 40 })).Message, StringComparison.Ordinal);
        Assert.Contains("none.jsonl: the file of questions does not exist", Assert.Throws<FileNotFoundException>(() => new CorpusTask(options)).Message, StringComparison.Ordinal);
        Assert.Contains("'corpus' is ''", Assert.Throws<ArgumentException>(() => new CorpusTask(new CorpusOptions())).Message, StringComparison.Ordinal);
    }

    private static CorpusTask Task(TemporaryFolder folder, string documents, string questions, string? test = null)
    {
        File.WriteAllText(folder.File("corpus.jsonl"), documents);
        File.WriteAllText(folder.File("questions.jsonl"), questions);
        if (test is not null)
        {
            File.WriteAllText(folder.File("test.jsonl"), test);
        }

        return new CorpusTask(new CorpusOptions
        {
            CorpusPath = folder.File("corpus.jsonl"),
            QuestionsPath = folder.File("questions.jsonl"),
            TestPath = test is null ? "" : folder.File("test.jsonl"),
        });
    }
}
