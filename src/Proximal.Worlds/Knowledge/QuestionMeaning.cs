namespace Proximal.Worlds.Knowledge;

/// <summary>Answers questions from the graph, and puts them into words.</summary>
internal static class QuestionMeaning
{
    /// <summary>The true answers of a question with the facts that lead to each.</summary>
    public static List<(int[] Answer, Fact[] Path)> Solve(KnowledgeGraph graph, Question question) => question.Kind switch
    {
        QuestionKind.Chain or QuestionKind.Ambiguous => Chain(graph, question),
        QuestionKind.Inverse or QuestionKind.Intersection => Constrained(graph, question),
        QuestionKind.Comparison => Extreme(graph, question, [.. question.Choices.SelectMany(name => graph.Named(name)).Select(entity => (entity, Array.Empty<Fact>()))], wantsLargest: false),
        _ => Extreme(graph, question, Members(graph, question.Constraints[0]), wantsLargest: true),
    };

    /// <summary>The entities that a term may mean, each with the facts that lead there.</summary>
    public static IEnumerable<(int Entity, Fact[] Path)> Evaluate(KnowledgeGraph graph, Term term) => term switch
    {
        NamedTerm named => graph.Named(named.Name).Select(entity => (entity, Array.Empty<Fact>())),
        FollowedTerm followed =>
            from subject in Evaluate(graph, followed.Of)
            from target in graph.Objects(subject.Entity, followed.Relation)
            select (target, (Fact[])[.. subject.Path, new Fact(subject.Entity, followed.Relation, target)]),
        DescribedTerm described => Members(graph, (described.Relation, described.Object)),
        _ => throw new ArgumentOutOfRangeException(nameof(term)),
    };

    /// <summary>The words of a question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="isTold">Whether an ambiguous one says that it has several answers.</param>
    /// <param name="synonym">Picks one of the words of a predicate.</param>
    public static int[] Words(Question question, bool isTold, Func<Predicate, int> synonym)
    {
        int[] Phrase(Term term) => term switch
        {
            NamedTerm named => named.Name,
            FollowedTerm followed => [KnowledgeVocabulary.The, synonym(followed.Relation), Word("of"), .. Phrase(followed.Of)],
            DescribedTerm described =>
                [KnowledgeVocabulary.The, KnowledgeVocabulary.Type(KnowledgeSchema.Domain(described.Relation)), synonym(described.Relation), .. Phrase(described.Object)],
            _ => throw new ArgumentOutOfRangeException(nameof(term)),
        };
        int[] Which(int constraint) => [Word("which"), KnowledgeVocabulary.Type(KnowledgeSchema.Domain(question.Constraints[constraint].Relation)), .. Constraint(constraint)];
        int[] Constraint(int constraint) => [synonym(question.Constraints[constraint].Relation), .. Phrase(question.Constraints[constraint].Object)];

        int[] what = question.Subject is { } subject ? [Word("what"), Word("is"), KnowledgeVocabulary.The, synonym(question.Asked), Word("of"), .. Phrase(subject)] : [];
        int[] words = question.Kind switch
        {
            QuestionKind.Chain => what,
            QuestionKind.Ambiguous when isTold => [Word("name"), Word("every"), Word("answer"), KnowledgeVocabulary.Colon, .. what],
            QuestionKind.Ambiguous => what,
            QuestionKind.Inverse => Which(0),
            QuestionKind.Intersection => [.. Which(0), Word("and"), .. Constraint(1)],
            QuestionKind.Comparison =>
            [
                Word("which"), Word("one"), Word("has"), Word("earlier"), synonym(question.Asked), KnowledgeVocabulary.Colon, .. question.Choices[0], Word("or"), .. question.Choices[1],
            ],
            _ => [.. Which(0), Word("has"), KnowledgeVocabulary.The, Word("largest"), synonym(question.Asked)],
        };
        return [.. words, KnowledgeVocabulary.QuestionMark];
    }

    private static int Word(string word) => KnowledgeVocabulary.Word(word);

    private static List<(int[] Answer, Fact[] Path)> Chain(KnowledgeGraph graph, Question question)
    {
        List<(int[] Answer, Fact[] Path)> answers = [];
        foreach ((int subject, Fact[] path) in Evaluate(graph, question.Subject!))
        {
            foreach (int value in graph.Objects(subject, question.Asked))
            {
                AddNew(answers, graph.ObjectTokens(question.Asked, value), [.. path, new Fact(subject, question.Asked, value)]);
            }
        }

        return answers;
    }

    private static List<(int[] Answer, Fact[] Path)> Constrained(KnowledgeGraph graph, Question question)
    {
        List<(int[] Answer, Fact[] Path)> answers = [];
        (int Entity, Fact[] Path)[][] sets = [.. question.Constraints.Select(constraint => Members(graph, constraint))];
        foreach ((int entity, Fact[] path) in sets[0])
        {
            Fact[]?[] rest = [.. sets.Skip(1).Select(set => set.FirstOrDefault(member => member.Entity == entity).Path)];
            if (rest.All(other => other is not null))
            {
                AddNew(answers, graph.Name(entity), [.. path, .. rest.SelectMany(other => other!)]);
            }
        }

        return answers;
    }

    private static List<(int[] Answer, Fact[] Path)> Extreme(KnowledgeGraph graph, Question question, (int Entity, Fact[] Path)[] members, bool wantsLargest)
    {
        (int Entity, int Value)[] values =
            [.. members.Where(member => graph.Objects(member.Entity, question.Asked).Count == 1).Select(member => (member.Entity, graph.Objects(member.Entity, question.Asked)[0]))];
        if (values.Length < 2 || values.Length < members.Length)
        {
            return [];
        }

        int best = wantsLargest ? values.Max(member => member.Value) : values.Min(member => member.Value);
        Fact[] path = [.. members.SelectMany(member => member.Path).Distinct(), .. values.Select(member => new Fact(member.Entity, question.Asked, member.Value))];
        return [.. values.Where(member => member.Value == best).Select(member => (graph.Name(member.Entity), path))];
    }

    private static (int Entity, Fact[] Path)[] Members(KnowledgeGraph graph, (Predicate Relation, Term Object) constraint) =>
    [
        .. from target in Evaluate(graph, constraint.Object)
           from subject in graph.Subjects(constraint.Relation, target.Entity)
           select (subject, (Fact[])[.. target.Path, new Fact(subject, constraint.Relation, target.Entity)]),
    ];

    private static void AddNew(List<(int[] Answer, Fact[] Path)> answers, int[] answer, Fact[] path)
    {
        if (!answers.Exists(known => known.Answer.AsSpan().SequenceEqual(answer)))
        {
            answers.Add((answer, path));
        }
    }
}
