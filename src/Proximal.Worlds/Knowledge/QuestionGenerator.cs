using Proximal.Tensors.Random;

namespace Proximal.Worlds.Knowledge;

/// <summary>
/// Draws questions about a world. Level 1 follows one relation or finds the one subject of an object; level 2 follows two or compares two entities; level 3 follows three or intersects two
/// constraints; level 4 follows four, intersects constraints whose object has to be found first, or compares all subjects of an object. The last step of a chain may be an attribute. Kinds of a
/// level are drawn alike, and asked as often as a draw is acceptable: an object with a single subject is rarer than a chain.
/// </summary>
public sealed class QuestionGenerator
{
    private const int Draws = 300;
    private const double AttributeShare = 0.25;

    private readonly SearchWorld world;
    private readonly KnowledgeGraph graph;
    private readonly QuestionOptions options;

    /// <summary>Draws questions about a world.</summary>
    /// <exception cref="ArgumentException">An option is impossible; the message names it.</exception>
    public QuestionGenerator(SearchWorld world, QuestionOptions options)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(options);
        if (options.FindFault() is { } fault)
        {
            throw new ArgumentException(fault, nameof(options));
        }

        this.world = world;
        this.options = options;
        graph = world.Graph;
    }

    /// <summary>Draws a question of a level that is drawn too.</summary>
    /// <param name="random">The stream to draw from.</param>
    /// <returns>The question; null where no draw of that level was acceptable.</returns>
    public Question? Draw(SuiteRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        bool isAmbiguous = random.Double() < options.AmbiguousShare;
        int level = isAmbiguous ? 1 : DrawLevel(random);
        for (int draw = 0; draw < Draws; draw++)
        {
            Question? form = isAmbiguous ? Ambiguous(random) : Form(level, random);
            if (form is not null && Finish(Fuzz(form, random), random) is { } question)
            {
                return question;
            }
        }

        return null;
    }

    private int DrawLevel(SuiteRandom random)
    {
        double left = random.Double() * options.LevelShares.Sum();
        for (int level = 1; level < 4; level++)
        {
            left -= options.LevelShares[level - 1];
            if (left < 0)
            {
                return level;
            }
        }

        return options.LevelShares[3] > 0 ? 4 : 1 + options.LevelShares.ToList().FindLastIndex(share => share > 0);
    }

    private Question? Form(int level, SuiteRandom random) => (level, random.Int(level == 4 ? 3 : 2)) switch
    {
        (_, 0) => Chain(level, random),
        (1, _) => Inverse(random),
        (2, _) => Comparison(random),
        (3, _) => Intersection(3, random),
        (4, 1) => Intersection(4, random),
        _ => Superlative(random),
    };

    private Question? Chain(int hops, SuiteRandom random)
    {
        int at = random.Int(graph.Entities);
        HashSet<int> visited = [at];
        Term term = new NamedTerm(graph.Name(at));
        for (int hop = 1; hop < hops; hop++)
        {
            if (Pick(at, random, isAttribute: false) is not { } relation || !visited.Add(at = graph.Objects(at, relation)[0]))
            {
                return null;
            }

            term = new FollowedTerm(relation, term);
        }

        return Pick(at, random, isAttribute: random.Double() < AttributeShare) is { } asked && (KnowledgeSchema.IsAttribute(asked) || !visited.Contains(graph.Objects(at, asked)[0]))
            ? new Question { Kind = QuestionKind.Chain, Level = hops, Subject = term, Asked = asked }
            : null;
    }

    private Question? Ambiguous(SuiteRandom random)
    {
        int[] rivers = [.. graph.OfType(EntityType.River)];
        int[] homonyms = [.. Enumerable.Range(0, graph.Entities).Where(entity => graph.Named(graph.Name(entity)).Count > 1)];
        int[] subjects = homonyms.Length > 0 && random.Int(2) == 0 ? homonyms : rivers;
        int subject = random.Pick(subjects);
        return Pick(subject, random, isAttribute: false) is { } asked
            ? new Question { Kind = QuestionKind.Ambiguous, Level = 1, Subject = new NamedTerm(graph.Name(subject)), Asked = asked }
            : null;
    }

    private Question? Inverse(SuiteRandom random)
    {
        Fact fact = random.Pick(graph.Facts);
        return KnowledgeSchema.IsAttribute(fact.Predicate) || graph.Subjects(fact.Predicate, fact.Object).Count != 1
            ? null
            : new Question { Kind = QuestionKind.Inverse, Level = 1, Constraints = [(fact.Predicate, new NamedTerm(graph.Name(fact.Object)))] };
    }

    private Question? Intersection(int level, SuiteRandom random)
    {
        int subject = random.Int(graph.Entities);
        Predicate[] relations = [.. Relations(subject)];
        if (relations.Length < 2)
        {
            return null;
        }

        random.Shuffle(relations.AsSpan());
        Term first = new NamedTerm(graph.Name(graph.Objects(subject, relations[0])[0])), second = new NamedTerm(graph.Name(graph.Objects(subject, relations[1])[0]));
        if (level == 4)
        {
            int target = graph.Objects(subject, relations[0])[0];
            List<Fact> routes = [.. graph.Facts.Where(fact => fact.Object == target && fact.Subject != subject && !KnowledgeSchema.IsAttribute(fact.Predicate) && KnowledgeSchema.IsFunctional(fact.Predicate))];
            if (routes.Count == 0)
            {
                return null;
            }

            Fact route = random.Pick(routes);
            first = new FollowedTerm(route.Predicate, new NamedTerm(graph.Name(route.Subject)));
        }

        return new Question { Kind = QuestionKind.Intersection, Level = level, Constraints = [(relations[0], first), (relations[1], second)] };
    }

    private Question? Comparison(SuiteRandom random)
    {
        EntityType[] comparable = [EntityType.Person, EntityType.Company, EntityType.Work];
        EntityType type = random.Pick(comparable);
        int first = Any(type), second = Any(type);
        return first == second
            ? null
            : new Question { Kind = QuestionKind.Comparison, Level = 2, Asked = KnowledgeSchema.NumberOf(type)!.Value, Choices = [graph.Name(first), graph.Name(second)] };

        int Any(EntityType wanted) => graph.OfType(wanted)[random.Int(graph.OfType(wanted).Length)];
    }

    private Question? Superlative(SuiteRandom random)
    {
        if (world.Corpus.Sets.Count == 0)
        {
            return null;
        }

        (Predicate relation, int entity) = random.Pick(world.Corpus.Sets);
        return new Question
        {
            Kind = QuestionKind.Superlative,
            Level = 4,
            Asked = KnowledgeSchema.NumberOf(KnowledgeSchema.Domain(relation))!.Value,
            Constraints = [(relation, new NamedTerm(graph.Name(entity)))],
        };
    }

    /// <summary>Replaces names by descriptions, as deep as the options say.</summary>
    private Question Fuzz(Question question, SuiteRandom random)
    {
        for (int depth = 0; depth < options.FuzzDepth; depth++)
        {
            question = question.Subject is { } subject
                ? question with { Subject = Describe(subject, random) }
                : question with { Constraints = [.. question.Constraints.Select((constraint, i) => i == 0 ? (constraint.Relation, Describe(constraint.Object, random)) : constraint)] };
        }

        return question;
    }

    /// <summary>The term with its name replaced by a description; as it is where no fact describes the entity alone.</summary>
    private Term Describe(Term term, SuiteRandom random)
    {
        if (term is FollowedTerm followed)
        {
            return followed with { Of = Describe(followed.Of, random) };
        }

        if (term is DescribedTerm described)
        {
            return described with { Object = Describe(described.Object, random) };
        }

        int entity = graph.Named(((NamedTerm)term).Name)[0];
        Predicate[] telling = [.. Relations(entity).Where(relation => graph.Subjects(relation, graph.Objects(entity, relation)[0]).Count == 1)];
        if (telling.Length == 0)
        {
            return term;
        }

        Predicate relation = random.Pick(telling);
        return new DescribedTerm(relation, new NamedTerm(graph.Name(graph.Objects(entity, relation)[0])));
    }

    /// <summary>The question with words and answers; null where it is not acceptable.</summary>
    private Question? Finish(Question form, SuiteRandom random)
    {
        List<(int[] Answer, Fact[] Path)> solutions = QuestionMeaning.Solve(graph, form);
        if (solutions.Count == 0)
        {
            return null;
        }

        Fact[] facts = [.. solutions.SelectMany(solution => solution.Path).Distinct()];
        int[][] answers = [.. solutions.Select(solution => solution.Answer)];
        Question question = form with
        {
            Tokens = QuestionMeaning.Words(form, options.TellAmbiguous, predicate => KnowledgeVocabulary.Of(predicate, world.Options.Synonyms == 1 ? 0 : random.Int(2))),
            Answers = answers,
            TrueAnswers = answers,
            GoldFacts = facts,
            GoldDocuments = [.. facts.Select(fact => fact.Subject).Concat(form.Kind == QuestionKind.Superlative ? [facts.First(fact => fact.Predicate == form.Constraints[0].Relation).Object] : []).Distinct()],
        };
        if (options.Verified ? !QuestionChecks.Accepts(world, question) : !QuestionChecks.IsUnique(world, question))
        {
            return null;
        }

        question = question with { ExpertTurns = SearchExpert.CountTurns(world, question, options.MostTurns) };
        return options.Verified && question.ExpertTurns == 0 ? null
            : random.Double() < options.MislabelledShare ? question with { Answers = [Corrupt(question, random)] }
            : question;
    }

    /// <summary>Another answer of the same form that is wrong.</summary>
    private int[] Corrupt(Question question, SuiteRandom random)
    {
        while (true)
        {
            int[] other = KnowledgeVocabulary.IsHead(question.TrueAnswers[0][0])
                ? graph.Name(random.Int(graph.Entities))
                : graph.ObjectTokens(question.Asked, KnowledgeGraph.DrawValue(question.Asked, random));
            if (!question.TrueAnswers.Any(answer => answer.AsSpan().SequenceEqual(other)))
            {
                return other;
            }
        }
    }

    private Predicate? Pick(int entity, SuiteRandom random, bool isAttribute)
    {
        Predicate[] choices = isAttribute ? [.. KnowledgeSchema.Of(graph.Type(entity)).Where(KnowledgeSchema.IsAttribute)] : [.. Relations(entity)];
        return choices.Length == 0 ? null : random.Pick(choices);
    }

    private IEnumerable<Predicate> Relations(int entity) =>
        KnowledgeSchema.Of(graph.Type(entity)).Where(predicate => !KnowledgeSchema.IsAttribute(predicate) && graph.Objects(entity, predicate).Count > 0);
}
