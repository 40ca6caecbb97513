using Proximal.Tensors.Random;
using Proximal.Worlds.Knowledge;
using Proximal.Worlds.Routing;

namespace Proximal.Worlds.Tests.Knowledge;

public sealed class PictureTests
{
    [Fact]
    public void The_picture_of_a_search_is_that_of_the_documentation()
    {
        SearchWorld world = SearchWorld.Create(new KnowledgeOptions { SnippetTokens = 12 }, 7);
        QuestionGenerator generator = new(world, new QuestionOptions { LevelShares = [0, 0, 1, 0] });
        SuiteRandom random = new(2);
        Question? question;
        while ((question = generator.Draw(random)) is not { Kind: QuestionKind.Chain } || world.Graph.Type(question.GoldFacts[0].Subject) != EntityType.Person)
        {
        }

        SearchSession session = new(world, question, new SearchRules());
        SearchExpert expert = new(question, 0, recovers: true, new SuiteRandom(1));
        List<string> lines = [];
        while (!session.IsOver)
        {
            SearchAction action = expert.Next(session);
            string tag = action.Kind.ToString().ToLowerInvariant();
            lines.Add($"<{tag}>{KnowledgeVocabulary.Write(action.Tokens)}</{tag}>");
            if (session.Step(action) is { } observation)
            {
                lines.Add($"<obs>{observation}</obs>");
            }
        }

        DocumentationFolder.AssertPicture("search-world.svg", SearchPicture.Draw(world, question, lines));
    }

    [Fact]
    public void The_picture_of_routing_is_that_of_the_documentation()
    {
        RoutedWorld world = RoutedWorld.Create(new RoutedOptions { HopShares = [0, 0, 1], ImageStartShare = 1 }, 7);
        RoutedQuestionGenerator generator = new(world);
        SuiteRandom random = new(1);
        RoutedQuestion? question;
        while ((question = generator.Draw(random)) is null || question.Steps.Select(step => step.Bases[0]).Distinct().Count() < 3)
        {
        }

        DocumentationFolder.AssertPicture("routed-kbs.svg", RoutedPicture.Draw(world, question));
    }
}
