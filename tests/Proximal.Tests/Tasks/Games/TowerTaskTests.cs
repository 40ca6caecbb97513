using Proximal.Models.Tokenizers;
using Proximal.Tasks;
using Proximal.Tasks.Games;
using Proximal.Worlds.TowerDefence;

namespace Proximal.Tests.Tasks.Games;

public sealed class TowerTaskTests
{
    private static readonly TowerTask Task = new(new TowerTaskOptions { Level = "" });

    [Fact]
    public void An_instance_depends_on_split_and_index_alone()
    {
        TowerTask again = new(new TowerTaskOptions { Level = "" });
        HashSet<string> keys = [];
        for (int i = 0; i < 10; i++)
        {
            foreach (TaskSplit split in Enum.GetValues<TaskSplit>())
            {
                TaskInstance instance = Task.Generate(split, i);
                Assert.Equal(instance.Prompt, again.Generate(split, i).Prompt);
                Assert.Equal(instance.Answer, again.Generate(split, i).Answer);
                keys.Add(instance.Key);
            }
        }

        Assert.InRange(keys.Count, 28, 30);
    }

    [Fact]
    public void The_expert_is_right_and_nonsense_is_not()
    {
        for (int i = 0; i < 20; i++)
        {
            TaskInstance instance = Task.Generate(TaskSplit.Train, i);
            Verdict expert = Task.Verify(instance, new Response(Task.Demonstration(instance)));
            Assert.True(expert.Correct && expert.FormatOk && expert.Score >= 0.1);
            foreach (string text in (string[])["", "<act> ", "<act> </act>", "t1 x2 y9", "<act> t1 x2 y99 </act>", "</act><act> t1 x2 y9"])
            {
                Verdict verdict = Task.Verify(instance, new Response(text));
                Assert.False(verdict.Parsed);
                Assert.Equal(0, verdict.Score);
            }

            Verdict invalid = Task.Verify(instance, new Response("<act> t11 x6 y6 </act>"));
            TowerWorld world = ((TowerMetadata)instance.Metadata).World;
            Assert.Equal(world.Coin is not null && world.Check(TowerTokens.TryParse(world, "t11 x6 y6")!.Value) == TowerError.None, invalid.Score > 0);
        }
    }

    [Fact]
    public void Doing_nothing_scores_one_half()
    {
        for (int i = 0; i < 10; i++)
        {
            TaskInstance instance = Task.Generate(TaskSplit.Test, i);
            Assert.Equal(0.5, Task.Verify(instance, new Response("<act> t0 x0 y0 </act>")).Score, 9);
        }
    }

    [Fact]
    public void Texts_are_of_the_symbols_one_for_each_word()
    {
        SymbolTokenizer tokenizer = new("", [.. Task.Symbols, "<eos>"], end: "<eos>");
        for (int i = 0; i < 40; i++)
        {
            TaskInstance instance = Task.Generate(TaskSplit.Train, i);
            int[] prompt = tokenizer.Encode(instance.Prompt), answer = tokenizer.Encode(instance.Answer);
            Assert.Equal(instance.Prompt.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, prompt.Length);
            Assert.InRange(prompt.Length, 10, Task.Lengths.Prompt);
            Assert.Equal(TowerLanguage.ActionSymbols, answer.Length);
            Assert.Equal(instance.Prompt, tokenizer.Decode(prompt));
            Assert.Equal(instance.Answer, tokenizer.Decode(answer));
        }
    }

    [Fact]
    public void An_unknown_level_is_refused() =>
        Assert.Contains("L9", Assert.Throws<ArgumentException>(() => new TowerTask(new TowerTaskOptions { Level = "L9" })).Message, StringComparison.Ordinal);
}
