using Proximal.Cli.Terminals;

namespace Proximal.Cli.Tests;

public class UsageTests
{
    [Fact]
    public void Prints_the_version() => Assert.Matches(@"^proximal \d+\.\d+\.\d+\n$", CommandLine.Run("--version").Succeeded().Output);

    [Fact]
    public void Without_a_command_the_help_goes_to_the_error_stream()
    {
        CommandResult result = CommandLine.Run();
        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Contains("Usage:\n  proximal COMMAND [options]\n", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("methods", "-h")]
    [InlineData("methods", "show", "--help")]
    [InlineData("explain", "--help")]
    [InlineData("schema", "--help")]
    [InlineData("train", "--help")]
    [InlineData("eval", "--help")]
    [InlineData("generate", "--help")]
    [InlineData("runs", "--help")]
    [InlineData("runs", "show", "--help")]
    [InlineData("runs", "plot", "--help")]
    [InlineData("data", "--help")]
    [InlineData("data", "generate", "--help")]
    [InlineData("data", "replay", "--help")]
    [InlineData("data", "show", "--help")]
    public void Help_is_plain_fits_eighty_columns_and_shows_usage(params string[] args)
    {
        CommandResult result = CommandLine.Run(args).Succeeded();
        Assert.Contains($"Usage:\n  proximal {string.Join(' ', args[..^1])}", result.Output, StringComparison.Ordinal);
        Assert.All(result.Lines, line => Assert.True(line.Length <= 80, line));
        Assert.DoesNotContain('\e', result.Output);
    }

    [Fact]
    public void Help_wins_over_what_is_missing() => CommandLine.Run("explain", "--help").Succeeded();

    [Fact]
    public void An_unknown_command_suggests_the_nearest() => CommandLine.Run("explian").Failed(
        ExitCode.BadInput,
        "proximal: 'explian' is not a command of `proximal`",
        "help: did you mean 'explain'?");

    [Fact]
    public void An_unknown_option_suggests_the_nearest() => CommandLine.Run("methods", "--saem=clipping").Failed(
        ExitCode.BadInput,
        "proximal: '--saem=clipping' is not an option of `proximal methods`",
        "help: did you mean '--seam'?");

    [Fact]
    public void An_unknown_option_is_not_taken_for_an_argument() => CommandLine.Run("explain", "--frobnicate").Failed(
        ExitCode.BadInput,
        "proximal: '--frobnicate' is not an option of `proximal explain`",
        "help: see `proximal explain --help`");

    [Fact]
    public void A_missing_argument_is_named() => CommandLine.Run("explain").Failed(
        ExitCode.BadInput,
        "proximal: `proximal explain` needs RECIPE: the recipe, a YAML file",
        "help: see `proximal explain --help`");

    [Fact]
    public void A_missing_value_is_named() => CommandLine.Run("methods", "--seam").Failed(
        ExitCode.BadInput,
        "proximal: --seam needs a value, as in --seam NAME",
        "help: see `proximal methods --help`");

    [Theory]
    [InlineData(true, true, false, true)]
    [InlineData(true, true, true, false)]
    [InlineData(true, false, false, false)]
    [InlineData(false, true, false, false)]
    public void Colours_appear_on_a_terminal_that_wants_them_only(bool isTerminal, bool colors, bool option, bool expected)
    {
        StringWriter output = new();
        Terminal terminal = new(output, TextWriter.Null, TextReader.Null) { IsOutputTerminal = isTerminal, Colors = colors };
        Assert.Equal(ExitCode.Success, Program.Run(option ? ["methods", "--no-color"] : ["methods"], terminal));
        Assert.Equal(expected, output.ToString().Contains('\e', StringComparison.Ordinal));
    }

    [Fact]
    public void Control_characters_of_the_command_line_are_escaped_in_messages() => CommandLine.Run("\e[31mtrain").Failed(
        ExitCode.BadInput,
        @"proximal: '\u{1b}[31mtrain' is not a command of `proximal`",
        "help: see `proximal --help`");
}
