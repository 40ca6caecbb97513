using Proximal.Tensors.Random;

namespace Proximal.Worlds.Knowledge;

/// <summary>
/// The scripted agent: it reads what was shown, asks for what it needs next, and answers when it knows. It knows the meaning of the question and nothing of the graph. With a probability a query is
/// mistaken, a wrong relation or the wrong end of a name; it then sees its mistake and asks again, or, where it does not recover, believes what it found.
/// </summary>
public sealed class SearchExpert
{
    private readonly Question question;
    private readonly double noise;
    private readonly bool recovers;
    private readonly SuiteRandom random;
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int[]> beliefs = new(StringComparer.Ordinal);
    private List<Statement> known = [];
    private (string Query, Predicate Predicate, int[] Subject)? mistake;
    private SearchSession session = null!;

    /// <summary>An expert for one episode.</summary>
    /// <param name="question">The question.</param>
    /// <param name="noise">Probability of a mistake in a query.</param>
    /// <param name="recovers">Whether it notices.</param>
    /// <param name="random">Draws mistakes.</param>
    public SearchExpert(Question question, double noise, bool recovers, SuiteRandom random)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(noise, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(noise, 1);
        this.question = question;
        this.noise = noise;
        this.recovers = recovers;
        this.random = random;
    }

    /// <summary>Mistakes so far.</summary>
    public int Mistakes { get; private set; }

    /// <summary>Plays an episode to its end.</summary>
    /// <param name="session">A session that has not begun.</param>
    /// <returns>The turns that it took.</returns>
    public List<SearchAction> Play(SearchSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        List<SearchAction> turns = [];
        while (!session.IsOver)
        {
            SearchAction turn = Next(session);
            turns.Add(turn);
            session.Step(turn);
        }

        return turns;
    }

    /// <summary>The next turn of the episode that this expert plays.</summary>
    public SearchAction Next(SearchSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        this.session = session;

        // Second documents of a title come behind the first: what they say is believed only where nothing contradicts it.
        known = [.. session.Shown.OrderBy(text => text.Document >= session.World.Graph.Entities).SelectMany(text => Statement.ReadAll(text.Tokens))];
        if (session.MustJudge)
        {
            return SearchAction.Judge(session.IdealJudgement);
        }

        if (mistake is { } made)
        {
            mistake = null;
            if (!recovers)
            {
                beliefs[made.Query] = Believe(made.Subject, made.Predicate);
            }
        }

        SearchAction next = Decide();
        return next.Kind != SearchActionKind.Answer && session.Turn == session.Rules.Turns - 1 ? SearchAction.Answer([Guess()]) : next;
    }

    /// <summary>Turns of the expert without mistakes, the answer included; 0 where it does not find all answers within a limit.</summary>
    internal static int CountTurns(SearchWorld world, Question question, int limit)
    {
        SearchSession session = new(world, question, new SearchRules { Turns = limit });
        new SearchExpert(question, 0, recovers: true, new SuiteRandom(0)).Play(session);
        return session.Given is { } given && AnswerScores.Of(given, question.TrueAnswers).Exact == 1 ? session.Turn : 0;
    }

    private SearchAction Decide() => question.Kind switch
    {
        QuestionKind.Chain => Resolve(question.Subject!, out int[]? subject) ?? Look(subject!, question.Asked, out int[]? value) ?? SearchAction.Answer([value!]),
        QuestionKind.Ambiguous => Resolve(question.Subject!, out int[]? subject) ?? Look(subject!, question.Asked, out _) ?? SearchAction.Answer(All(subject!, question.Asked)),
        QuestionKind.Comparison => Compare([.. question.Choices], wantsLargest: false),
        QuestionKind.Superlative => Superlative(),
        _ => Constrained(),
    };

