using System.Text;
using System.Xml.Linq;
using Proximal.Analysis.Trees;
using Proximal.Models;
using Proximal.Tensors.Random;

namespace Proximal.Analysis.Tests.Trees;

public sealed class TreeExportTests
{
    [Fact]
    public void A_file_gives_back_the_tree()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            (DecisionTree tree, _, _) = SampleTrees.Random(seed);
            AssertSame(tree, TreeJson.Read(TreeJson.Write(tree), "tree.json"));
        }

        AssertSame(SampleTrees.Thermostat, TreeJson.Read(TreeJson.Write(SampleTrees.Thermostat), "tree.json"));
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        try
        {
            TreeJson.Save(SampleTrees.Thermostat, path);
            AssertSame(SampleTrees.Thermostat, TreeJson.Load(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("\"proximal-tree\"", "\"tree\"", "format \"tree\", expected proximal-tree")]
    [InlineData("\"threshold\": 20.5", "\"threshold\": 1e999", "nodes[2].threshold")]
    [InlineData("\"left\": 3", "\"left\": 1", "its child is 1")]
    [InlineData("\"feature\": 0", "\"feature\": 2", "its feature is 2")]
    [InlineData("\"action\": 7", "\"action\": -1", "nodes[2].action")]
    [InlineData("\"occupants\"", "\"zone-temperature\"", "is there twice")]
    [InlineData("\"occupants\"", "3", "features")]
    [InlineData("\"heating\": [", "\"heating\": [ 1,", "has 17 values")]
    public void A_damaged_file_is_refused_with_the_place(string found, string replacement, string fault)
    {
        string text = Encoding.UTF8.GetString(TreeJson.Write(SampleTrees.Thermostat).Span);
        Assert.Contains(found, text, StringComparison.Ordinal);
        int place = text.IndexOf(found, StringComparison.Ordinal);
        string damaged = string.Concat(text.AsSpan(0, place), replacement, text.AsSpan(place + found.Length));
        ModelFormatException refused = Assert.Throws<ModelFormatException>(() => TreeJson.Read(Encoding.UTF8.GetBytes(damaged), "tree.json"));
        Assert.Contains(fault, refused.Message, StringComparison.Ordinal);
        Assert.StartsWith("tree.json: ", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    /// <summary><c>PROXIMAL_UPDATE_SAMPLES=.../GeneratedPolicy.cs dotnet test</c> writes the sample anew.</summary>
    [Fact]
    public void Generated_source_is_the_sample_that_the_compiler_has_seen_and_decides_as_the_tree()
    {
        DecisionTree tree = SampleTrees.Generated;
        string source = TreeCSharp.Write(tree, "generated-policy", "Proximal.Analysis.Tests.Trees");
        if (Environment.GetEnvironmentVariable("PROXIMAL_UPDATE_SAMPLES") is { Length: > 0 } path)
        {
            File.WriteAllText(path, source);
        }

        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "GeneratedPolicy.cs")), source);
        RandomStream random = new(1, RandomPurpose.User);
        for (int i = 0; i < 3000; i++)
        {
            float[] input = [(float)random.Uniform(3 * i), (float)random.Uniform((3 * i) + 1), (float)random.Uniform((3 * i) + 2)];
            Assert.Equal(tree.Choose(input), GeneratedPolicy.Choose(input[0], input[1], input[2]));
        }

        Assert.Equal(tree.Actions.Names, GeneratedPolicy.Actions);
    }

    [Fact]
    public void Names_become_identifiers_that_the_language_allows()
    {
        DecisionTree tree = new(["class", "2nd-floor", "a-b", "aB", "°"], new ActionSet(["say-\"hi\"\\"]), [TreeNode.Leaf(0)]);
        string source = TreeCSharp.Write(tree);
        Assert.Contains("Choose(double @class, double _2ndFloor, double aB, double aB2, double _)", source, StringComparison.Ordinal);
        Assert.Contains("\"say-\\\"hi\\\"\\\\\",", source, StringComparison.Ordinal);
    }

    [Fact]
    public void Graphviz_text_has_every_node_and_edge()
    {
        string dot = TreeDot.Write(SampleTrees.Thermostat);
        Assert.StartsWith("digraph tree {\n", dot, StringComparison.Ordinal);
        Assert.Contains("n2 [label=\"zone-temperature <= 20.5\\n60 samples\"];", dot, StringComparison.Ordinal);
        Assert.Contains("n2 -> n3 [label=\"yes\"];\n    n2 -> n4 [label=\"no\"];", dot, StringComparison.Ordinal);
        Assert.Equal(4, dot.Split(" -> ").Length - 1);
    }

    [Fact]
    public void Text_shows_questions_actions_and_samples()
    {
        Assert.Equal(
            """
            occupants <= 0?
            ├ yes: heat-15  (40)
            └ no:  zone-temperature <= 20.5?
              ├ yes: heat-22  (50)
              └ no:  heat-24 *  (10)

            """.ReplaceLineEndings("\n"),
            TreeText.Write(SampleTrees.Thermostat, marked: new HashSet<int> { 4 }));
        Assert.Equal("occupants <= 0?\n├ yes: heat-15  (40)\n└ no:  ... 2 leaves  (60)\n", TreeText.Write(SampleTrees.Thermostat, levels: 1));
        (DecisionTree deep, _, _) = SampleTrees.Random(11);
        Assert.All(TreeText.Write(deep, width: 40).Split('\n'), line => Assert.InRange(line.Length, 0, 40));
    }

    [Fact]
    public void The_picture_is_well_formed_and_shows_the_leaves()
    {
        string svg = TreeSvg.Write(SampleTrees.Thermostat, "a <thermostat>", marked: new HashSet<int> { 4 });
        XElement root = XDocument.Parse(svg).Root!;
        string[] texts = [.. root.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
        Assert.Contains("heat-22", texts);
        Assert.Contains("zone-temperature", texts);
        Assert.Contains("a <thermostat>", texts);
        Assert.Contains("... ", TreeSvg.Write(SampleTrees.Thermostat, "t", levels: 1).Replace("...<", "... <", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static void AssertSame(DecisionTree expected, DecisionTree actual)
    {
        Assert.Equal(expected.Nodes, actual.Nodes);
        Assert.Equal(expected.Features, actual.Features);
        Assert.Equal(expected.Actions.Names, actual.Actions.Names);
        Assert.Equal(expected.Actions.Quantities, actual.Actions.Quantities);
        Assert.Equal(expected.Origin, actual.Origin);
    }
}
