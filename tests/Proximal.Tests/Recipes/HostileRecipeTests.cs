using System.Text;
using Proximal.Recipes;

namespace Proximal.Tests.Recipes;

public sealed class HostileRecipeTests
{
    [Theory]
    [InlineData("", "r.yaml:1: is empty, expected a recipe")]
    [InlineData("# only a comment\n", "r.yaml:1: is empty, expected a recipe")]
    [InlineData("just text", "r.yaml:1: the recipe is 'just text', expected a mapping of keys to values")]
    [InlineData("task: mod\n\tseed: 1", "r.yaml:2: has a tab in its indentation, expected spaces")]
    [InlineData("task: mod\nname: a\u0000b", "r.yaml:2: has the control character U+0000, expected text")]
    [InlineData("task: &a mod", "r.yaml:1: has an anchor, expected a plain value")]
    [InlineData("task: mod\nname: *a", "r.yaml:2: uses an alias, expected the value itself")]
    [InlineData("task: !!python/object:os.system mod", "r.yaml:1: has a tag, expected a plain value")]
    [InlineData("task: mod\nseed: !!int 5", "r.yaml:2: has a tag, expected a plain value")]
    [InlineData("task: mod\n---\ntask: mod", "r.yaml:2: starts a second document, expected one")]
    [InlineData("? [a, b]\n: 1", "r.yaml:1: has a list as a key, expected a name")]
    [InlineData("<<: { task: mod }\ntask: mod", "r.yaml:1: '<<' is not a known key (known: name, seed, workers, model, task, mixture, environment, evaluation, supervised, policy, checkpoints, recording, peers)")]
    public void Refuses_what_is_no_plain_recipe(string yaml, string message) => Assert.Equal(message, Fault(yaml));

    [Theory]
    [InlineData("task: {")]
    [InlineData("task: 'mod")]
    [InlineData("task: mod\n seed: 1")]
    [InlineData("a: b: c")]
    [InlineData("]")]
    [InlineData("%YAML 9.9\n---\ntask: mod")]
    [InlineData("task: \"\\q\"")]
    public void Broken_syntax_is_one_line_with_its_place(string yaml) =>
        Assert.Matches(@"\Ar\.yaml:\d+: is not valid YAML: [^\n]+\z", Fault(yaml));

    [Fact]
    public void An_alias_bomb_stops_at_its_first_anchor() =>
        Assert.Equal("r.yaml:1: has an anchor, expected a plain value", Fault("a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]"));

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void Deep_nesting_is_refused(char open) =>
        Assert.Equal("r.yaml:1: is nested too deeply, expected at most 24 levels", Fault("task: " + new string(open, 100_000)));

    [Fact]
    public void Deep_blocks_are_refused() =>
        Assert.Contains("is nested too deeply", Fault(string.Concat(Enumerable.Range(0, 200).Select(i => new string(' ', i) + "a:\n"))), StringComparison.Ordinal);

    [Fact]
    public void Long_values_are_refused() =>
        Assert.Equal("r.yaml:1: has a value that is too long, expected at most 4096 characters", Fault("name: " + new string('x', 900_000)));

    [Fact]
    public void Many_values_are_refused() =>
        Assert.Equal("r.yaml:1: has too many values, expected at most 20000", Fault("task: [" + string.Concat(Enumerable.Repeat("1,", 100_000)) + "]"));

    [Fact]
    public void Large_texts_are_refused() =>
        Assert.Equal("r.yaml: is larger than a recipe can be, expected at most 1048576 bytes", Fault(new string('#', 2_000_000)));

    [Fact]
    public void Long_values_are_shortened_in_messages() =>
        Assert.Equal($"r.yaml:2: 'seed' is '{new string('9', 60)}...', expected a whole number of at least 0", Fault("task: mod\nseed: " + new string('9', 4_000)));

    [Fact]
    public void Line_breaks_of_a_value_do_not_break_the_message() =>
        Assert.Equal("r.yaml:2: 'seed' is 'a b', expected a whole number of at least 0", Fault("task: mod\nseed: \"a\\nb\""));

    [Fact]
    public void A_byte_order_mark_is_skipped()
    {
        Recipe recipe = Reader().Read([.. Encoding.UTF8.Preamble, .. "task: mod\r\nseed: 4\r\n"u8], "r.yaml", null, []);

        Assert.Equal(4, recipe.Seed);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        RecipeException fault = Assert.Throws<RecipeException>(() => Reader().Read([0xff, 0xfe, 0x00, 0x80], "r.yaml", null, []));

        Assert.Equal("r.yaml: is not UTF-8 text", fault.Message);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        RecipeException fault = Assert.Throws<RecipeException>(() => Reader().ReadFile("no/such.yaml"));

        Assert.Equal("no/such.yaml: does not exist", fault.Message);
    }

    [Fact]
    public void Every_truncation_of_a_recipe_is_read_or_refused_with_lines()
    {
        const string Yaml = "task: { name: mod, label: \"ab\" }\npolicy:\n  regularizers: [ kl, { name: entropy, low: 0.1 } ]\n";
        for (int length = 0; length < Yaml.Length; length++)
        {
            try
            {
                Reader().Read(Yaml[..length], "r.yaml");
            }
            catch (RecipeException fault)
            {
                Assert.All(fault.Message.Split('\n'), line => Assert.StartsWith("r.yaml:", line, StringComparison.Ordinal));
            }
        }
    }

    private static RecipeReader Reader() => new(new TestComponents());

    private static string Fault(string yaml) => Assert.Throws<RecipeException>(() => Reader().Read(yaml, "r.yaml")).Message;
}
