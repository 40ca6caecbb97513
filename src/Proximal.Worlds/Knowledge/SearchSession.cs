using System.Text;
using Proximal.Tensors.Random;

namespace Proximal.Worlds.Knowledge;

/// <summary>
/// An episode in a <see cref="SearchWorld"/>: a question, turns that search, open documents, judge, report or answer, and what was shown. Deterministic; a <see cref="Clone"/> goes its own way.
/// </summary>
public sealed class SearchSession
{
    private const string Noted = " noted", Refused = " invalid", NoSuchId = " no such id", Budget = " budget";

    private readonly List<(int[] Query, int[] Found)> queries = [];
    private readonly SortedSet<int> found = [];
    private readonly SortedSet<int> read = [];
    private readonly List<ShownText> shown = [];
    private readonly List<double> turnRewards = [];
    private readonly List<SearchAction> actions = [];
    private bool? judgement;
    private bool mustJudge;

    /// <summary>Begins an episode.</summary>
    /// <param name="world">The world.</param>
    /// <param name="question">A question about it.</param>
    /// <param name="rules">What is allowed.</param>
    public SearchSession(SearchWorld world, Question question, SearchRules rules)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(rules);
        World = world;
        Question = question;
        Rules = rules;
    }

    private SearchSession(SearchSession other)
        : this(other.World, other.Question, other.Rules)
    {
        queries.AddRange(other.queries);
        found.UnionWith(other.found);
        read.UnionWith(other.read);
        shown.AddRange(other.shown);
        turnRewards.AddRange(other.turnRewards);
        actions.AddRange(other.actions);
        judgement = other.judgement;
        mustJudge = other.mustJudge;
        Turn = other.Turn;
        IsOver = other.IsOver;
        Given = other.Given;
        Accesses = other.Accesses;
        Invalid = other.Invalid;
        Redundant = other.Redundant;
        Judgements = other.Judgements;
        RightJudgements = other.RightJudgements;
        ObservationHash = other.ObservationHash;
    }

    /// <summary>The world.</summary>
    public SearchWorld World { get; }

    /// <summary>The question.</summary>
    public Question Question { get; }

    /// <summary>What is allowed.</summary>
    public SearchRules Rules { get; }

    /// <summary>Turns taken.</summary>
    public int Turn { get; private set; }

    /// <summary>Whether the episode is over: answered, or out of turns.</summary>
    public bool IsOver { get; private set; }

    /// <summary>What was answered; null without an answer. [tokens]</summary>
    public int[]? Given { get; private set; }

    /// <summary>The turns so far: played again, they give the same state.</summary>
    public IReadOnlyList<SearchAction> Actions => actions;

    /// <summary>Whether the next turn has to be a judgement.</summary>
    public bool MustJudge => mustJudge;

    /// <summary>Searches.</summary>
    public int Searches => queries.Count;

    /// <summary>Documents opened, also those that are not there.</summary>
    public int Accesses { get; private set; }

    /// <summary>Turns that were refused.</summary>
    public int Invalid { get; private set; }

    /// <summary>Queries that repeat the words of an earlier one.</summary>
    public int Redundant { get; private set; }

    /// <summary>Judgements.</summary>
    public int Judgements { get; private set; }

    /// <summary>Judgements that agree with <see cref="IdealJudgement"/>.</summary>
    public int RightJudgements { get; private set; }

    /// <summary>Everything that was shown, in order.</summary>
    public IReadOnlyList<ShownText> Shown => shown;

    /// <summary>The documents that the last search found, the best first; empty before the first.</summary>
    public IReadOnlyList<int> LastFound => queries.Count == 0 ? [] : queries[^1].Found;

    /// <summary>What each turn was worth by itself: 1 for a gold document that was found or opened for the first time, else 0; the answer is worth its exactness.</summary>
    public IReadOnlyList<double> TurnRewards => turnRewards;

    /// <summary>The share of the gold documents that were found or opened.</summary>
    public double GoldProgress => (double)Question.GoldDocuments.Count(document => found.Contains(document) || read.Contains(document)) / Question.GoldDocuments.Count;

    /// <summary>The share of the facts on the way to the answer that were shown.</summary>
    public double Hops
    {
        get
        {
            List<Statement> said = [.. shown.SelectMany(text => Statement.ReadAll(text.Tokens))];
            return (double)Question.GoldFacts.Count(fact => Says(said, fact)) / Question.GoldFacts.Count;
        }
    }

    /// <summary>1 if all that was answered stands in texts that were shown, else 0.</summary>
    public double Faithfulness => Given is { } given && AnswerScores.Split(given) is { Count: > 0 } answers
        && answers.TrueForAll(answer => shown.Exists(text => text.Tokens.AsSpan().IndexOf(answer) >= 0 || World.Corpus.Documents[text.Document].Title.IndexOf(answer) >= 0)) ? 1 : 0;

    /// <summary>How good the answer is; all zeros without one.</summary>
    public AnswerScores Scores => Given is { } given ? AnswerScores.Of(given, Question.Answers) : default;

    /// <summary>Whether the last results are of use: they contain a right answer, or a fact on the way to it that was not shown before.</summary>
    public bool IdealJudgement
    {
        get
        {
            int turn = shown.Count == 0 ? 0 : shown[^1].Turn;
            ShownText[] last = [.. shown.Where(text => text.Turn == turn)];
            List<Statement> before = [.. shown.Where(text => text.Turn != turn).SelectMany(text => Statement.ReadAll(text.Tokens))];
            List<Statement> now = [.. last.SelectMany(text => Statement.ReadAll(text.Tokens))];
            return Question.Answers.Any(answer => last.Any(text => text.Tokens.AsSpan().IndexOf(answer) >= 0))
                || Question.GoldFacts.Any(fact => Says(now, fact) && !Says(before, fact));
        }
    }

    /// <summary>FNV-1a over question, turn, queries with what they found, documents opened, and the last judgement.</summary>
    public ulong StateHash
    {
        get
        {
            Fnv1aHash hash = new();
            hash.Add(Question.Tokens);
            hash.Add(Turn);
            hash.Add(Rules.Turns - Turn);
            foreach ((int[] query, int[] documents) in queries)
            {
                hash.Add(query);
                hash.Add(documents);
            }

            hash.Add([.. read]);
            hash.Add(judgement switch { null => 0, false => 1, true => 2 });
            hash.Add(mustJudge ? 1 : 0);
            hash.Add(IsOver ? 1 : 0);
            hash.Add(Given ?? []);
            return hash.Value;
        }
    }

    /// <summary>FNV-1a of the text of the last observation; 0 before the first.</summary>
    public ulong ObservationHash { get; private set; }

    /// <summary>A copy that goes its own way.</summary>
    public SearchSession Clone() => new(this);

    /// <summary>Takes a turn.</summary>
    /// <returns>What is observed, in the words of <see cref="KnowledgeVocabulary"/>; null when the episode is over.</returns>
    /// <exception cref="InvalidOperationException">It was over before.</exception>
    public string? Step(SearchAction action)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (IsOver)
        {
            throw new InvalidOperationException("The episode is over.");
        }

        actions.Add(action);
        double before = GoldProgress;
        string? observation = IsAllowed(action) ? Take(action) : Refuse(Refused);
        Turn++;
        IsOver = observation is null || Turn >= Rules.Turns;
        turnRewards.Add(Given is null ? (GoldProgress > before ? 1 : 0) : Scores.Exact);
        if (IsOver)
        {
            return null;
        }

        ObservationHash = SuiteHash.Fnv1a64(observation!);
        return observation;
    }

    /// <summary>A judgement is asked for after every search where searches are judged, and never otherwise; results that were judged useless allow no answer.</summary>
    private bool IsAllowed(SearchAction action) => action.Kind switch
    {
        SearchActionKind.Judge => mustJudge,
        SearchActionKind.Answer => !mustJudge && judgement is not false,
        _ => !mustJudge,
    };

    private string? Take(SearchAction action)
    {
        switch (action.Kind)
        {
            case SearchActionKind.Search when action.Tokens.Length > 0 && action.Tokens.Length <= Rules.QueryTokens:
                return Searches + Accesses < Rules.ToolCalls ? Search(action.Tokens) : Budget;
            case SearchActionKind.Access when KnowledgeVocabulary.ReadNumber(action.Tokens) is { } document:
                return Searches + Accesses < Rules.ToolCalls ? Open(document) : Budget;
            case SearchActionKind.Judge when action.Tokens is [var word] && (word == KnowledgeVocabulary.Word("yes") || word == KnowledgeVocabulary.Word("no")):
                return Judge(word == KnowledgeVocabulary.Word("yes"));
            case SearchActionKind.Report when Rules.Reports:
                return Noted;
            case SearchActionKind.Answer when AnswerScores.Split(action.Tokens).Count > 0:
                Given = action.Tokens;
                return null;
            default:
                return Refuse(Refused);
        }
    }

    private string Search(int[] query)
    {
        int[] sorted = [.. query.Order()];
        Redundant += queries.Exists(earlier => earlier.Query.Order().SequenceEqual(sorted)) ? 1 : 0;
        int[] documents = World.Search(query);
        queries.Add((query, documents));
        found.UnionWith(documents);
        mustJudge = Rules.Judged;
        judgement = null;
        StringBuilder text = new();
        foreach (int document in documents)
        {
            int[] snippet = World.Snippet(document, query);
            shown.Add(new ShownText(Turn, document, snippet, Opened: false));
            text.Append('[').Append(document).Append(']').Append(KnowledgeVocabulary.Write(World.Corpus.Documents[document].Title)).Append(':').Append(KnowledgeVocabulary.Write(snippet));
        }

        return documents.Length > 0 ? text.ToString() : KnowledgeVocabulary.Text(KnowledgeVocabulary.None);
    }

    private string Open(int document)
    {
        Accesses++;
        if (document >= World.Corpus.Documents.Count)
        {
            Invalid++;
            return NoSuchId;
        }

        read.Add(document);
        KnowledgeDocument opened = World.Corpus.Documents[document];
        int[] tokens = opened.Opening(World.Options.DocumentTokens).ToArray();
        shown.Add(new ShownText(Turn, document, tokens, Opened: true));
        return KnowledgeVocabulary.Write(opened.Title) + ":" + KnowledgeVocabulary.Write(tokens);
    }

    private string Judge(bool isUseful)
    {
        Judgements++;
        RightJudgements += isUseful == IdealJudgement ? 1 : 0;
        judgement = isUseful;
        mustJudge = false;
        return Noted;
    }

    private string Refuse(string observation)
    {
        Invalid++;
        return observation;
    }

    private bool Says(List<Statement> said, Fact fact)
    {
        int[] name = World.Graph.Name(fact.Subject), value = World.Graph.ObjectTokens(fact.Predicate, fact.Object);
        return said.Exists(statement => statement.IsAbout(name, fact.Predicate) && statement.Object.AsSpan().SequenceEqual(value));
    }
}
