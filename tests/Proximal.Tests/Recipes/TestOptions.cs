using Proximal.Recipes;

namespace Proximal.Tests.Recipes;

/// <summary>One option of every kind.</summary>
internal sealed record TestOptions
{
    public double Low { get; init; } = 0.2;

    public double High { get; init; } = 0.3;

    public int Count { get; init; } = 3;

    public bool Dual { get; init; }

    public string Label { get; init; } = "plain";

    public OptionKind Kind { get; init; } = OptionKind.Number;

    public IReadOnlyList<double> Levels { get; init; } = [];

    public IReadOnlyList<string> Words { get; init; } = [];

    public static OptionSchema<TestOptions> Schema { get; } = new OptionSchema<TestOptions>(() => new TestOptions())
        .Number("low", o => o.Low, (o, v) => o with { Low = v }, "Lower bound.", 0, 1)
        .Number("high", o => o.High, (o, v) => o with { High = v }, "Upper bound.", 0)
        .Integer("count", o => o.Count, (o, v) => o with { Count = v }, "How many.", 1, 1000)
        .Flag("dual", o => o.Dual, (o, v) => o with { Dual = v }, "Both sides.")
        .Text("label", o => o.Label, (o, v) => o with { Label = v }, "Any text.")
        .Choice("kind", o => o.Kind, (o, v) => o with { Kind = v }, "One of three.", ("number", OptionKind.Number), ("integer", OptionKind.Integer), ("flag", OptionKind.Flag))
        .NumberList("levels", o => o.Levels, (o, v) => o with { Levels = v }, "Numbers.")
        .TextList("words", o => o.Words, (o, v) => o with { Words = v }, "Texts.")
        .Rule(o => o.Low <= o.High ? null : FormattableString.Invariant($"'low' is {o.Low}, expected at most 'high' ({o.High})"));
}
