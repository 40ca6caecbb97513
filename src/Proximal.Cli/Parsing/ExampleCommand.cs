using System.CommandLine;

namespace Proximal.Cli.Parsing;

/// <summary>A command whose help ends with examples.</summary>
/// <param name="name">Name on the command line.</param>
/// <param name="description">What it does, for somebody who sees it for the first time.</param>
/// <param name="examples">Command lines that work.</param>
internal sealed class ExampleCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;
}
