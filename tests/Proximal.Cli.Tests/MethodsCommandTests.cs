using System.Text.Json;
using Proximal.Control.Recipes;
using Proximal.Recipes;

namespace Proximal.Cli.Tests;

public class MethodsCommandTests
{
    private static IEnumerable<ComponentCatalog> All => [.. Catalog.CreateDefault().All, .. ControlCatalog.CreateDefault().All];

    [Fact]
    public void Lists_every_component_in_eighty_columns()
    {
        CommandResult result = CommandLine.Run("methods").Succeeded();
        Assert.All(
            All.SelectMany(c => c.Components),
            component => Assert.Contains($"  {component.Info.Key} ", result.Output, StringComparison.Ordinal));
        Assert.All(result.Lines, line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public void One_seam_alone_can_be_listed()
    {
        string output = CommandLine.Run("methods", "--seam", "Clipping").Succeeded().Output;
        Assert.Contains("ppo", output, StringComparison.Ordinal);
        Assert.DoesNotContain("countdown", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_holds_every_component_with_its_options()
    {
        JsonElement json = CommandLine.Run("methods", "--json").Succeeded().Json;
        Assert.Equal(All.Sum(c => c.Components.Count), json.GetArrayLength());
        JsonElement ppo = json.EnumerateArray().Single(c => c.GetProperty("key").GetString() == "ppo" && c.GetProperty("seam").GetString() == "clipping");
        Assert.Contains(ppo.GetProperty("options").EnumerateArray(), o => o.GetProperty("key").GetString() == "low" && o.GetProperty("default").GetString() == "0.2");
    }

    [Fact]
    public void Shows_formula_source_and_options_of_a_component()
    {
        string output = CommandLine.Run("methods", "show", "cispo").Succeeded().Output;
        Assert.Contains("cispo (clipping)", output, StringComparison.Ordinal);
        Assert.Contains("Formula", output, StringComparison.Ordinal);
        Assert.Contains("Source", output, StringComparison.Ordinal);
        Assert.Contains("Options", output, StringComparison.Ordinal);
        Assert.All(output.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public void The_list_names_the_paper_of_every_component()
    {
        string output = CommandLine.Run("methods").Succeeded().Output.ReplaceLineEndings(" ");
        Assert.All(
            All.SelectMany(c => c.Components).Where(component => component.Info.Reference.Length > 0),
            component => Assert.Contains($"[{Words(component.Info.Reference)}]", Words(output), StringComparison.Ordinal));
    }

    [Fact]
    public void Shows_how_every_component_works_and_what_it_computes() => Assert.All(
        Catalog.CreateDefault().All.SelectMany(c => c.Components),
        component =>
        {
            string output = Words(CommandLine.Run("methods", "show", component.Info.Key).Succeeded().Output);
            string formula = component.PresetStage?.DescribeObjective() ?? component.Info.Formula;
            Assert.Contains(Words(component.Info.Mechanism), output, StringComparison.Ordinal);
            Assert.Contains(Words(formula), output, StringComparison.Ordinal);
        });

    [Theory]
    [InlineData("dapo", "recipes/baselines/dapo.yaml")]
    [InlineData("double-dqn", "recipes/control/acrobot-double-dqn.yaml")]
    [InlineData("pendulum", "recipes/control/pendulum-ppo.yaml")]
    public void Shows_the_recipes_of_a_method(string key, string recipe)
    {
        Assert.Contains($"  {recipe}\n", CommandLine.Run("methods", "show", key).Succeeded().Output, StringComparison.Ordinal);
        Assert.Equal(
            CommandLine.Run("methods", "recipe", recipe).Succeeded().Output,
            CommandLine.Run("methods", "recipe", Path.GetFileNameWithoutExtension(recipe)).Succeeded().Output);
    }

    [Fact]
    public void A_recipe_that_was_printed_can_be_trained()
    {
        using TemporaryFolder temporary = new();
        string path = temporary.File("mine.yaml");
        File.WriteAllText(path, CommandLine.Run("methods", "recipe", "grpo").Succeeded().Output);

        Assert.Contains("Objective: grpo", CommandLine.Run("explain", path).Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_recipe_suggests_the_nearest() => CommandLine.Run("methods", "recipe", "cartpole-pp").Failed(
        ExitCode.BadInput,
        "proximal: there is no recipe 'cartpole-pp'",
        "help: did you mean 'cartpole-ppo'?");

    [Fact]
    public void Json_of_an_objective_holds_its_parts_and_recipes()
    {
        JsonElement dapo = CommandLine.Run("methods", "show", "dapo", "--json").Succeeded().Json[0];
        Assert.Contains(dapo.GetProperty("parts").EnumerateArray(), part => part.GetProperty("component").GetString() == "token-mean");
        Assert.Equal("recipes/baselines/dapo.yaml", dapo.GetProperty("recipes")[0].GetString());
    }

    [Fact]
    public void Shows_the_components_that_every_objective_stands_for() => Assert.All(
        Catalog.CreateDefault().Objectives.Components,
        objective =>
        {
            string output = CommandLine.Run("methods", "show", objective.Info.Key).Succeeded().Output;
            Assert.Matches(@"(?m)^advantage\s+\S", output);
            Assert.Matches(@"(?m)^aggregation\s+\S", output);
        });

    [Fact]
    public void An_unknown_component_suggests_the_nearest() => CommandLine.Run("methods", "show", "gropo").Failed(
        ExitCode.BadInput,
        "proximal: there is no component 'gropo'",
        "help: did you mean 'grpo'?");

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
