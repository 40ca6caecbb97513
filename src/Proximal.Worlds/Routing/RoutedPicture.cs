using Proximal.Worlds.Knowledge;

namespace Proximal.Worlds.Routing;

/// <summary>Draws how the steps of a question are put to knowledge bases.</summary>
public static class RoutedPicture
{
    private const double Width = 940, RowHeight = 92, Top = 62, BaseLeft = 640, StepWidth = 420;

    private static readonly string[] Contents = ["documents: who did what where", "tables: years, numbers, places", "captions of pictures"];

    /// <summary>The picture of a question as SVG.</summary>
    /// <param name="world">The world.</param>
    /// <param name="question">A question about it.</param>
    public static string Draw(RoutedWorld world, RoutedQuestion question)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(question);
        SvgCanvas canvas = new();
        canvas.Text(20, 34, KnowledgeVocabulary.Write(question.Tokens).Trim(), 17, isBold: true);
        foreach (KnowledgeBase knowledgeBase in RoutedWorld.Bases)
        {
            double y = Top + ((int)knowledgeBase * RowHeight);
            canvas.Box(BaseLeft, y, 280, 70, "#eef4ea", "#7a9a68");
            canvas.Text(BaseLeft + 14, y + 28, KnowledgeVocabulary.Text(KnowledgeVocabulary.Base((int)knowledgeBase)).Trim(), 16, isBold: true);
            canvas.Text(BaseLeft + 14, y + 50, $"{Contents[(int)knowledgeBase]}, cost {RoutedWorld.CostOf(knowledgeBase)}", 12.5, "#555");
        }

        for (int i = 0; i < question.Steps.Count; i++)
        {
            GoldStep step = question.Steps[i];
            double y = Top + (i * RowHeight);
            foreach (KnowledgeBase knowledgeBase in step.Bases)
            {
                canvas.Arrow(20 + StepWidth, y + 35, BaseLeft, Top + ((int)knowledgeBase * RowHeight) + 35, "#0b4f8a", 2);
            }

            canvas.Box(20, y, StepWidth, 70, "#e8f1fb", "#6a94bd");
            canvas.Text(34, y + 20, FormattableString.Invariant($"step {i + 1}"), 11.5, "#666");
            canvas.Text(34, y + 38, $"<sub>{KnowledgeVocabulary.Write(step.SubQuestion)}</sub>", 13, "#0b4f8a", isCode: true);
            canvas.Text(34, y + 58, $"<ret>{KnowledgeVocabulary.Text(KnowledgeVocabulary.Base((int)step.Bases[0]))}</ret>", 13, "#0b4f8a", isCode: true);
            canvas.Text(20 + StepWidth - 14, y + 58, $"found: {KnowledgeVocabulary.Write(step.Finding.Object).Trim()}", 13, "#2e7d32", "end", isBold: true);
        }

        double end = Top + (Math.Max(3, question.Steps.Count) * RowHeight);
        canvas.Box(20, end, StepWidth, 36, "#d5f0d8", "#5f9e66");
        canvas.Text(34, end + 23, $"<answer>{KnowledgeVocabulary.Write(question.Answer)}</answer>", 13, "#0b4f8a", isCode: true);
        canvas.Text(BaseLeft, end + 23, FormattableString.Invariant($"world of seed {world.Seed}"), 11.5, "#888");
        return canvas.Finish(Width, end + 54);
    }
}
