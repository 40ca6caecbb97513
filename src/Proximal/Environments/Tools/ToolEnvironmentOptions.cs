using Proximal.Recipes;
using static System.FormattableString;

namespace Proximal.Environments.Tools;

/// <summary>Options of <see cref="ToolEnvironment"/>.</summary>
public sealed record ToolEnvironmentOptions
{
    /// <summary>The most tools of one environment.</summary>
    public const int MaximumTools = 16;

    private const int MaximumNameLength = 64;

    /// <summary>Names of the tools.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [CalculatorTool.Key];

    /// <summary>Calls that are answered in one episode; a further one ends it without an answer.</summary>
    public int Calls { get; init; } = 5;

    /// <summary>Turns of one episode: calls, malformed ones included, and the answer.</summary>
    public int Turns { get; init; } = 6;

    /// <summary>The most tokens of one turn.</summary>
    public int TurnTokens { get; init; } = 32;

    /// <summary>The most characters of one observation.</summary>
    public int ObservationCharacters { get; init; } = 256;

    /// <summary>Whether observations keep only printable ASCII and line feeds, which closed vocabularies are made of.</summary>
    public bool Ascii { get; init; } = true;

    /// <summary>What ends an episode.</summary>
    public ToolAnswerForm Answer { get; init; }

    /// <summary>What a call of each tool costs, in their order; the tools' own costs when empty.</summary>
    public IReadOnlyList<double> Costs { get; init; } = [];

    /// <summary>Share of calls that fail with <c>err timeout</c>, as tools of the real world do; the same calls of the same problem do in every run.</summary>
    public double FailureRate { get; init; }

    /// <summary>Share of demonstrations with a call that was not needed.</summary>
    public double Careless { get; init; }

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<ToolEnvironmentOptions> Schema { get; } = new OptionSchema<ToolEnvironmentOptions>(() => new ToolEnvironmentOptions())
        .TextList("tools", o => o.Tools, (o, v) => o with { Tools = v }, "The tools: calc, code, mcp:NAME with --tool-server, python with --allow-code.")
        .Integer("calls", o => o.Calls, (o, v) => o with { Calls = v }, "Calls that are answered in one episode; a further one ends it.", 0, 1_000)
        .Integer("turns", o => o.Turns, (o, v) => o with { Turns = v }, "Turns of one episode: calls, malformed ones too, and the answer.", 1, 1_001)
        .Integer("turn-tokens", o => o.TurnTokens, (o, v) => o with { TurnTokens = v }, "The most tokens of one turn.", 1, 1_048_576)
        .Integer(
            "observation-characters", o => o.ObservationCharacters, (o, v) => o with { ObservationCharacters = v }, "The most characters of one observation.", 1, 1_048_576)
        .Flag("ascii", o => o.Ascii, (o, v) => o with { Ascii = v }, "Observations keep only printable ASCII and line feeds.")
        .Choice(
            "answer", o => o.Answer, (o, v) => o with { Answer = v }, "What ends an episode: a turn without a tag, or <answer>..</answer>.",
            ("turn", ToolAnswerForm.Turn), ("tag", ToolAnswerForm.Tag))
        .NumberList("costs", o => o.Costs, (o, v) => o with { Costs = v }, "What a call of each tool costs, in their order; their own costs when empty.")
        .Number("failure-rate", o => o.FailureRate, (o, v) => o with { FailureRate = v }, "Share of calls that fail with err timeout.", 0, 1)
        .Number("careless", o => o.Careless, (o, v) => o with { Careless = v }, "Share of demonstrations with a call that was not needed.", 0, 1)
        .Rule(o => o.FindFault());

    /// <summary>The first impossible value as a sentence that names the key, the value and what is expected; null when all is well.</summary>
    public string? FindFault()
    {
        if (Tools.Count is 0 or > MaximumTools)
        {
            return Invariant($"'tools' has {Tools.Count} names, expected 1 to {MaximumTools}");
        }

        if (Tools.FirstOrDefault(name => !IsName(name)) is { } strange)
        {
            return $"'tools' names '{strange}', expected letters, digits and any of : . _ -";
        }

        if (Tools.Distinct(StringComparer.Ordinal).Count() < Tools.Count)
        {
            return $"'tools' is [{string.Join(", ", Tools)}], expected every tool once";
        }

        return Costs.Count == 0 || Costs.Count == Tools.Count ? null : Invariant($"'costs' has {Costs.Count} numbers, expected {Tools.Count}, one for each tool");
    }

    private static bool IsName(string name) => name.Length is > 0 and <= MaximumNameLength && name.All(c => char.IsAsciiLetterOrDigit(c) || c is ':' or '.' or '_' or '-');
}
