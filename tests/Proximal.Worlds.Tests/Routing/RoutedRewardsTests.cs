using Proximal.Worlds.Knowledge;
using Proximal.Worlds.Routing;

namespace Proximal.Worlds.Tests.Routing;

public sealed class RoutedRewardsTests
{
    [Fact]
    public void A_retrieval_earns_half_for_the_question_and_half_for_the_knowledge_base()
    {
        KnowledgeBase[] gold = [KnowledgeBase.Text];
        Assert.Equal(0.9, RoutedRewards.OfStep(0.8, [KnowledgeBase.Text], gold), 1e-12);
        Assert.Equal(0.4, RoutedRewards.OfStep(0.8, [KnowledgeBase.Table], gold), 1e-12);
        Assert.Equal(0.4, RoutedRewards.OfStep(0.8, [KnowledgeBase.Text, KnowledgeBase.Table], gold), 1e-12);
        Assert.Equal(0, RoutedRewards.OfStep(0.8, null, gold));
        Assert.Equal(0.9, RoutedRewards.OfStep(0.8, [KnowledgeBase.Table], [KnowledgeBase.Text, KnowledgeBase.Table]), 1e-12);
    }

    [Fact]
    public void A_short_answer_counts_whole_and_a_long_one_by_its_tokens()
    {
        int[] city = [1, 2, 3], longer = [1, 2, 3, 4, 5, 6];
        Assert.Equal(0, RoutedRewards.OfAnswer([2, 3], [city]));
        Assert.Equal(1, RoutedRewards.OfAnswer([3, 2, 1, 9], [city]));
        Assert.Equal(0.667, RoutedRewards.OfAnswer([1, 2, 3, 4], [longer]), 1e-3);
        Assert.Equal(0, RoutedRewards.OfAnswer([1, 2, 3, 4], [longer, [7]]));
        Assert.Equal(1, RoutedRewards.OfAnswer([7], [longer, [7]]));
        Assert.Equal(0, RoutedRewards.OfAnswer([], [city]));
    }

    [Fact]
    public void Names_of_knowledge_bases_are_read_and_nonsense_is_none()
    {
        Assert.Equal([KnowledgeBase.Image], Named(" image"));
        Assert.Equal([KnowledgeBase.Text, KnowledgeBase.Table], Named(" text, table, text"));
        Assert.Equal([], Named(" none"));
        Assert.Null(Named(" none, text"));
        Assert.Null(Named(" river"));
        Assert.Null(Named(","));
        Assert.Null(RoutedAction.Invalid.Bases);
        Assert.Equal(" text, table, image", KnowledgeVocabulary.Write(RoutedAction.Ask([1], RoutedWorld.Bases).Named));
        Assert.Equal(" none", KnowledgeVocabulary.Write(RoutedAction.Ask([1]).Named));

        static IReadOnlyList<KnowledgeBase>? Named(string text) => new RoutedAction([1], KnowledgeVocabulary.Read(text), null).Bases;
    }

    [Fact]
    public void Questions_are_alike_by_the_words_that_tell_them_apart()
    {
        RoutedWorld world = RoutedWorld.Create(new RoutedOptions(), 1);
        int[] name = world.Graph.Name(0), other = world.Graph.Name(1);
        int[] gold = RoutedWorld.SubQuestion(name, Predicate.BornIn);
        Assert.Equal(1, world.Similarity(gold, gold), 1e-9);
        Assert.Equal(1, world.Similarity(gold.Reverse().ToArray(), gold), 1e-9);
        double word = world.Similarity(RoutedWorld.SubQuestion(name, Predicate.WorksFor), gold), subject = world.Similarity(RoutedWorld.SubQuestion(other, Predicate.BornIn), gold);
        Assert.True(1 > word && word > subject && subject > 0, $"{word} {subject}");
        Assert.Equal(0, world.Similarity([], gold));
        Assert.True(world.Idf(KnowledgeVocabulary.Word("of")) < 0.2);
    }
}