    /// <summary>The turn that finding the name of a term still needs; null where it is known.</summary>
    private SearchAction? Resolve(Term term, out int[]? name)
    {
        name = null;
        switch (term)
        {
            case NamedTerm named:
                name = named.Name;
                return null;
            case FollowedTerm followed:
                return Resolve(followed.Of, out int[]? subject) ?? Look(subject!, followed.Relation, out name);
            case DescribedTerm described:
                return Resolve(described.Object, out int[]? target) ?? Find([(described.Relation, target!)], out name);
            default:
                throw new ArgumentOutOfRangeException(nameof(term));
        }
    }

    /// <summary>The turn that finding what a predicate says of a name still needs.</summary>
    private SearchAction? Look(int[] subject, Predicate predicate, out int[]? value)
    {
        int[] query = [.. subject, KnowledgeVocabulary.Of(predicate)];
        value = beliefs.GetValueOrDefault(KnowledgeVocabulary.Write(query)) ?? known.Find(statement => statement.IsAbout(subject, predicate))?.Object;
        if (value is not null)
        {
            return null;
        }

        return Ask(query, subject, predicate) ?? OpenTitled(subject) ?? SearchAction.Answer([Guess()]);
    }

    /// <summary>The turn that finding the subject of all constraints still needs.</summary>
    private SearchAction? Find(List<(Predicate Relation, int[] Object)> constraints, out int[]? name)
    {
        int[] query = [.. constraints.SelectMany(constraint => (int[])[KnowledgeVocabulary.Of(constraint.Relation), .. constraint.Object])];
        name = beliefs.GetValueOrDefault(KnowledgeVocabulary.Write(query)) ?? Candidates(constraints).FirstOrDefault();
        if (name is not null)
        {
            return null;
        }

        if (Ask(query, constraints[0].Object, constraints[0].Relation) is { } search)
        {
            return search;
        }

        foreach (int document in session.LastFound)
        {
            if (!IsOpened(document) && session.World.Graph.Type(session.World.Corpus.Documents[document].Entity) == KnowledgeSchema.Domain(constraints[0].Relation))
            {
                return SearchAction.Access(document);
            }
        }

        return SearchAction.Answer([Guess()]);
    }

    private SearchAction Constrained()
    {
        List<(Predicate Relation, int[] Object)> constraints = [];
        foreach ((Predicate relation, Term target) in question.Constraints)
        {
            if (Resolve(target, out int[]? name) is { } needed)
            {
                return needed;
            }

            constraints.Add((relation, name!));
        }

        return Find(constraints, out int[]? answer) ?? SearchAction.Answer([answer!]);
    }

    private SearchAction Superlative()
    {
        (Predicate relation, Term target) = question.Constraints[0];
        if (Resolve(target, out int[]? name) is { } needed)
        {
            return needed;
        }

        int[] query = [.. name!, KnowledgeVocabulary.Inverse(relation)];
        if (OpenTitled(name!) is { } open)
        {
            return open;
        }

        int[][] members = [.. known.Where(statement => statement.Predicate == relation && statement.Object.AsSpan().SequenceEqual(name)).Select(statement => statement.Subject).DistinctBy(name => KnowledgeVocabulary.Write(name))];
        return members.Length == 0 || !session.Shown.Any(text => text.Opened && IsTitle(text.Document, name!))
            ? Ask(query, name!, relation) ?? SearchAction.Answer([Guess()])
            : Compare(members, wantsLargest: true);
    }

    private SearchAction Compare(int[][] names, bool wantsLargest)
    {
        int[] best = names[0];
        int? bar = null;
        foreach (int[] name in names)
        {
            if (Look(name, question.Asked, out int[]? value) is { } needed)
            {
                return needed;
            }

            int number = KnowledgeVocabulary.ReadNumber(value) ?? 0;
            if (bar is null || (wantsLargest ? number > bar : number < bar))
            {
                bar = number;
                best = name;
            }
        }

        return SearchAction.Answer([best]);
    }

