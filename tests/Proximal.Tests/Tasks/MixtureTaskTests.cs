using Proximal.Recipes;
using Proximal.Tasks;
using Proximal.Tasks.Families;

namespace Proximal.Tests.Tasks;

public sealed class MixtureTaskTests
{
    private static readonly ChainSumTask Easy = new(new ChainSumOptions { Difficulty = 1 });
    private static readonly ChainSumTask Hard = new(new ChainSumOptions { Difficulty = 5 });
    private static readonly ModularAdditionTask Modular = new(new ModularAdditionOptions());

    [Fact]
    public void Every_run_of_problems_has_nearly_the_shares_asked_for()
    {
        MixtureTask task = new((Easy, 1), (Hard, 2), (Modular, 1));
        for (int start = 0; start < 1_000_000; start += 99_991)
        {
            int[] counts = new int[3];
            for (int i = 0; i < 64; i++)
            {
                counts[task.TaskOf(start + i)]++;
            }

            Assert.InRange(counts[0], 14, 18);
            Assert.InRange(counts[1], 29, 35);
            Assert.InRange(counts[2], 14, 18);
        }
    }

    [Fact]
    public void A_problem_is_verified_demonstrated_and_hinted_by_its_own_task()
    {
        MixtureTask task = new((Easy, 1), (Modular, 1));
        for (int i = 0; i < 20; i++)
        {
            ITask own = task.TaskOf(i) == 0 ? Easy : Modular;
            TaskInstance instance = task.Generate(TaskSplit.Test, i);
            Assert.Equal((own.Generate(TaskSplit.Test, i).Prompt, (long)i), (instance.Prompt, instance.Index));
            Assert.Equal(own.Demonstration(instance), task.Demonstration(instance));
            Assert.True(task.Verify(instance, new Response(task.Demonstration(instance))).Correct);
            Assert.Equal(own.Hint(instance, 1), task.Hint(instance, 1));
        }

        Assert.Equal(Easy.Symbols.Concat(Modular.Symbols).Distinct(), task.Symbols);
        Assert.Null(task.Count(TaskSplit.Train));
    }

    [Fact]
    public void Finite_tasks_are_gone_through_again_and_again()
    {
        DigitCompletionTask digits = new(new DigitCompletionOptions());
        long count = digits.Count(TaskSplit.Test)!.Value;
        MixtureTask task = new((digits, 1));
        Assert.Equal(task.Generate(TaskSplit.Test, 1).Key, task.Generate(TaskSplit.Test, count + 1).Key);
    }

    [Fact]
    public void A_recipe_mixes_tasks_and_difficulties()
    {
        const string Yaml = "task: { name: chain-sum, difficulty: 1 }\nmixture: [ { name: chain-sum, difficulty: 4, weight: 3 }, modular-addition ]";
        Recipe recipe = Recipe.Parse(Yaml);
        ITask task = recipe.CreateTask();
        int[] difficulties = [.. Enumerable.Range(0, 100).Select(i => task.Generate(TaskSplit.Train, i)).Where(i => i.Family == "chain-sum").Select(i => i.Difficulty)];
        Assert.InRange(difficulties.Count(d => d == 1), 18, 22);
        Assert.InRange(difficulties.Count(d => d == 4), 58, 62);
        Assert.Equal(recipe, Recipe.Parse(RecipeWriter.Write(recipe)));
        Assert.Contains("'weight' of chain-sum in a mixture is 0", Assert.Throws<ArgumentException>(() => Recipe.Parse(Yaml.Replace("weight: 3", "weight: 0", StringComparison.Ordinal)).CreateTask()).Message, StringComparison.Ordinal);
    }
}
