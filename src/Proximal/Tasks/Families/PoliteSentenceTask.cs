using Proximal.Tensors.Random;
using static System.FormattableString;

namespace Proximal.Tasks.Families;

/// <summary>
/// Ask politely: prompt <c>open old door :</c>, response a sentence that asks for it, such as <c>hello , could you please open the old door ? thank you .</c>.
/// An exact rule judges: a sentence outside the grammar, or about something else, gets 0; any other the share of the four courtesies (greeting, "could" or
/// "would", "please", thanks), and it is right with at least <see cref="PoliteSentenceOptions.Required"/> of them. Each word is one symbol, written with a
/// space after it. A small stand-in for alignment with human preferences, in which the preference itself is known.
/// </summary>
public sealed class PoliteSentenceTask : ITask
{
    private const int LongestText = 4096;

    private readonly PoliteSentenceOptions options;

    /// <summary>Sets up the task.</summary>
    /// <exception cref="ArgumentException">An option is impossible; the message names the key, the value and what is expected.</exception>
    public PoliteSentenceTask(PoliteSentenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionChecks.Validate(options.FindFault());
        this.options = options;
    }

    /// <inheritdoc/>
    public string Name => "polite-sentence";

    /// <inheritdoc/>
    public IReadOnlyList<string> Symbols { get; } = [.. PoliteGrammar.Words.Select(word => word + " ")];

    /// <inheritdoc/>
    public TaskLengths Lengths => new(4, PoliteGrammar.LongestSentence);

    /// <inheritdoc/>
    public TaskInstance Generate(TaskSplit split, long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        SuiteRandom random = new(Invariant($"{Name}|{TaskSplits.Name(split)}|0|{index}"), (ulong)options.Seed);
        for (int draw = 0; draw < TaskSampling.MaximumDraws; draw++)
        {
            PoliteRequest request = new(random.Pick(PoliteGrammar.Verbs), random.Pick(PoliteGrammar.Adjectives), random.Pick(PoliteGrammar.Nouns));
            string prompt = $"{request.Verb} {request.Adjective} {request.Noun} : ", key = $"{Name}|{prompt}";
            if (TaskSplits.Of(key) == split)
            {
                return new TaskInstance
                {
                    Family = Name,
                    Split = split,
                    Index = index,
                    Key = key,
                    Prompt = prompt,
                    Answer = Text(PoliteGrammar.Compose(request, [true, true, true, true], 0)),
                    Metadata = request,
                };
            }
        }

        throw new InvalidOperationException($"Task {Name}: no request of split {TaskSplits.Name(split)} in {TaskSampling.MaximumDraws} draws.");
    }

    /// <inheritdoc/>
    public Verdict Verify(TaskInstance instance, Response response)
    {
        if (response.Text.Length > LongestText)
        {
            return Verdict.Unreadable("response too long");
        }

        string[] words = response.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int courtesies = response.Ended ? PoliteGrammar.CountCourtesies(words, RequestOf(instance)) : -1;
        double share = Math.Max(0, courtesies) / (double)PoliteGrammar.Courtesies;
        return Verdict.Of(courtesies >= options.Required, share, string.Join(' ', words)) with { FormatOk = courtesies >= 0, Score = share };
    }

    /// <inheritdoc/>
    public string Demonstration(TaskInstance instance)
    {
        PoliteRequest request = RequestOf(instance);
        SuiteRandom random = new(Invariant($"manners|{Name}|{TaskSplits.Name(instance.Split)}|{instance.Index}"), (ulong)options.Seed);
        bool isCurt = random.Double() < options.Curt;
        int count = isCurt ? random.Int(options.Required) : random.Range(options.Required, PoliteGrammar.Courtesies);
        bool[] courtesies = new bool[PoliteGrammar.Courtesies];
        courtesies.AsSpan(0, count).Fill(true);
        random.Shuffle(courtesies.AsSpan());
        return Text(PoliteGrammar.Compose(request, courtesies, random.Int(2)));
    }

    private static string Text(IEnumerable<string> words) => string.Concat(words.Select(word => word + " "));

    private static PoliteRequest RequestOf(TaskInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance.Metadata as PoliteRequest ?? throw new ArgumentException($"Instance {instance.Key} is not one of task polite-sentence.", nameof(instance));
    }
}
