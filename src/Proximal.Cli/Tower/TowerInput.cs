using System.CommandLine;
using Proximal.Cli.Parsing;
using Proximal.Environments.TowerDefence;

namespace Proximal.Cli.Tower;

/// <summary>The options that name an agent behind an endpoint.</summary>
internal sealed class TowerInput
{
    public Option<string?> Endpoint { get; } = new("--endpoint")
    {
        HelpName = "URL",
        Description = "The OpenAI-compatible server of the agent 'endpoint', as http://localhost:8080/v1: it gets the game as JSON and answers with an action.",
    };

    public Option<string?> Model { get; } = new("--model") { HelpName = "NAME", Description = "The model of the endpoint." };

    public Option<string?> Key { get; } = new("--key-variable")
    {
        HelpName = "NAME",
        Description = "The environment variable that holds the key of the endpoint; none is sent without it.",
    };

    public Option<int?> Timeout { get; } = NumberOptions.Integer("--timeout", "SECONDS", "How long an answer of the endpoint may take; 60 by default.", 1, 3600);

    public IEnumerable<Option> Options => [Endpoint, Model, Key, Timeout];

    /// <summary>The endpoint, or null where none is given.</summary>
    /// <exception cref="CommandFailure">The address is none, or the variable is not set.</exception>
    public TowerEndpointSettings? Settings(ParseResult line)
    {
        if (line.GetValue(Endpoint) is not { } address)
        {
            return null;
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new CommandFailure($"--endpoint is '{Terminals.SafeText.OneLine(address)}', expected an address that begins with http:// or https://");
        }

        string? key = null;
        if (line.GetValue(Key) is { } variable)
        {
            key = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set
                ? set
                : throw new CommandFailure($"--key-variable names '{Terminals.SafeText.OneLine(variable)}', which is not set, expected an environment variable with the key");
        }

        return new TowerEndpointSettings(uri, line.GetValue(Model) ?? "default") { Key = key, Timeout = TimeSpan.FromSeconds(line.GetValue(Timeout) ?? 60) };
    }
}
