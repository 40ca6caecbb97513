using Proximal.Environments.Tools;
using Proximal.Environments.Tools.Scripting;
using Proximal.Tasks;
using Proximal.Tasks.Families;

namespace Proximal.Tests.Environments.Tools;

public sealed class ToolTaskTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 2)]
    [InlineData(4, 5)]
    public void Only_two_operands_of_one_digit_need_no_call(int digits, int operands)
    {
        ToolArithmeticTask task = new(new ToolArithmeticOptions { Difficulty = digits, Operands = operands, Easy = 0.4, Stated = 0.2 });
        int[] counts = new int[2];
        for (int i = 0; i < 300; i++)
        {
            TaskInstance instance = task.Generate(TaskSplit.Train, i);
            ToolMetadata plan = Assert.IsType<ToolMetadata>(instance.Metadata);
            string expression = instance.Prompt[..^2];
            bool isHard = !expression.Contains(';', StringComparison.Ordinal) && expression.Length > 3;
            Assert.Equal(isHard ? 1 : 0, plan.Calls.Count);
            Assert.Equal(instance.Answer, new CalculatorTool().Call(new ToolCall(plan.Unneeded!.Text, instance)).Text);
            Assert.True(task.Verify(instance, new Response(task.Demonstration(instance))).Correct);
            counts[plan.Calls.Count]++;
        }

        Assert.InRange(counts[1], 90, 150);
    }

    [Fact]
    public void What_the_options_cannot_give_is_told() =>
        Assert.Contains("'operands' is 2, expected at least 3", Assert.Throws<ArgumentException>(() => new ToolArithmeticTask(new ToolArithmeticOptions { Operands = 2 })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("primes", "30", "129")]
    [InlineData("primes", "2", "0")]
    [InlineData("fibonacci", "12,7", "4")]
    [InlineData("fibonacci", "1,97", "1")]
    [InlineData("substrings", "\"ababab\",\"ab\"", "3")]
    [InlineData("substrings", "\"aaa\",\"aa\"", "2")]
    [InlineData("sort", "[5,1,9,2],2", "5")]
    [InlineData("gcd", "[12,18,30]", "6")]
    public void Programs_of_the_expert_compute_the_values(string kind, string arguments, string value) =>
        Assert.Equal(value, MiniScript.Run($"{ToolProgramTask.Solution(kind)} print f({arguments})").ToString());

    [Fact]
    public void One_call_of_a_script_gives_the_value()
    {
        ToolProgramTask task = new(new ToolProgramOptions { Difficulty = 3 });
        for (int i = 0; i < 200; i++)
        {
            TaskInstance instance = task.Generate(TaskSplit.Test, i);
            PlannedCall call = Assert.Single(((IToolPlan)instance.Metadata).Calls);
            Assert.Equal(new ToolResult(instance.Answer), new MiniScriptTool().Call(new ToolCall(call.Text, instance)));
            Assert.True(task.Verify(instance, new Response(task.Demonstration(instance))).Correct);
        }
    }

    [Fact]
    public void Hidden_tests_judge_a_program()
    {
        ToolProgramTask task = new(new ToolProgramOptions { Program = true, Kinds = ["gcd"], Difficulty = 2 });
        TaskInstance instance = task.Generate(TaskSplit.Train, 3);
        Assert.Equal("f=gcd?", instance.Prompt);
        Assert.True(task.Verify(instance, new Response(task.Demonstration(instance))).Correct);
        Verdict constant = task.Verify(instance, new Response("def f(x){return 6}"));
        Assert.False(constant.Correct);
        int six = ((ToolProgramMetadata)instance.Metadata).Tests.Count(test => test.Value == "6");
        Assert.Equal(six / 5.0, constant.Partial);
        foreach (string bad in new[] { "", "def f(x){while true{}}", "print 6", "def f(x){return 6} def f(x){return 6}" })
        {
            Assert.Equal(0, task.Verify(instance, new Response(bad)).Partial);
        }
    }
}
