using Proximal.Cli.Terminals;

namespace Proximal.Cli.Tests;

public sealed class ToolOptionTests
{
    private const string Recipe = """
        name: tools
        model: { layers: 1, width: 16, heads: 1, context: 64 }
        task: { name: tool-arithmetic, difficulty: 1, operands: 3 }
        environment: { name: tools, tools: [TOOLS], turn-tokens: 8 }
        evaluation: { every: 0, prompts: 4 }
        policy: { steps: 1, prompts: 2, rollouts: 2, response-tokens: 16, objective: grpo }
        """;

    [Theory]
    [InlineData("'mcp:files'", "The environment's 'tools' names 'mcp:files': a recipe starts no programs; --tool-server NAME='COMMAND' says what the server is")]
    [InlineData("python", "The environment's 'tools' names 'python': a recipe runs no programs; --allow-code lets it, isolated from this machine")]
    [InlineData("clac", "The environment's 'tools' names 'clac', expected one of calc, code; did you mean 'calc'?")]
    public void A_recipe_alone_starts_nothing(string tools, string message)
    {
        using TemporaryFolder folder = new();
        CommandResult result = Train(folder, tools);
        Assert.Equal($"proximal: {message}\n", result.Error);
        Assert.Equal(2, result.ExitCode);
    }

    [Fact]
    public void A_recipe_is_explained_without_its_tools()
    {
        using TemporaryFolder folder = new();
        string recipe = Path.Combine(folder.Path, "recipe.yaml");
        File.WriteAllText(recipe, Recipe.Replace("TOOLS", "'mcp:files', python", StringComparison.Ordinal));
        CommandResult result = CommandLine.Run("explain", recipe);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("mcp:files", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("files", "--tool-server is 'files', expected NAME=COMMAND as in files='dotnet server.dll'")]
    [InlineData("files=", "--tool-server is 'files=', expected NAME=COMMAND as in files='dotnet server.dll'")]
    [InlineData("a b=x", "--tool-server is 'a b=x', expected NAME=COMMAND as in files='dotnet server.dll'")]
    [InlineData("files='x", "--tool-server is 'files='x', expected NAME=COMMAND as in files='dotnet server.dll'")]
    public void A_server_that_cannot_be_read_is_told(string given, string message)
    {
        using TemporaryFolder folder = new();
        Assert.StartsWith($"proximal: {message}\n", Train(folder, "calc", "--tool-server", given).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Weaker_isolation_has_to_be_asked_for_together_with_code()
    {
        using TemporaryFolder folder = new();
        Assert.StartsWith("proximal: --allow-weaker-isolation is given without --allow-code\n", Train(folder, "calc", "--allow-weaker-isolation").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_episode_shows_what_the_environment_said_and_draws_it()
    {
        using TemporaryFolder folder = new();
        Assert.Equal(0, Train(folder, "calc", "--quiet").ExitCode);
        string run = Path.Combine(folder.Path, "run"), picture = Path.Combine(folder.Path, "tree.svg");
        CommandResult result = CommandLine.Run("generate", run, "1+2+3=?", "--episode", "--samples", "4", "--temperature", "1", "--json", "--svg", picture);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(4, result.Output.Split("\"origin\":\"policy\"").Length - 1 - (result.Output.Split("\"origin\":\"environment\"").Length - 1));
        Assert.StartsWith("<svg", File.ReadAllText(picture), StringComparison.Ordinal);
        Assert.Contains("--svg goes with --episode", CommandLine.Run("generate", run, "1", "--svg", picture).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dotnet x.dll", "dotnet|x.dll")]
    [InlineData("  a   b ", "a|b")]
    [InlineData("'a b' \"c d\" e\\ f", "a b|c d|e f")]
    [InlineData("a'b c'd", "ab cd")]
    [InlineData("'' x", "|x")]
    [InlineData("\"a\\\"b\" 'c\\d'", "a\"b|c\\d")]
    [InlineData("", "")]
    public void Words_are_taken_apart_as_a_shell_does(string line, string words) => Assert.Equal(words, string.Join('|', ShellWords.Split(line)!));

    [Theory]
    [InlineData("'a")]
    [InlineData("a \"b")]
    public void An_open_quote_is_no_command_line(string line) => Assert.Null(ShellWords.Split(line));

    private static CommandResult Train(TemporaryFolder folder, string tools, params string[] more)
    {
        string recipe = Path.Combine(folder.Path, "recipe.yaml");
        File.WriteAllText(recipe, Recipe.Replace("TOOLS", tools, StringComparison.Ordinal));
        return CommandLine.Run(["train", recipe, "--run", Path.Combine(folder.Path, "run"), .. more]);
    }
}
