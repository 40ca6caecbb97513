namespace Proximal.Worlds.Knowledge;

/// <summary>What a question must satisfy to be asked: that the documents answer it, that it has the one answer, and that no single search gives a chain away.</summary>
public static class QuestionChecks
{
    /// <summary>Whether every fact that leads to the answer can be found; see <see cref="SearchWorld.IsRetrievable"/>.</summary>
    public static bool IsRetrievable(SearchWorld world, Question question)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(question);
        return question.GoldFacts.All(world.IsRetrievable);
    }

    /// <summary>Whether the graph gives the answers, and as many of them as the kind has: one, or two to three of an ambiguous question.</summary>
    public static bool IsUnique(SearchWorld world, Question question)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(question);
        int[][] answers = [.. QuestionMeaning.Solve(world.Graph, question).Select(solution => solution.Answer)];
        (int least, int most) = question.Kind == QuestionKind.Ambiguous ? (2, 3) : (1, 1);
        return answers.Length >= least && answers.Length <= most && answers.Length == question.TrueAnswers.Count
            && answers.All(answer => question.TrueAnswers.Any(gold => gold.AsSpan().SequenceEqual(answer)));
    }

    /// <summary>Whether the documents that a search for the words of a chain of several hops finds do not contain its answer.</summary>
    public static bool HasNoShortcut(SearchWorld world, Question question)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(question);
        return question.Kind != QuestionKind.Chain || question.Hops == 1
            || !world.Search(question.Tokens).Any(document => question.TrueAnswers.Any(answer => world.Contains(document, answer)));
    }

    /// <summary>Whether the search for all constraints of an inverse question or intersection together finds the document of the answer.</summary>
    public static bool IsInverseRetrievable(SearchWorld world, Question question)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(question);
        if (question.Kind is not (QuestionKind.Inverse or QuestionKind.Intersection))
        {
            return true;
        }

        int[] query = [];
        foreach ((Predicate relation, Term target) in question.Constraints)
        {
            (int entity, _) = QuestionMeaning.Evaluate(world.Graph, target).First();
            query = [.. query, KnowledgeVocabulary.Of(relation), .. world.Graph.Name(entity)];
        }

        return world.Search(query).Any(document => question.TrueAnswers.Any(answer => world.Corpus.Documents[document].Title.SequenceEqual(answer)));
    }

    /// <summary>Whether the document of a superlative's object lists all that are compared.</summary>
    public static bool IsListed(SearchWorld world, Question question)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(question);
        if (question.Kind != QuestionKind.Superlative)
        {
            return true;
        }

        (Predicate relation, Term target) = question.Constraints[0];
        (int entity, _) = QuestionMeaning.Evaluate(world.Graph, target).First();
        List<Statement> said = Statement.ReadAll(world.Corpus.Documents[entity].Opening(world.Options.DocumentTokens));
        return world.Graph.Subjects(relation, entity).All(subject => said.Exists(statement => statement.IsAbout(world.Graph.Name(subject), relation)));
    }

    /// <summary>Whether no answer stands in the question, but for a comparison, which names both.</summary>
    public static bool DoesNotTell(Question question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return question.Kind == QuestionKind.Comparison || !question.TrueAnswers.Any(answer => question.Tokens.AsSpan().IndexOf(answer) >= 0);
    }

    /// <summary>All of them.</summary>
    public static bool Accepts(SearchWorld world, Question question) =>
        DoesNotTell(question)
        && IsUnique(world, question)
        && IsRetrievable(world, question)
        && HasNoShortcut(world, question)
        && IsInverseRetrievable(world, question)
        && IsListed(world, question);
}
