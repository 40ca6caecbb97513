using System.Text.Json;
using Proximal.Runs;
using Proximal.Tasks.Verification;

namespace Proximal.Tasks.Data;

/// <summary>
/// A data set of JSON lines with a prompt and an answer each, such as GSM8K, in one file per split. Prompts that are in two splits are refused unless that is allowed.
/// </summary>
public sealed class JsonlTask : ITask
{
    private const int MaximumResponseCharacters = 1 << 20;

    private readonly JsonlOptions options;
    private readonly TaskInstance[][] splits;

    /// <summary>Loads the files.</summary>
    /// <exception cref="ArgumentException">An option is impossible; the message names the key, the value and what is expected.</exception>
    /// <exception cref="InvalidDataException">A file is empty, a line cannot be read, or splits overlap; the message names file, line and field.</exception>
    /// <exception cref="FileNotFoundException">A file does not exist.</exception>
    public JsonlTask(JsonlOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionChecks.Validate(options.FindFault());
        this.options = options;
        Dictionary<string, string> seen = new(StringComparer.Ordinal);
        splits = [Load(options.TrainPath, TaskSplit.Train, seen), Load(options.ValidationPath, TaskSplit.Validation, seen), Load(options.TestPath, TaskSplit.Test, seen)];
        TaskInstance[] all = [.. splits.SelectMany(split => split)];
        Lengths = new TaskLengths(all.Max(instance => instance.Prompt.Length), all.Max(instance => Solution(instance).Length));
        Symbols = CharactersOf(all);
    }

    /// <inheritdoc/>
    public string Name => options.Name;

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

    /// <inheritdoc/>
    public Verdict Verify(TaskInstance instance, Response response)
    {
        ArgumentNullException.ThrowIfNull(instance);
        if (response.Text.Length > MaximumResponseCharacters)
        {
            return Verdict.Unreadable("response too long");
        }

        if (options.Verifier == AnswerVerifier.Exact)
        {
            string text = AnswerText.Normalize(response.Text);
            return Verdict.Of(response.Ended && text == AnswerText.Normalize(instance.Answer), text) with { FormatOk = response.Ended };
        }

        bool formatOk = response.Ended && FinalAnswer.ExtractMarked(response.Text) is not null;
        Verdict verdict = FinalAnswer.Extract(response.Text) is { } answer
            ? Verdict.Of(MathEquality.AreEqual(answer, instance.Answer), MathEquality.Normalize(answer))
            : Verdict.Unreadable("no final answer");
        return verdict with { FormatOk = formatOk };
    }

    /// <inheritdoc/>
    public string Demonstration(TaskInstance instance) => Solution(instance);

    /// <inheritdoc/>
    public SplitResponse? WithGoldAnswer(TaskInstance instance, string response)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(response);
        if (options.Verifier == AnswerVerifier.Exact)
        {
            return new SplitResponse("", instance.Answer);
        }

        int marker = response.IndexOf(FinalAnswer.Marker, StringComparison.Ordinal);
        return marker < 0 ? null : new SplitResponse(response[..marker], $"{FinalAnswer.Marker} {instance.Answer}");
    }

    /// <inheritdoc/>
    public string? Hint(TaskInstance instance, int level)
    {
        ArgumentNullException.ThrowIfNull(instance);
        TaskHints.RequireLevel(level);
        return level <= 8 || instance.Steps.Count == 0 ? null : TaskHints.AtLevel(level, [], [], instance.Steps);
    }

    private static string Solution(TaskInstance instance) => instance.Metadata is JsonlMetadata metadata ? metadata.Solution : instance.Answer;

    private static string[] CharactersOf(TaskInstance[] instances)
    {
        bool[] seen = new bool[char.MaxValue + 1];
        foreach (TaskInstance instance in instances)
        {
            foreach (char c in instance.Prompt)
            {
                seen[c] = true;
            }

            foreach (char c in Solution(instance))
            {
                seen[c] = true;
            }
        }

        return [.. Enumerable.Range(0, seen.Length).Where(c => seen[c]).Select(c => ((char)c).ToString())];
    }

    private TaskInstance[] InstancesOf(TaskSplit split)
    {
        _ = TaskSplits.Name(split);
        return splits[(int)split];
    }

    private TaskInstance[] Load(string path, TaskSplit split, Dictionary<string, string> seen)
    {
        if (path.Length == 0)
        {
            return [];
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path}: the file of split {TaskSplits.Name(split)} does not exist.", path);
        }

        List<TaskInstance> instances = [];
        foreach ((int number, ReadOnlyMemory<byte> line) in BoundedLines.Read(path, options.MaximumLineBytes))
        {
            if (instances.Count == options.MaximumCount)
            {
                throw new InvalidDataException($"{path}:{number}: more than {options.MaximumCount} lines.");
            }

            TaskInstance instance = Read($"{path}:{number}", line, split, instances.Count);
            RequireNew(instance, path, number, seen);
            instances.Add(instance);
        }

        return instances.Count > 0 ? [.. instances] : throw new InvalidDataException($"{path}: the data set is empty.");
    }

    private void RequireNew(TaskInstance instance, string path, int number, Dictionary<string, string> seen)
    {
        if (!seen.TryAdd(instance.Key, path) && seen[instance.Key] != path && !options.AllowOverlap)
        {
            throw new InvalidDataException($"{path}:{number}: field '{options.PromptField}' repeats a prompt of {seen[instance.Key]}; splits must not overlap.");
        }
    }

    private TaskInstance Read(string place, ReadOnlyMemory<byte> line, TaskSplit split, int index)
    {
        if (!StrictJson.TryParseObject(line, out JsonDocument? document, out string? error))
        {
            throw new InvalidDataException($"{place}: {error}, expected one JSON object per line.");
        }

        using (document)
        {
            string prompt = Field(place, document.RootElement, options.PromptField), solution = Field(place, document.RootElement, options.AnswerField);
            string answer = options.Verifier == AnswerVerifier.Exact
                ? solution
                : FinalAnswer.Extract(solution) ?? throw new InvalidDataException($"{place}: field '{options.AnswerField}' has no final answer, expected '{FinalAnswer.Marker} number'.");
            string[] lines = solution.Split('\n');
            return new TaskInstance
            {
                Family = Name,
                Split = split,
                Index = index,
                Key = AnswerText.Normalize(prompt),
                Prompt = prompt,
                Answer = answer,
                Steps = lines[..^1],
                FirstCorrectStep = lines.Length - 2,
                Metadata = new JsonlMetadata(solution),
            };
        }
    }

    private static string Field(string place, JsonElement record, string name)
    {
        if (!record.TryGetProperty(name, out JsonElement value))
        {
            throw new InvalidDataException($"{place}: field '{name}' is missing, expected text.");
        }

        return value.ValueKind switch
        {
            JsonValueKind.String when value.GetString() is { Length: > 0 } text => text,
            JsonValueKind.Number => value.GetRawText(),
            _ => throw new InvalidDataException($"{place}: field '{name}' is {value.ValueKind}, expected text."),
        };
    }
}
