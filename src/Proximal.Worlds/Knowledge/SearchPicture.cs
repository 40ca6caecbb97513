namespace Proximal.Worlds.Knowledge;

/// <summary>Draws a question of a <see cref="SearchWorld"/>: the facts on the way to its answer among their neighbours, and an episode below.</summary>
public static class SearchPicture
{
    private const double Width = 940, Step = 230, Left = 130, Middle = 170;
    private const int Neighbours = 4;

    /// <summary>The picture of an episode as SVG.</summary>
    /// <param name="world">The world.</param>
    /// <param name="question">A chain of relations.</param>
    /// <param name="turns">The turns and observations, from the first turn on.</param>
    public static string Draw(SearchWorld world, Question question, IReadOnlyList<string> turns)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(turns);
        SvgCanvas canvas = new();
        canvas.Text(20, 30, KnowledgeVocabulary.Write(question.Tokens).Trim(), 17, isBold: true);
        Graph(canvas, world, question);
        double y = 330;
        for (int i = 0; i < turns.Count; i++, y += 26)
        {
            bool isAction = i % 2 == 0;
            canvas.Box(20, y - 17, Width - 40, 23, isAction ? "#e8f1fb" : "#f4f4f4", "none");
            canvas.Text(30, y, SvgCanvas.Fit(turns[i], 118), 12.5, isAction ? "#0b4f8a" : "#555", isCode: true);
        }

        return canvas.Finish(Width, y);
    }

    private static void Graph(SvgCanvas canvas, SearchWorld world, Question question)
    {
        IReadOnlyList<Fact> path = question.GoldFacts;
        HashSet<int> onPath = [.. path.Select(fact => fact.Subject), path[^1].Object];
        for (int i = 0; i <= path.Count; i++)
        {
            double x = Left + (i * Step);
            bool isValue = i == path.Count && KnowledgeSchema.IsAttribute(path[^1].Predicate);
            int entity = i < path.Count ? path[i].Subject : path[^1].Object;
            if (!isValue)
            {
                Around(canvas, world, entity, onPath, x);
            }

            if (i > 0)
            {
                canvas.Arrow(x - Step + 58, Middle, x - 58, Middle, "#c0392b", 2.5);
                canvas.Text(x - (Step / 2), Middle - 8, KnowledgeVocabulary.Text(KnowledgeVocabulary.Of(path[i - 1].Predicate)).Trim(), 12.5, "#c0392b", "middle");
            }

            string label = KnowledgeVocabulary.Write(isValue ? world.Graph.ObjectTokens(path[^1].Predicate, entity) : world.Graph.Name(entity)).Trim();
            Node(canvas, x, Middle, label, isValue ? "" : world.Graph.Type(entity).ToString().ToLowerInvariant(), i == path.Count ? "#d5f0d8" : "#fde9d9");
        }
    }

    private static void Around(SvgCanvas canvas, SearchWorld world, int entity, HashSet<int> onPath, double x)
    {
        (int Other, string Label)[] others =
        [
            .. world.Graph.Facts
                .Where(fact => !KnowledgeSchema.IsAttribute(fact.Predicate) && ((fact.Subject == entity && !onPath.Contains(fact.Object)) || (fact.Object == entity && !onPath.Contains(fact.Subject))))
                .Select(fact => fact.Subject == entity
                    ? (fact.Object, KnowledgeVocabulary.Text(KnowledgeVocabulary.Of(fact.Predicate)).Trim())
                    : (fact.Subject, KnowledgeVocabulary.Text(KnowledgeVocabulary.Inverse(fact.Predicate)).Trim()))
                .DistinctBy(other => other.Item1)
                .Take(Neighbours),
        ];
        for (int i = 0; i < others.Length; i++)
        {
            double y = i % 2 == 0 ? Middle - 85 : Middle + 85, at = x + (i < 2 ? -52 : 52);
            canvas.Line(x, Middle, at, y, "#ccc", 1.2);
            canvas.Text(at, i % 2 == 0 ? y - 20 : y + 27, others[i].Label, 10.5, "#999", "middle");
            canvas.Box(at - 40, y - 14, 80, 26, "#fafafa", "#ccc");
            canvas.Text(at, y + 3, KnowledgeVocabulary.Write(world.Graph.Name(others[i].Other)).Trim(), 11, "#888", "middle");
        }
    }

    private static void Node(SvgCanvas canvas, double x, double y, string label, string kind, string fill)
    {
        canvas.Box(x - 58, y - 22, 116, 44, fill, "#666");
        canvas.Text(x, kind.Length > 0 ? y - 2 : y + 5, label, 14, anchor: "middle", isBold: true);
        canvas.Text(x, y + 14, kind, 10.5, "#666", "middle");
    }
}
