using System.Text.Json;

namespace Proximal.Cli.Tests;

/// <summary>Commands that read recipes without running them.</summary>
public sealed class RecipeCommandTests : IDisposable
{
    private const string Recipe = """
        task: digit-completion
        model: { width: 16, layers: 1, heads: 2, context: 64 }
        policy: { objective: grpo, prompts: 4, rollouts: 2, response-tokens: 24 }
        """;

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Explains_arithmetic_objective_and_memory()
    {
        string output = CommandLine.Run("explain", Write("a.yaml", Recipe)).Succeeded().Output;
        Assert.Contains("4 x 2 = 8 sequences", output, StringComparison.Ordinal);
        Assert.Contains("Objective: grpo", output, StringComparison.Ordinal);
        Assert.Contains("at most at one time", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Changes_on_the_command_line_count()
    {
        string output = CommandLine.Run("explain", Write("a.yaml", Recipe), "--set", "policy.objective=dapo", "--set", "policy.rollouts=5").Succeeded().Output;
        Assert.Contains("4 x 5 = 20 sequences", output, StringComparison.Ordinal);
        Assert.Contains("Objective: dapo", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_of_a_recipe_gets_its_line()
    {
        string path = Write("bad.yaml", "task: digit-completion\nmodle: { width: 16 }\nseed: -1\n");
        CommandResult result = CommandLine.Run("explain", path);
        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Contains($"proximal: {path}:2: 'modle' is not a known key; did you mean 'model'?", result.Error, StringComparison.Ordinal);
        Assert.Contains($"proximal: {path}:3: 'seed' is '-1', expected", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_recipe_is_named()
    {
        string path = folder.File("missing.yaml");
        CommandLine.Run("explain", path).Failed(ExitCode.BadInput, $"proximal: {path}: does not exist");
    }

    [Fact]
    public void The_schema_is_json_and_can_be_written_to_a_file()
    {
        JsonElement schema = CommandLine.Run("schema").Succeeded().Json;
        Assert.True(schema.TryGetProperty("properties", out _));
        string path = folder.File("schema.json");
        Assert.Equal($"Wrote {path}\n", CommandLine.Run("schema", "--out", path).Succeeded().Output);
        Assert.Equal(CommandLine.Run("schema").Output, File.ReadAllText(path));
    }

    [Fact]
    public void A_schema_that_cannot_be_written_is_a_failure_that_names_the_file()
    {
        string path = Path.Combine(folder.Path, "no", "schema.json");
        CommandResult result = CommandLine.Run("schema", "--out", path);
        Assert.Equal(ExitCode.Failure, result.ExitCode);
        Assert.StartsWith($"proximal: {path}: cannot write, the folder", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private string Write(string name, string text)
    {
        File.WriteAllText(folder.File(name), text);
        return folder.File(name);
    }
}
