using Proximal.Environments;
using Proximal.Models.Generation;
using Proximal.Models.Tokenizers;
using Proximal.Recipes;
using Proximal.Tasks;
using Proximal.Tests.Tasks;
using Proximal.Training;

namespace Proximal.Tests.Supplements;

/// <summary>What explanations ask of tasks and demonstrations.</summary>
public sealed class AnswerHintTests
{
    public static TheoryData<string> Names => Families.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_demonstration_with_the_gold_answer_is_itself(string family)
    {
        foreach (int template in (int[])[0, 5, 7, 12])
        {
            ITask task = Families.Create(family, 2, template: template);
            for (int i = 0; i < 10; i++)
            {
                TaskInstance instance = task.Generate(TaskSplit.Train, i);
                string demonstration = task.Demonstration(instance);
                if (task.WithGoldAnswer(instance, demonstration) is { } split)
                {
                    Assert.Equal(demonstration, split.Thought + split.Answer);
                }
                else
                {
                    Assert.Contains(family, (string[])["json", "json-gen", "rewrite-thm", "kv-tool", "chain-sum"]);
                }

                Assert.NotEqual(false, task.StepsHold(instance, demonstration));
            }
        }
    }

    [Theory]
    [InlineData("mod")]
    [InlineData("mul")]
    [InlineData("rc")]
    [InlineData("wp")]
    [InlineData("mod-add")]
    public void Steps_are_checked_one_by_one_and_must_lead_to_the_answer(string family)
    {
        ITask task = Families.Create(family, 2);
        TaskInstance instance = task.Generate(TaskSplit.Train, 1);

        Assert.True(task.StepsHold(instance, task.Demonstration(instance)));
        Assert.False(task.StepsHold(instance, $"<think>1+1=3;{string.Join(';', instance.Steps)}</think><ans>{instance.Answer}</ans>"));
        Assert.False(task.StepsHold(instance, $"<think>{string.Join(';', instance.Steps)};1+1=2;{instance.Answer}+1=9999</think><ans>{instance.Answer}</ans>"));
        Assert.False(task.StepsHold(instance, "<think></think><ans>1</ans>"));
        Assert.False(task.StepsHold(instance, $"<think>{new string('9', 40)}+1=2</think><ans>1</ans>"));
        Assert.Null(task.StepsHold(instance, "no thought"));
    }

    [Theory]
    [InlineData("6+4=10", "6 plus 4 is 10")]
    [InlineData("-10--3=-7", "-10 minus -3 is -7")]
    [InlineData("12/4=3", "12 over 4 is 3")]
    public void A_verbose_expert_writes_operators_in_words(string step, string expected) => Assert.Equal(expected, VerboseSteps.Of(step));

    [Fact]
    public void A_verbose_demonstration_is_right()
    {
        ITask task = Families.Create("mod", 3);
        TaskInstance instance = task.Generate(TaskSplit.Train, 0);

        Assert.Equal("<think>8 times 9 is 6;6 times 7 is 9;9 times 9 is 4;4 minus 7 is 8</think><ans>8</ans>", task.Demonstration(instance, DemonstrationStyle.Verbose));
        Assert.True(task.Verify(instance, new Response(task.Demonstration(instance, DemonstrationStyle.Verbose)!)).Correct);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(1)]
    public void A_share_of_the_demonstrations_explains_the_answer_of_a_hint(double share)
    {
        using SupplementBench bench = new();
        Demonstrations demonstrations = new(bench.Task, SingleTurn.Instance, bench.Tokenizer, bench.Tokenizer.EndOfSequence!.Value, noise: 0.3, share, context: 128);
        int hint = bench.Tokenizer.Encode("<hint>")[0];

        TokenTree[] trees = [.. demonstrations.Next(seed: 4, step: 2, 1000).Trees];

        TokenTree[] hinted = [.. trees.Where(tree => tree.Segments[0].Tokens.Contains(hint))];
        Assert.InRange(hinted.Length, (1000 * share) - 40, (1000 * share) + 40);
        Assert.All(hinted, tree =>
        {
            string prompt = bench.Tokenizer.Decode(tree.Segments[0].Tokens), response = bench.Tokenizer.Decode(tree.Segments[1].Tokens);
            string answer = prompt[(prompt.IndexOf("<hint>ans ", StringComparison.Ordinal) + "<hint>ans ".Length)..prompt.IndexOf(" explain</hint>", StringComparison.Ordinal)];
            Assert.Contains($"<ans>{answer}</ans>", response, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Other_stages_may_learn_other_problems_and_every_symbol_has_a_token()
    {
        Recipe recipe = new RecipeReader(Catalog.CreateDefault()).Read(
            """
            task: { name: modular-chain, difficulty: 4 }
            supervised: { task: addition, mixture: [ { name: list, weight: 0.5 } ], answer-hints: 0.1 }
            policy: { objective: expo }
            """);
        string[] symbols = [.. ModelFactory.Symbols(recipe, recipe.CreateTask(), SingleTurn.Instance)];

        Assert.Equal(recipe, new RecipeReader(Catalog.CreateDefault()).Read(RecipeWriter.Write(recipe)));
        Assert.Equal("mixture", recipe.Supervised!.CreateTask()!.Name);
        Assert.All(["<hint>", "</hint>", "x", "p", "m", "="], symbol => Assert.Contains(symbol, symbols));
        Assert.Throws<InvalidDataException>(() => (recipe.Supervised with { Task = null }).CreateTask());
    }
}