    /// <summary>A search, unless it was made before; sometimes a mistaken one.</summary>
    private SearchAction? Ask(int[] query, int[] subject, Predicate predicate)
    {
        string key = KnowledgeVocabulary.Write(query);
        if (asked.Contains(key))
        {
            return null;
        }

        // What is believed by mistake may be no name, and its query have no end to get wrong.
        int word = Array.FindIndex(query, token => KnowledgeVocabulary.PredicateOf(token) is not null), tail = Array.FindIndex(query, KnowledgeVocabulary.IsTail);
        if (random.Double() >= noise || (word < 0 && tail < 1))
        {
            asked.Add(key);
            return SearchAction.Search(query);
        }

        Mistakes++;
        int[] mistaken = [.. query], name = subject;
        if (tail < 1 || (word >= 0 && random.Int(2) == 0))
        {
            Predicate[] others = [.. KnowledgeSchema.Predicates.Where(other => other != predicate && KnowledgeSchema.Domain(other) == KnowledgeSchema.Domain(predicate))];
            predicate = others.Length > 0 ? random.Pick(others) : KnowledgeSchema.Relations[((int)predicate + 1) % KnowledgeSchema.Relations.Count];
            mistaken[word] = KnowledgeVocabulary.Of(predicate);
        }
        else
        {
            int first = KnowledgeVocabulary.Tail(0);
            mistaken[tail] = first + ((mistaken[tail] - first + random.Range(1, KnowledgeVocabulary.Syllables - 1)) % KnowledgeVocabulary.Syllables);
            name = mistaken[(tail - 1)..(tail + 1)];
        }

        mistake = (key, predicate, name);
        return SearchAction.Search(mistaken);
    }

    /// <summary>What an expert that does not notice its mistake takes for the answer to its query.</summary>
    private int[] Believe(int[] subject, Predicate predicate)
    {
        ShownText[] last = [.. session.Shown.Where(text => text.Turn == session.Turn - 1)];
        if (last.Length == 0)
        {
            return Guess();
        }

        List<Statement> said = [.. last.SelectMany(text => Statement.ReadAll(text.Tokens))];
        Statement? fitting = said.Find(statement => statement.IsAbout(subject, predicate)) ?? said.Find(statement => statement.Predicate == predicate);
        return fitting?.Object ?? session.World.Corpus.Documents[last[0].Document].Title[..2].ToArray();
    }

    /// <summary>Opens a document with a title that was found and not opened.</summary>
    private SearchAction? OpenTitled(int[] title)
    {
        foreach (ShownText text in session.Shown)
        {
            if (IsTitle(text.Document, title) && !IsOpened(text.Document))
            {
                return SearchAction.Access(text.Document);
            }
        }

        return null;
    }

    private bool IsTitle(int document, int[] title) => session.World.Corpus.Documents[document].Title.SequenceEqual(title);

    private bool IsOpened(int document) => session.Shown.Any(text => text.Opened && text.Document == document);

    /// <summary>Names that all constraints are said of.</summary>
    private IEnumerable<int[]> Candidates(List<(Predicate Relation, int[] Object)> constraints) => known
        .Where(statement => Fits(statement, constraints[0]))
        .Select(statement => statement.Subject)
        .Where(name => constraints.All(constraint => known.Exists(statement => Fits(statement, constraint) && statement.Subject.AsSpan().SequenceEqual(name))));

    private static bool Fits(Statement statement, (Predicate Relation, int[] Object) constraint) =>
        statement.Predicate == constraint.Relation && statement.Object.AsSpan().SequenceEqual(constraint.Object);

    private List<int[]> All(int[] subject, Predicate predicate) =>
        [.. known.Where(statement => statement.IsAbout(subject, predicate)).Select(statement => statement.Object).DistinctBy(name => KnowledgeVocabulary.Write(name))];

    /// <summary>What is answered where nothing is known: the last object that was read.</summary>
    private int[] Guess() => session.Shown.Count > 0 && Statement.ReadAll(session.Shown[^1].Tokens) is [.., { } last] ? last.Object : [KnowledgeVocabulary.None];
}
