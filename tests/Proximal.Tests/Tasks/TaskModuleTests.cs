using Proximal.Recipes;
using Proximal.Tasks;
using Proximal.Tasks.Families;

namespace Proximal.Tests.Tasks;

public sealed class TaskModuleTests
{
    public static TheoryData<string> Keys => [.. TaskModule.CreateCatalog().Definitions.Select(definition => definition.Info.Key).Where(key => key is not ("jsonl" or "corpus-search"))];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Every_task_works_with_its_defaults(string key)
    {
        Assert.True(TaskModule.CreateCatalog().TryGet(key, out ComponentDefinition<ITask>? definition));
        ITask task = new ComponentChoice(definition).Create<ITask>();
        TaskInstance instance = task.Generate(TaskSplit.Train, 0);
        Assert.True(task.Verify(instance, new Response(task.Demonstration(instance))).Correct);
        Assert.NotEmpty(task.Symbols);
        Assert.True(task.Lengths is { Prompt: > 0, Response: > 0 });
        Assert.All(definition.Options.Options, option => Assert.Equal(option.Default, definition.Options.Format(definition.Options.CreateDefaults(), option.Key)));
    }

    [Fact]
    public void Options_of_a_recipe_reach_the_task()
    {
        Assert.True(TaskModule.CreateCatalog().TryGet("countdown", out ComponentDefinition<ITask>? definition));
        object options = definition.Options.CreateDefaults();
        options = definition.Options.With(options, "difficulty", 3);
        options = definition.Options.With(options, "thought", "search");
        options = definition.Options.With(options, "verification", false);
        CountdownOptions countdown = Assert.IsType<CountdownOptions>(options);
        Assert.Equal(new CountdownOptions { Difficulty = 3, Thought = CountdownThought.Search, Behaviours = CountdownBehaviours.Backtracking }, countdown);
        Assert.Contains("'maximum' is 5, expected 9 to 99", definition.Options.FindFault(countdown with { Minimum = 9, Maximum = 5 }), StringComparison.Ordinal);
    }

    [Fact]
    public void Data_sets_need_a_file()
    {
        Assert.True(TaskModule.CreateCatalog().TryGet("jsonl", out ComponentDefinition<ITask>? definition));
        Assert.Equal("'train' is '', expected the path of a JSONL file", definition.Options.FindFault(definition.Options.CreateDefaults()));
    }
}
