using Proximal.Tensors.Random;
using static System.FormattableString;

namespace Proximal.Tasks;

/// <summary>
/// A family of generated problems. Instance (family, split, difficulty, index) is drawn from its own stream, redrawn on that stream until the family accepts it and its key falls into
/// the split, so it depends on nothing else. A family supplies the draw, the judgement of an answer and the four concept hints.
/// </summary>
public abstract class ProceduralTask : ITask
{
    private readonly ProceduralOptions options;
    private readonly PromptTemplate template;
    private readonly Lazy<TaskLengths> lengths;

    /// <summary>Sets up a family.</summary>
    /// <param name="name">Name of the family; part of the stream names.</param>
    /// <param name="options">The common options; validated here.</param>
    /// <param name="alphabet">The characters of prompts, steps and answers.</param>
    /// <param name="words">Words that are one symbol each.</param>
    /// <exception cref="ArgumentException">An option is impossible; the message names the key, the value and what is expected.</exception>
    private protected ProceduralTask(string name, ProceduralOptions options, string alphabet, params IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionChecks.Validate(options.FindFault());
        Name = name;
        this.options = options;
        template = PromptTemplate.All[options.Template];
        Symbols = [.. words, .. SymbolsFor(options, alphabet)];
        lengths = new(() => TaskSampling.EstimateLengths(this));
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Symbols { get; }

    /// <inheritdoc/>
    public TaskLengths Lengths => lengths.Value;

    /// <summary>Difficulty of the instances.</summary>
    private protected int Difficulty => options.Difficulty;

    /// <summary>Whether answers count only in the required form.</summary>
    private protected bool Strict => options.Strict;

    /// <inheritdoc/>
    public long? Count(TaskSplit split) => null;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The knobs leave (nearly) no instance of the split.</exception>
    public TaskInstance Generate(TaskSplit split, long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        string stream = Invariant($"{Name}|{TaskSplits.Name(split)}|{options.Difficulty}|{index}");
        SuiteRandom random = new(stream, (ulong)options.Seed);
        for (int draw = 0; draw < TaskSampling.MaximumDraws; draw++)
        {
            if (Draw(random) is { } draft && TaskSplits.Of(draft.Key) == split)
            {
                return ToInstance(draft, split, index, stream);
            }
        }

        throw new InvalidOperationException(
            $"Task {Name}: no instance of difficulty {options.Difficulty} in split {TaskSplits.Name(split)} after {TaskSampling.MaximumDraws} draws; the options exclude nearly everything.");
    }

    /// <inheritdoc/>
    public Verdict Verify(TaskInstance instance, Response response)
    {
        ArgumentNullException.ThrowIfNull(instance);
        string text = template.Opening + response.Text;
        if (text.Length > ResponseFormat.MaximumCharacters)
        {
            return Verdict.Unreadable("response too long");
        }

        ParsedResponse parsed = Parse(text, response.Ended);
        Verdict verdict = parsed.Answer is null ? Verdict.Unreadable("no answer in the required form") : Judge(instance, AnswerText.Normalize(parsed.Answer), parsed.Thought);
        return verdict with { FormatOk = parsed.FormatOk };
    }

    /// <inheritdoc/>
    public string Demonstration(TaskInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return Compose(instance, RedundantThought.Extend(instance.Steps, instance.Answer, instance.Redundancy))[template.Opening.Length..];
    }

    /// <inheritdoc/>
    public string? Demonstration(TaskInstance instance, DemonstrationStyle style)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return style == DemonstrationStyle.Canonical ? Demonstration(instance) : Compose(instance, [.. instance.Steps.Select(VerboseSteps.Of)])[template.Opening.Length..];
    }

