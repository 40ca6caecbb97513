using Proximal.Tasks;
using Proximal.Tasks.Families;

namespace Proximal.Tests.Tasks;

public sealed class PoliteSentenceTaskTests
{
    private static readonly PoliteSentenceTask Task = new(new PoliteSentenceOptions());

    [Theory]
    [InlineData("hello , could you please V the A N ? thank you .", 1)]
    [InlineData("would you please V the A N ? thank you .", 0.75)]
    [InlineData("hello , please V the A N . thank you .", 0.75)]
    [InlineData("can you please V the A N ?", 0.25)]
    [InlineData("V the A N .", 0)]
    [InlineData("V the A N", 0)]
    [InlineData("please please V the A N .", 0)]
    [InlineData("hello , hello , could you please V the A N ? thank you .", 0)]
    [InlineData("hello , could you please V the A N ? thank you . thank you .", 0)]
    [InlineData("hello , could you please V the A V ? thank you .", 0)]
    [InlineData("hello , could you please V the A N . thank you .", 0)]
    [InlineData("hello , please V the A N ? thank you .", 0)]
    [InlineData("", 0)]
    public void The_rule_counts_the_courtesies_of_a_grammatical_sentence(string pattern, double score)
    {
        TaskInstance instance = Task.Generate(TaskSplit.Test, 3);
        PoliteRequest request = Assert.IsType<PoliteRequest>(instance.Metadata);
        string text = string.Join(' ', pattern.Split(' ').Select(word => word switch { "V" => request.Verb, "A" => request.Adjective, "N" => request.Noun, _ => word }));
        Verdict verdict = Task.Verify(instance, new Response(text));
        Assert.Equal(score, verdict.Score);
        Assert.Equal(score >= 0.75, verdict.Correct);
        Assert.False(Task.Verify(instance, new Response(text, Ended: false)).Correct);
    }

    [Fact]
    public void Demonstrations_are_grammatical_and_a_share_of_them_is_curt()
    {
        PoliteSentenceTask rude = new(new PoliteSentenceOptions { Curt = 0.7 });
        HashSet<string> texts = [];
        int polite = 0;
        for (int i = 0; i < 400; i++)
        {
            TaskInstance instance = rude.Generate(TaskSplit.Train, i);
            string demonstration = rude.Demonstration(instance);
            Verdict verdict = rude.Verify(instance, new Response(demonstration));
            Assert.True(verdict.FormatOk, demonstration);
            polite += verdict.Correct ? 1 : 0;
            texts.Add(demonstration);
            Assert.True(Task.Verify(instance, new Response(Task.Demonstration(Task.Generate(TaskSplit.Train, i)))).Correct);
            Assert.InRange(demonstration.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, 5, Task.Lengths.Response);
            Assert.All(demonstration.Split(' ', StringSplitOptions.RemoveEmptyEntries), word => Assert.Contains(word + " ", Task.Symbols));
        }

        Assert.InRange(polite, 90, 150);
        Assert.InRange(texts.Count, 250, 400);
    }

    [Fact]
    public void Requests_of_the_splits_differ()
    {
        HashSet<string> train = [.. Enumerable.Range(0, 500).Select(i => Task.Generate(TaskSplit.Train, i).Key)];
        Assert.All(Enumerable.Range(0, 60), i => Assert.DoesNotContain(Task.Generate(TaskSplit.Test, i).Key, train));
    }
}
