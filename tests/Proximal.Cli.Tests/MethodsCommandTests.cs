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
        Assert.Contains("option", output, StringComparison.Ordinal);
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
}