    /// <inheritdoc/>
    public SplitResponse? WithGoldAnswer(TaskInstance instance, string response)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(response);
        return ResponseFormat.Split(options.Style, template.Skeleton, template.Opening + response, instance.Answer) is { } split && split.Thought.Length >= template.Opening.Length
            ? split with { Thought = split.Thought[template.Opening.Length..] }
            : null;
    }

    /// <inheritdoc/>
    public bool? StepsHold(TaskInstance instance, string response)
    {
        ArgumentNullException.ThrowIfNull(instance);
        string text = template.Opening + response;
        return template.Skeleton is ThoughtSkeleton.Steps or ThoughtSkeleton.FinalIs && text.Length <= ResponseFormat.MaximumCharacters && Parse(text, ended: true).Thought is { } thought
            ? StepsHoldIn(instance, thought)
            : null;
    }

    /// <inheritdoc/>
    public string? Hint(TaskInstance instance, int level)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return TaskHints.AtLevel(level, Concepts(instance), Plan(instance), instance.Steps);
    }

    /// <summary>The share of the template's markers that a response has exactly once.</summary>
    public double FormatScore(Response response) => template.FormatScore(response.Text);

    /// <summary>Draws a problem, or null to reject it; the next try continues on the same stream.</summary>
    private protected abstract ProceduralDraft? Draw(SuiteRandom random);

    /// <summary>Judges an answer; must accept any text.</summary>
    /// <param name="instance">The problem.</param>
    /// <param name="answer">The answer, trimmed and with runs of spaces collapsed.</param>
    /// <param name="thought">The chain of thought, or null.</param>
    private protected abstract Verdict Judge(TaskInstance instance, string answer, string? thought);

    /// <summary>The four concept sentences of the weakest hints.</summary>
    private protected abstract IReadOnlyList<string> Concepts(TaskInstance instance);

    /// <summary>The steps without their results.</summary>
    private protected virtual IReadOnlyList<string> Plan(TaskInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return StepPlan.Mask(instance.Prompt, instance.Steps);
    }

    /// <summary>Whether the steps of a chain of thought hold and lead to the gold answer; null where the family cannot check them.</summary>
    private protected virtual bool? StepsHoldIn(TaskInstance instance, string thought) => null;

    /// <summary>Writes the response with these steps, the template's opening included.</summary>
    private protected virtual string Compose(TaskInstance instance, IReadOnlyList<string> steps)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(steps);
        IReadOnlyList<string> shown = options.Style == ResponseStyle.Unreasoned ? [] : steps;
        return ResponseFormat.Compose(options.Style, template.Skeleton, Arrange(instance, shown), shown, instance.Answer);
    }

    /// <summary>Takes a response apart.</summary>
    private protected virtual ParsedResponse Parse(string text, bool ended) => ResponseFormat.Parse(options.Style, template.Skeleton, text, ended, options.Strict);

    /// <summary>The data of an instance.</summary>
    /// <exception cref="ArgumentException">The instance comes from another task.</exception>
    private protected T MetadataOf<T>(TaskInstance instance)
        where T : TaskMetadata
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance.Metadata as T ?? throw new ArgumentException($"Instance {instance.Key} is not one of task {Name}.", nameof(instance));
    }

    private static IReadOnlyList<string> SymbolsFor(ProceduralOptions options, string alphabet)
    {
        if (options.FullVocabulary || options.Template != 0)
        {
            return SuiteVocabulary.All;
        }

        string extra = options.Style == ResponseStyle.Json ? "{}[]\":,\\ansteprw" : "";
        extra += options.MaximumRedundancy > 0 && options.Style != ResponseStyle.Bare ? RedundantThought.Separator + "so " : "";
        string separator = options.Style == ResponseStyle.Reasoned ? ";" : "";
        string[] tags = options.Style is ResponseStyle.Reasoned or ResponseStyle.Unreasoned
            ? [SuiteVocabulary.Think, SuiteVocabulary.EndThink, SuiteVocabulary.Answer, SuiteVocabulary.EndAnswer]
            : [];
        return [.. tags, .. (alphabet + separator + extra).Distinct().Select(c => c.ToString())];
    }

    private string Arrange(TaskInstance instance, IReadOnlyList<string> steps)
    {
        string joined = string.Join(';', steps);
        return template.Skeleton switch
        {
            ThoughtSkeleton.PlanFirst => $"{ResponseFormat.PlanMarker}{string.Join(';', steps.Count == 0 ? [] : Plan(instance))};{joined}",
            ThoughtSkeleton.CheckAfter => $"{joined};{ResponseFormat.CheckMarker}{joined}",
            ThoughtSkeleton.Facts => $"{ResponseFormat.FactsMarker}{string.Join(", ", Concepts(instance))};{joined}",
            ThoughtSkeleton.Code => string.Join(';', StepCode.Assignments(steps)),
            _ => joined,
        };
    }

    private TaskInstance ToInstance(ProceduralDraft draft, TaskSplit split, long index, string stream)
    {
        int redundancy = options.MaximumRedundancy == 0 ? 0 : new SuiteRandom($"redundancy|{stream}", (ulong)options.Seed).Int(options.MaximumRedundancy + 1);
        return new TaskInstance
        {
            Family = Name,
            Split = split,
            Difficulty = options.Difficulty,
            Index = index,
            Key = draft.Key,
            Prompt = template.Render(template.Id == 0 ? draft.Prompt : draft.EnglishPrompt ?? draft.Prompt),
            Answer = draft.Answer,
            Steps = draft.Steps,
            FirstCorrectStep = StepPlan.FirstCorrect(draft.Steps, draft.Answer),
            Redundancy = draft.Steps.Count == 0 ? 0 : redundancy,
            Metadata = draft.Metadata,
        };
    }
}
