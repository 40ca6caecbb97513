using System.Text;
using Proximal.Tasks;
using Proximal.Tasks.Corpora;
using Proximal.Tasks.Verification;
using Proximal.Worlds.Retrieval;

namespace Proximal.Environments.Search;

/// <summary>An episode of <see cref="CorpusEnvironment"/>.</summary>
internal sealed class CorpusEpisode(TaskInstance instance, CorpusMetadata problem, CorpusEnvironmentOptions options) : IEpisode
{
    /// <summary>What errors are made of.</summary>
    public const string Words = Refused + NoSuchId + Budget + Nothing;

    private const string Refused = "invalid", NoSuchId = "no such id", Budget = "budget", Nothing = "none";

    private static readonly string[] Tags = [ActionTags.Search, ActionTags.Access, ActionTags.Answer];

    private readonly HashSet<int> found = [];
    private readonly HashSet<string> queries = new(StringComparer.Ordinal);
    private readonly StringBuilder shown = new();
    private readonly List<double> turnRewards = [];
    private string? given;
    private int searches;
    private int accesses;
    private int redundant;
    private int invalid;

    public string? Answer => given ?? "";

    public bool IsExhausted => given is null && turnRewards.Count >= options.Turns;

    public IReadOnlyList<double> TurnRewards => turnRewards;

    public IReadOnlyDictionary<string, double> Counters => new Dictionary<string, double>
    {
        ["turns"] = turnRewards.Count,
        ["searches"] = searches,
        ["accesses"] = accesses,
        ["redundant"] = redundant,
        ["invalid"] = invalid,
        ["tool-cost"] = searches + accesses,
        ["gold-progress"] = Progress,
        ["faithful"] = given is not null && OpenAnswers.Contains(shown.ToString(), [given]) ? 1 : 0,
        ["sub-em"] = given is not null && OpenAnswers.Contains(given, problem.Answers) ? 1 : 0,
        ["f1"] = given is null ? 0 : OpenAnswers.F1(given, problem.Answers),
    };

    /// <summary>The share of the gold documents that were found or opened; 0 where none are known.</summary>
    private double Progress => problem.Gold.Count == 0 ? 0 : (double)problem.Gold.Count(id => found.Contains(problem.Corpus.Find(id)!.Value)) / problem.Gold.Count;

    public string? Step(string action)
    {
        ArgumentNullException.ThrowIfNull(action);
        double before = Progress;
        string? observation = TaggedTurn.First(action, Tags) is { } turn && turn.Content.AsSpan().Trim().Length > 0 ? Take(turn) : Refuse(Refused);
        turnRewards.Add(given is not null ? Judge()!.Score : Progress > before ? 1 : 0);
        return observation is null || turnRewards.Count >= options.Turns ? null : ActionTags.Wrap(ActionTags.Observation, observation);
    }

    public string? StepCut(string action) => Step(action);

    public IEpisode? Clone()
    {
        CorpusEpisode copy = new(instance, problem, options) { given = given, searches = searches, accesses = accesses, redundant = redundant, invalid = invalid };
        copy.found.UnionWith(found);
        copy.queries.UnionWith(queries);
        copy.shown.Append(shown);
        copy.turnRewards.AddRange(turnRewards);
        return copy;
    }

    public Verdict? Judge()
    {
        if (given is null)
        {
            return Verdict.Unreadable("no answer");
        }

        Verdict verdict = CorpusTask.Judge(instance, given) with { FormatOk = invalid == 0 };
        return verdict with
        {
            Score = options.FormatGate && invalid > 0 ? 0 : options.Score switch
            {
                AnswerScore.Contains => OpenAnswers.Contains(given, problem.Answers) ? 1 : 0,
                AnswerScore.TokenF1 => verdict.Partial,
                _ => verdict.Correct ? 1 : 0,
            },
        };
    }

    private string? Take(TaggedTurn turn)
    {
        if (turn.Tag == ActionTags.Answer)
        {
            given = turn.Content.Trim();
            return null;
        }

        return searches + accesses >= options.ToolCalls ? Budget : turn.Tag == ActionTags.Search ? Search(turn.Content) : Open(turn.Content.Trim());
    }

    private string Search(string query)
    {
        searches++;
        redundant += queries.Add(string.Join(' ', OpenAnswers.Normalize(query).Split(' ').Order(StringComparer.Ordinal))) ? 0 : 1;
        SearchHit[] hits = new SearchHit[options.Results];
        int count = problem.Corpus.Search(query, hits);
        List<string> lines = [];
        foreach (SearchHit hit in hits[..count])
        {
            found.Add(hit.Document);
            lines.Add(Line(hit.Document, problem.Corpus.Passage(hit.Document, query, options.PassageWords)));
        }

        return count == 0 ? Nothing : Show(string.Join('\n', lines));
    }

    private string Open(string id)
    {
        accesses++;
        if (problem.Corpus.Find(id) is not { } document)
        {
            return Refuse(NoSuchId);
        }

        found.Add(document);
        return Show(Line(document, problem.Corpus.Opening(document, options.DocumentWords)));
    }

    private string Line(int document, ReadOnlySpan<char> text) => $"[{problem.Corpus.Documents[document].Id}] {problem.Corpus.Documents[document].Title}: {text}";

    private string Show(string text)
    {
        shown.Append(text).Append('\n');
        return text;
    }

    private string Refuse(string observation)
    {
        invalid++;
        return observation;
    }
}
