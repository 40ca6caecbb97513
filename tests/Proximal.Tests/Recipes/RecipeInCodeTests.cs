using Proximal.Objectives;
using Proximal.Recipes;
using Proximal.Rewards;
using Proximal.Tasks;

namespace Proximal.Tests.Recipes;

public sealed class RecipeInCodeTests
{
    private static readonly DelegateTask Task = new("parity", "01eo", n => ($"{n % 2}", n % 2 == 0 ? "e" : "o"));

    [Fact]
    public void A_task_and_a_reward_of_the_user_are_written_by_their_names()
    {
        Recipe recipe = new()
        {
            Task = ComponentChoice.Of(Task),
            Policy = ObjectivePresets.Grpo.CreateStage() with { Rewards = [ComponentChoice.Of("brief", new DelegateReward(t => -t.ResponseTokens), 0.5)] },
        };

        string yaml = RecipeWriter.Write(recipe);

        Assert.Contains("parity", yaml, StringComparison.Ordinal);
        Assert.Contains("brief", yaml, StringComparison.Ordinal);
        Assert.Same(Task, recipe.Task.Create<ITask>());
        Assert.Equal(0.5, recipe.Policy.Rewards[0].Weight);
    }

    [Fact]
    public void A_stage_of_a_preset_equals_the_one_that_a_recipe_names()
    {
        Recipe read = Recipe.Parse("{ task: addition, policy: { objective: dapo, steps: 3 } }");

        Assert.Equal(read.Policy, ObjectivePresets.Dapo.CreateStage() with { Steps = 3 });
    }

    [Fact]
    public void A_task_that_says_nothing_more_is_unlimited_and_has_estimated_lengths()
    {
        ITask task = new Plain();

        Assert.Null(task.Count(TaskSplit.Test));
        Assert.Equal(new TaskLengths(5, 3), task.Lengths);
        Assert.Null(task.Hint(task.Generate(TaskSplit.Train, 0), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => task.Hint(task.Generate(TaskSplit.Train, 0), 0));
    }

    private sealed class Plain : ITask
    {
        public string Name => "plain";

        public IReadOnlyList<string> Symbols { get; } = ["a", "b"];

        public TaskInstance Generate(TaskSplit split, long index) =>
            new() { Family = Name, Split = split, Index = index, Key = "aabb", Prompt = "aabb", Answer = "bb" };

        public Verdict Verify(TaskInstance instance, Response response) => Verdict.Of(response.Text == instance.Answer, response.Text);

        public string Demonstration(TaskInstance instance) => instance.Answer;
    }
}
