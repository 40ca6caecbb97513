using Proximal.Tensors.Random;
using Proximal.Worlds.Knowledge;

namespace Proximal.Worlds.Routing;

/// <summary>Draws chains of one to five steps; a share of them begins with a picture, whose step counts. Every step is found by its own question in its own knowledge base, and by none before it.</summary>
public sealed class RoutedQuestionGenerator(RoutedWorld world)
{
    private const int Draws = 300;

    private readonly KnowledgeGraph graph = world.Graph;
    private readonly RoutedOptions options = world.Options;

    /// <summary>Draws a question with a number of steps that is drawn too.</summary>
    /// <returns>The question; null where no draw of that length was acceptable.</returns>
    public RoutedQuestion? Draw(SuiteRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        int hops = DrawHops(random);
        bool startsWithPicture = random.Double() < options.ImageStartShare;
        for (int draw = 0; draw < Draws; draw++)
        {
            if (Chain(hops, startsWithPicture, random) is { } question && IsAcceptable(question))
            {
                return question;
            }
        }

        return null;
    }

    private int DrawHops(SuiteRandom random)
    {
        double left = random.Double() * options.HopShares.Sum();
        for (int i = 0; i < options.HopShares.Count; i++)
        {
            left -= options.HopShares[i];
            if (left < 0)
            {
                return i + 1;
            }
        }

        return 1 + options.HopShares.ToList().FindLastIndex(share => share > 0);
    }

    private RoutedQuestion? Chain(int hops, bool startsWithPicture, SuiteRandom random)
    {
        int at = random.Int(graph.Entities);
        HashSet<int> visited = [at];
        List<GoldStep> steps = [];
        int[] phrase = graph.Name(at), answer = phrase;
        if (startsWithPicture)
        {
            if (world.PictureOf(at) is not { } picture || !world.IsNamed(at))
            {
                return null;
            }

            phrase = [picture];
            steps.Add(new GoldStep(new Finding(phrase, null, graph.Name(at)), RoutedWorld.SubQuestion(phrase, null), [KnowledgeBase.Image]));
        }

        bool isOver = false;
        while (steps.Count < hops)
        {
            Predicate[] choices = [.. KnowledgeSchema.Of(graph.Type(at)).Where(predicate => graph.Objects(at, predicate).Count == 1 && (steps.Count == hops - 1 || !KnowledgeSchema.IsAttribute(predicate)))];
            if (isOver || choices.Length == 0)
            {
                return null;
            }

            Predicate predicate = random.Pick(choices);
            int value = graph.Objects(at, predicate)[0];
            int[] name = graph.Name(at);
            answer = graph.ObjectTokens(predicate, value);
            steps.Add(new GoldStep(new Finding(name, predicate, answer), RoutedWorld.SubQuestion(name, predicate), world.BasesOf(new Fact(at, predicate, value))));
            phrase = [KnowledgeVocabulary.The, KnowledgeVocabulary.Of(predicate), KnowledgeVocabulary.Word("of"), .. phrase];
            isOver = KnowledgeSchema.IsAttribute(predicate);
            at = isOver ? at : value;
            if (!isOver && !visited.Add(at))
            {
                return null;
            }
        }

        int[] words = steps[^1].Predicate is null
            ? [.. steps[0].SubQuestion, KnowledgeVocabulary.QuestionMark]
            : [KnowledgeVocabulary.Word("what"), KnowledgeVocabulary.Word("is"), .. phrase, KnowledgeVocabulary.QuestionMark];
        return new RoutedQuestion(words, answer, steps);
    }

    /// <summary>Whether every step is found where it should be and not before, and the question does not tell its answer.</summary>
    private bool IsAcceptable(RoutedQuestion question)
    {
        if (question.Tokens.AsSpan().IndexOf(question.Answer) >= 0)
        {
            return false;
        }

        for (int i = 0; i < question.Steps.Count; i++)
        {
            GoldStep step = question.Steps[i];
            foreach (KnowledgeBase knowledgeBase in step.Bases)
            {
                IReadOnlyList<Finding> findings = world.Retrieve(knowledgeBase, step.SubQuestion).Findings;
                if (!findings.Any(found => found.Says(step.Finding)) || question.Steps.Skip(i + 1).Any(later => findings.Any(found => found.Says(later.Finding))))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
