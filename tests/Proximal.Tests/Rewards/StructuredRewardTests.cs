using Proximal.Advantages;
using Proximal.Models.Generation;
using Proximal.Recipes;
using Proximal.Rewards;
using Proximal.Rollouts;
using Proximal.Tasks;
using Proximal.Tasks.Families;
using Proximal.Tasks.Verification;

namespace Proximal.Tests.Rewards;

public sealed class StructuredRewardTests
{
    private static readonly string[] Required = ["a", "b"];

    [Theory]
    [InlineData("""{"a":1,"b":2}""", 1, true)]
    [InlineData("""{"a":1,"b":2""", 1, false)]
    [InlineData("""{"a":1 "b" : 2}""", 1, false)]
    [InlineData("""{"a":"x,"b":2}""", 1, false)]
    [InlineData("""{"a":1,"b":2,"c":3}""", 0.75, true)]
    [InlineData("""{"a":1,"b":2,"c":3,"c":3}""", 0.75, false)]
    [InlineData("""{"a":1}""", 0.5, true)]
    [InlineData("""{"c":1,"d":1}""", 0, true)]
    [InlineData("a b", 0, false)]
    [InlineData("""{"x":{"a":1,"b":2}}""", 0, true)]
    public void Structure_is_measured_also_where_the_object_is_broken(string text, double structure, bool isValid)
    {
        Assert.Equal(structure, JsonFields.Structure(text, Required), 12);
        Assert.Equal(isValid, JsonFields.IsValid(text));
    }

    [Theory]
    [InlineData("mix flour water", "mix water", 0.8)]
    [InlineData("mix mix", "mix", 2 / 3.0)]
    [InlineData("egg", "milk", 0)]
    [InlineData("", "", 1)]
    [InlineData("", "egg", 0)]
    public void Overlap_is_the_f1_of_words(string text, string reference, double expected) => Assert.Equal(expected, TokenOverlap.F1(text, reference), 12);

    [Fact]
    public void Content_is_the_mean_over_fields_and_needs_an_object_that_parses()
    {
        Dictionary<string, string> expected = new() { ["step"] = "mix water", ["n"] = "7" };
        Assert.Equal(1, JsonFields.Content("""{"n":7,"step":"mix water"}""", expected));
        Assert.Equal(0.9, JsonFields.Content("""{"n":7,"step":"mix flour water"}""", expected), 12);
        Assert.Equal(0.5, JsonFields.Content("""{"n":7}""", expected));
        Assert.Equal(0, JsonFields.Content("""{"n":7,"step":"mix water" """, expected));
    }

    [Theory]
    [InlineData("{}", false, 1)]
    [InlineData(" {}", false, 0)]
    [InlineData("{", false, 0)]
    [InlineData("{", true, 0)]
    [InlineData("```json\n{\"a\":1\n```", true, 0)]
    [InlineData("```json\n{\"a\"}\n```", true, 1)]
    [InlineData("{}", true, 0)]
    [InlineData("```json\n```", true, 0)]
    public void Format_looks_at_the_outside(string text, bool fenced, double expected) => Assert.Equal(expected, JsonFormatReward.Compute(text, fenced));

    [Theory]
    [InlineData(4, 0.5)]
    [InlineData(8, 1)]
    [InlineData(20, 1)]
    [InlineData(30, 0.5)]
    [InlineData(40, 0)]
    [InlineData(400, 0)]
    public void Length_decays_outside_the_band(int length, double expected) =>
        Assert.Equal(expected, LengthBandReward.Definition.Create(new LengthBandRewardOptions { Minimum = 8, Maximum = 20 }).Score(Trajectory(Instance(), "", length)), 6);

    [Fact]
    public void Repairing_one_defect_never_lowers_the_reward()
    {
        // Each line repairs one defect of the line before it.
        string[] repairs =
        [
            """ "dish":"pan oven","x":1,"n":8""",
            """{"dish":"pan oven","x":1,"n":8""",
            """{"dish":"pan oven","x":1,"n":8}""",
            """{"dish":"pan oven","n":8}""",
            """{"dish":"egg oven","n":8}""",
            """{"dish":"egg oven","n":7}""",
            """{"dish":"egg milk","n":7}""",
        ];
        float[] rewards = [.. repairs.Select(Total)];
        Assert.Equal(rewards.Order(), rewards);
        Assert.Equal(3.75f, rewards[^1], 6);
        Assert.All(rewards.Zip(rewards.Skip(1)).Skip(2), pair => Assert.True(pair.First < pair.Second));
    }

