using System.Text.Json;

namespace Proximal.Cli.Tests;

/// <summary>What a command left behind.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>The output as lines without the empty one at the end.</summary>
    public string[] Lines => Output.TrimEnd('\n').Split('\n');

    /// <summary>The whole output as one JSON value.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>Each line of the output as a JSON value.</summary>
    public JsonElement[] JsonLines => [.. Lines.Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>The command succeeded and said nothing on the error stream.</summary>
    public CommandResult Succeeded()
    {
        Assert.Equal("", Error);
        Assert.Equal(Cli.ExitCode.Success, ExitCode);
        return this;
    }

    /// <summary>The command failed with exactly these lines on the error stream and nothing on the other.</summary>
    public void Failed(int exitCode, params string[] lines)
    {
        Assert.Equal(string.Concat(lines.Select(line => line + Environment.NewLine)), Error);
        Assert.Equal("", Output);
        Assert.Equal(exitCode, ExitCode);
    }
}
