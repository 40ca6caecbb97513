using Proximal.Environments.Search;
using Proximal.Tasks.Verification;
using Proximal.Worlds.Retrieval;

namespace Proximal.Tasks.Corpora;

/// <summary>
/// Questions about one's own documents, both files of JSON lines: <c>{"id": "7", "title": "Riva", "text": "..."}</c> and
/// <c>{"question": "...", "answers": ["..."], "gold": ["7"]}</c>. Searched through <see cref="CorpusEnvironment"/>.
/// </summary>
public sealed class CorpusTask : ITask
{
    private readonly TaskInstance[][] splits;

    /// <summary>Loads the files.</summary>
    /// <exception cref="ArgumentException">An option is impossible; the message names the key, the value and what is expected.</exception>
    /// <exception cref="InvalidDataException">A file is empty or too long, or a line cannot be read; the message names file, line and field.</exception>
    /// <exception cref="FileNotFoundException">A file does not exist.</exception>
    public CorpusTask(CorpusOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionChecks.Validate(options.FindFault());
        TextCorpus corpus = CorpusFiles.ReadCorpus(options.CorpusPath, options.MaximumLineBytes, options.MaximumDocuments);
        List<TaskInstance>[] read = [[], [], []];
        foreach ((string file, bool isTest) in options.TestPath.Length > 0 ? [(options.QuestionsPath, false), (options.TestPath, true)] : (IEnumerable<(string, bool)>)[(options.QuestionsPath, false)])
        {
            foreach ((string question, IReadOnlyList<string> answers, IReadOnlyList<string> gold) in CorpusFiles.ReadQuestions(file, corpus, options.MaximumLineBytes, options.MaximumQuestions))
            {
                string key = AnswerText.Normalize(question);
                TaskSplit split = isTest ? TaskSplit.Test : options.TestPath.Length > 0 ? TaskSplit.Train : TaskSplits.Of(key);
                List<TaskInstance> instances = read[(int)split];
                instances.Add(new TaskInstance
                {
                    Family = Name,
                    Split = split,
                    Index = instances.Count,
                    Key = key,
                    Prompt = question,
                    Answer = answers[0],
                    Metadata = new CorpusMetadata(corpus, answers, gold),
                });
            }
        }

        splits = [.. read.Select(split => split.ToArray())];
        TaskInstance[] all = [.. splits.SelectMany(split => split)];
        Lengths = new TaskLengths(all.Max(instance => instance.Prompt.Length), all.Max(instance => instance.Answer.Length));
        Symbols = [.. all.SelectMany(instance => instance.Prompt + instance.Answer).Concat(corpus.Documents.SelectMany(document => document.Id + document.Title + document.Text)).Distinct().Order().Select(c => c.ToString())];
    }

    /// <inheritdoc/>
    public string Name => "corpus-search";

    /// <inheritdoc/>
    public IReadOnlyList<string> Symbols { get; }

    /// <inheritdoc/>
    public TaskLengths Lengths { get; }

    /// <inheritdoc/>
    public long? Count(TaskSplit split) => InstancesOf(split).Length;

    /// <inheritdoc/>
    public TaskInstance Generate(TaskSplit split, long index)
    {
        TaskInstance[] instances = InstancesOf(split);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, instances.Length);
        return instances[index];
    }

    /// <summary>Judges an answer in its bare form, or within <c>&lt;answer&gt;</c>, by exact match; F1 is the dense credit. See <see cref="OpenAnswers"/>.</summary>
    public Verdict Verify(TaskInstance instance, Response response)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return response.Text.Length > ResponseFormat.MaximumCharacters
            ? Verdict.Unreadable("response too long")
            : Judge(instance, TaggedTurn.First(response.Text, [ActionTags.Answer]) is { } turn ? turn.Content : response.Text) with { FormatOk = response.Ended };
    }

    /// <inheritdoc/>
    public string Demonstration(TaskInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance.Answer;
    }

    /// <summary>The verdict on a bare answer.</summary>
    internal static Verdict Judge(TaskInstance instance, string answer)
    {
        IReadOnlyList<string> right = instance.Metadata is CorpusMetadata metadata ? metadata.Answers : [instance.Answer];
        return OpenAnswers.Normalize(answer) is { Length: > 0 } given
            ? Verdict.Of(OpenAnswers.ExactMatch(answer, right), OpenAnswers.F1(answer, right), given)
            : Verdict.Unreadable("no answer");
    }

    private TaskInstance[] InstancesOf(TaskSplit split)
    {
        _ = TaskSplits.Name(split);
        return splits[(int)split];
    }
}