    [Fact]
    public void With_one_weight_the_objective_is_that_of_the_one_term()
    {
        string[] texts = ["""{"dish":"egg milk","n":7}""", """{"dish":"egg pan","n":7}""", """{"n":7""", """{"n":7}"""];
        IReward content = JsonReward.ContentDefinition.Create(new NoOptions()), structure = JsonReward.StructureDefinition.Create(new JsonStructureOptions());
        float[] weighted = new float[texts.Length], single = new float[texts.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            Trajectory trajectory = Trajectory(Instance(), texts[i]);
            trajectory.AddReward("json-structure", structure.Score(trajectory), 0);
            trajectory.AddReward("field-f1", content.Score(trajectory), 3);
            (weighted[i], single[i]) = (trajectory.TotalReward, content.Score(trajectory));
        }

        float[] expected = new float[texts.Length], actual = new float[texts.Length];
        GroupRelativeAdvantage.Compute(single, expected, GroupNormalization.SampleDeviation, 0);
        GroupRelativeAdvantage.Compute(weighted, actual, GroupNormalization.SampleDeviation, 0);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Fact]
    public void Two_valid_answers_that_differ_in_content_are_ordered_by_it() =>
        Assert.True(Total("""{"dish":"egg pan","n":7}""") > Total("""{"dish":"pan pot","n":7}"""));

    [Fact]
    public void Terms_need_a_problem_that_asks_for_fields()
    {
        IReward reward = JsonReward.ValidityDefinition.Create(new NoOptions());
        TaskInstance other = new KeyValueTask(new KeyValueOptions()).Generate(TaskSplit.Train, 0);
        Assert.Contains("needs a task that asks for fields", Assert.Throws<InvalidOperationException>(() => reward.Score(Trajectory(other, "{}"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"n":7,"dish":"egg milk"}""", true, 1)]
    [InlineData("""{"dish":"egg milk","n":7}""", true, 1)]
    [InlineData("""{"dish":"egg milk","n":"7"}""", false, 1)]
    [InlineData("""{"dish":"egg milk","n":7,"min":1}""", false, 1)]
    [InlineData("""{"dish":"egg","n":7}""", false, 5 / 6.0)]
    [InlineData("""{"dish":"egg milk","n":7""", false, 0)]
    public void The_task_takes_the_same_fields_in_any_order(string text, bool correct, double partial)
    {
        Verdict verdict = new JsonObjectTask(new JsonObjectOptions()).Verify(Instance(), new Response(text));
        Assert.Equal(correct, verdict.Correct);
        Assert.Equal(partial, verdict.Partial, 12);
    }

    private static float Total(string text)
    {
        Trajectory trajectory = Trajectory(Instance(), text);
        return JsonReward.StructureDefinition.Create(new JsonStructureOptions()).Score(trajectory)
            + (0.5f * JsonFormatReward.Definition.Create(new JsonFormatOptions()).Score(trajectory))
            + JsonReward.ValidityDefinition.Create(new NoOptions()).Score(trajectory)
            + JsonReward.ContentDefinition.Create(new NoOptions()).Score(trajectory)
            + (0.25f * LengthBandReward.Definition.Create(new LengthBandRewardOptions()).Score(trajectory));
    }

    private static Trajectory Trajectory(TaskInstance instance, string text, int tokens = 30) => new()
    {
        Instance = instance,
        Tree = new TokenTree([0]),
        Leaf = 0,
        Response = text,
        ResponseTokens = tokens,
        ResponseBudget = 64,
        End = EndReason.Finished,
        Verdict = new Verdict(),
    };

    private static TaskInstance Instance() => new()
    {
        Family = "json-gen",
        Split = TaskSplit.Train,
        Index = 0,
        Key = "test",
        Prompt = "dish=egg milk;n=7>",
        Answer = "",
        Metadata = new StructuredAnswerMetadata(new Dictionary<string, string> { ["dish"] = "\"egg milk\"", ["n"] = "7" }),
    };
}
