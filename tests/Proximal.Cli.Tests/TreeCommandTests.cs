using System.Text.Json;
using Proximal.Analysis.Trees;
using Proximal.Control.Environments;
using Proximal.Control.Environments.Buildings;

namespace Proximal.Cli.Tests;

/// <summary>Extraction and verification of trees.</summary>
public sealed class TreeCommandTests(ControlRun run) : IClassFixture<ControlRun>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_tree_of_a_trained_policy_is_extracted_shown_and_written_in_every_form()
    {
        string tree = folder.File("tree.json"), dot = folder.File("tree.dot"), source = folder.File("pole-policy.cs"), picture = folder.File("tree.svg"), text = folder.File("tree.txt");
        CommandResult result = CommandLine.Run(
            "extract", run.Folder, "--out", tree, "--samples", "300", "--depth", "3", "--episodes", "3", "--export", dot, "--export", source, "--export", picture, "--export", text).Succeeded();
        Assert.All(result.Lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains("same action in states that occur", result.Output, StringComparison.Ordinal);
        DecisionTree read = TreeJson.Load(tree);
        Assert.Equal(["position", "velocity", "angle", "angular-velocity"], read.Features);
        Assert.Equal(["push-left", "push-right"], read.Actions.Names);
        Assert.InRange(read.Depth, 1, 3);
        Assert.Contains("on cartpole: 300 samples near the history, noise 0.01, 1 runs, seed 1", read.Origin, StringComparison.Ordinal);
        Assert.Contains("public static class PolePolicy", File.ReadAllText(source), StringComparison.Ordinal);
        Assert.All([dot, picture, text], path => Assert.NotEmpty(File.ReadAllText(path)));
    }

    [Fact]
    public void The_same_seed_gives_the_same_tree_and_json_tells_its_returns()
    {
        string first = folder.File("first.json"), second = folder.File("second.json"), other = folder.File("other.json");
        string[] command = ["extract", run.Folder, "--samples", "200", "--episodes", "2", "--sample", "--runs", "5", "--noise", "0.1"];
        JsonElement json = CommandLine.Run([.. command, "--out", first, "--json"]).Succeeded().Json;
        CommandLine.Run([.. command, "--out", second]).Succeeded();
        CommandLine.Run([.. command, "--out", other, "--uniform", "--seed", "2"]).Succeeded();
        Assert.Equal(File.ReadAllText(first), File.ReadAllText(second));
        Assert.NotEqual(File.ReadAllText(first), File.ReadAllText(other));
        Assert.InRange(json.GetProperty("agreement").GetDouble(), 0, 1);
        Assert.True(json.GetProperty("tree-return").GetDouble() > 5);
        Assert.Equal(TreeJson.Load(first).LeafCount, json.GetProperty("leaves").GetInt32());
    }

    [Fact]
    public void Inputs_are_drawn_near_a_history_from_a_file()
    {
        string history = folder.File("history.csv"), tree = folder.File("tree.json");
        File.WriteAllText(history, "angle,velocity,note,angular-velocity,position\n0.1,0.5,7,-0.5,1\n-0.1,0.25,7,0.5,-1\n");
        CommandLine.Run("extract", run.Folder, "--out", tree, "--history", history, "--samples", "50", "--episodes", "2").Succeeded();
        Assert.Equal(50, TreeJson.Load(tree).Nodes[0].Samples);
        File.WriteAllText(history, "angle,velocity,position\n0.1,0.5,1\n");
        CommandLine.Run("extract", run.Folder, "--out", tree, "--history", history).Failed(
            ExitCode.BadInput, $"proximal: {history}, line 1: the column 'angular-velocity' is missing.");
    }

    [Fact]
    public void A_broken_rule_fails_until_it_is_corrected()
    {
        string tree = Pole("push-left"), verified = folder.File("verified.json"), rules = Rules("rules: [ { name: falls, when: angle > 0.05, require: action = push-right } ]");
        CommandResult failed = CommandLine.Run("verify", tree, "--rules", rules);
        Assert.Equal(ExitCode.Failure, failed.ExitCode);
        Assert.Contains("2 leaves break a rule; --correct mends them.", failed.Output, StringComparison.Ordinal);
        Assert.All(failed.Lines[1..], line => Assert.InRange(line.Length, 0, 80));
        JsonElement json = JsonDocument.Parse(CommandLine.Run("verify", tree, "--rules", rules, "--json").Output).RootElement;
        Assert.Equal((2, false), (json.GetProperty("failing").GetInt32(), json.GetProperty("holds").GetBoolean()));
        Assert.Equal("action = push-right", json.GetProperty("faults")[0].GetProperty("expected").GetString());

        CommandResult corrected = CommandLine.Run("verify", tree, "--rules", rules, "--correct", "--out", verified).Succeeded();
        Assert.Contains("2 leaves corrected, 0 still break a rule", corrected.Output, StringComparison.Ordinal);
        Assert.Contains("Every rule holds for every input.", corrected.Output, StringComparison.Ordinal);
        CommandLine.Run("verify", verified, "--rules", rules).Succeeded();
        Assert.Equal(1, TreeJson.Load(verified).Choose([0, 0, 0.1f, 0]));
    }

    [Fact]
    public void A_rule_that_no_action_keeps_fails_even_with_correction()
    {
        CommandResult result = CommandLine.Run("verify", Pole("push-left"), "--rules", Rules("rules: [ { require: action > 1 } ]"), "--correct");
        Assert.Equal(ExitCode.Failure, result.ExitCode);
        Assert.Contains("2 leaves break a rule that no action keeps.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_bounds_what_holds_a_step_later()
    {
        string tree = Pole("push-right");
        string[] command = ["verify", tree, "--certificate", "1000", "--environment", "cartpole", "--json", "--rules"];
        JsonElement standing = CommandLine.Run([.. command, Rules("rules: []\ncertificate: { when: [angle > -0.1, angle < 0.1], holds: [angle > -0.2, angle < 0.2] }")]).Succeeded().Json.GetProperty("certificate");
        Assert.Equal((1000, 1000), (standing.GetProperty("successes").GetInt32(), standing.GetProperty("samples").GetInt32()));
        Assert.InRange(standing.GetProperty("hoeffding-lower").GetDouble(), 0.961, 0.962);

        string falling = Rules("rules: []\ncertificate: { holds: [angular-velocity < 0.5] }");
        CommandResult failed = CommandLine.Run([.. command, falling, "--delta", "0.01"]);
        Assert.Equal(ExitCode.Failure, failed.ExitCode);
        Assert.Contains("not certified", CommandLine.Run("verify", tree, "--rules", falling, "--certificate", "100", "--environment", "cartpole", "--bound", "wilson").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cartpole.yaml", "cartpole")]
    [InlineData("hvac-winter.yaml", "hvac-zone")]
    [InlineData("hvac-summer.yaml", "{ name: hvac-zone, season: summer, days: 1 }")]
    public void Rules_of_the_repository_can_be_verified(string rules, string environment)
    {
        string path = Path.Combine(Root(), "samples", "rules", rules), tree = folder.File("tree.json");
        DecisionTree constant = environment == "cartpole"
            ? TreeJson.Load(Pole("push-left"))
            : new DecisionTree(
                ["outdoor-temperature", "humidity", "wind", "solar", "people", "zone-temperature", "hour"],
                Actions(new HvacZone().Specification),
                [new TreeNode(5, 25, 1, 2, 0, 2, 0.5), TreeNode.Leaf(75, 1), TreeNode.Leaf(79, 1)]);
        TreeJson.Save(constant, tree);
        CommandResult result = CommandLine.Run("verify", tree, "--rules", path, "--correct", "--certificate", "20", "--environment", environment);
        Assert.Equal("", result.Error);
        Assert.Contains("Every rule holds for every input.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_input_is_told_in_a_line()
    {
        string tree = Pole("push-left"), rules = Rules("rules:\n  - require: action = push-rigth");
        CommandResult misspelled = CommandLine.Run("verify", tree, "--rules", rules);
        Assert.Equal(ExitCode.BadInput, misspelled.ExitCode);
        Assert.StartsWith($"proximal: {rules}:2: 'rules[0].require' is 'action = push-rigth', where 'push-rigth' is not a number, an action or a feature; did you mean 'push-right'?", misspelled.Error, StringComparison.Ordinal);
        Assert.Single(misspelled.Error.TrimEnd('\n').Split('\n'));

        CommandLine.Run("verify", tree, "--rules", rules, "--out", "x.json").Failed(
            ExitCode.BadInput, "proximal: --out is given without --correct, which makes the tree that it would hold", "help: --export writes the tree as it is");
        CommandLine.Run("verify", tree, "--rules", rules, "--export", "x.pdf").Failed(
            ExitCode.BadInput, "proximal: --export is 'x.pdf', expected a file that ends in .json or .dot or .cs or .svg or .txt");
        CommandLine.Run("verify", tree, "--rules", rules, "--certificate", "5").Failed(
            ExitCode.BadInput, "proximal: --certificate is given without --environment, in which its episodes are played", "help: `proximal methods --seam environments` lists the names");
        CommandLine.Run("verify", tree, "--rules", Rules("rules: []\ncertificate: { holds: angle < 1 }"), "--certificate", "5", "--environment", "acrobot").Failed(
            ExitCode.BadInput, "proximal: acrobot has other features or actions than the tree, expected position, velocity, angle, angular-velocity", "help: --environment names the one that the tree was made for");
        CommandLine.Run("extract", "nowhere", "--out", "tree.json").Failed(
            ExitCode.BadInput, "proximal: nowhere is no control run, expected a run folder", "help: `proximal train` makes one from a control recipe");
        File.WriteAllText(tree, "{}");
        CommandLine.Run("verify", tree, "--rules", rules).Failed(ExitCode.BadInput, $"proximal: {tree}: format is missing.");
    }

    [Theory]
    [InlineData("extract", "--help")]
    [InlineData("verify", "--help")]
    public void Help_fits_eighty_columns_and_has_examples(params string[] args)
    {
        CommandResult result = CommandLine.Run(args).Succeeded();
        Assert.Contains("Examples:\n  proximal ", result.Output, StringComparison.Ordinal);
        Assert.All(result.Lines, line => Assert.True(line.Length <= 80, line));
    }

    public void Dispose() => folder.Dispose();

    /// <summary>A tree of the pole: left of the middle the one action, right of it always left.</summary>
    private string Pole(string action)
    {
        string path = folder.File("pole.json");
        ActionSet actions = new(["push-left", "push-right"]);
        TreeJson.Save(
            new DecisionTree(["position", "velocity", "angle", "angular-velocity"], actions, [new TreeNode(0, 0, 1, 2, 0, 9, 0.4), TreeNode.Leaf(action == "push-left" ? 0 : 1, 5), TreeNode.Leaf(0, 4)]),
            path);
        return path;
    }

    private string Rules(string yaml)
    {
        string path = folder.File("rules.yaml");
        File.WriteAllText(path, yaml);
        return path;
    }

    private static ActionSet Actions(EnvironmentSpecification specification) =>
        new(specification.ActionNames, [.. specification.ActionNumbers.Select(numbers => new ActionQuantity(numbers.Name, numbers.Values))]);

    private static string Root()
    {
        string? at = AppContext.BaseDirectory;
        while (at is not null && !File.Exists(Path.Combine(at, "Proximal.slnx")))
        {
            at = Path.GetDirectoryName(at);
        }

        return at ?? throw new DirectoryNotFoundException();
    }
}
