namespace Proximal.Tasks.Families;

/// <summary>Options of <see cref="ToolArithmeticTask"/>: difficulty is the number of digits of an operand.</summary>
public sealed record ToolArithmeticOptions : ProceduralOptions
{
    /// <summary>Starts with bare answers: the answer is the turn that calls nothing.</summary>
    public ToolArithmeticOptions() => Style = ResponseStyle.Bare;

    /// <summary>The most operands of an expression.</summary>
    public int Operands { get; init; } = 3;

    /// <summary>The operations to draw from.</summary>
    public string Operations { get; init; } = "+-*";

    /// <summary>Share of problems with two operands of one digit, which need no tool.</summary>
    public double Easy { get; init; } = 0.5;

    /// <summary>Share of problems whose answer stands in the prompt, which need no tool either.</summary>
    public double Stated { get; init; }

    /// <inheritdoc/>
    protected override int MaximumDifficulty => 4;

    /// <inheritdoc/>
    public override string? FindFault() => base.FindFault()
        ?? OptionChecks.Range("operands", Operands, 2, 5)
        ?? OptionChecks.Range("easy", Easy, 0, 1)
        ?? OptionChecks.Range("stated", Stated, 0, 1)
        ?? OptionChecks.Holds(Easy + Stated <= 1, "stated", Stated, "at most 1 together with easy")
        ?? OptionChecks.Holds(Operations.Length is > 0 and <= 3 && Operations.All(c => c is '+' or '-' or '*'), "operations", Operations, "some of +-*")
        ?? OptionChecks.Holds(Operands > 2 || Difficulty > 1 || Easy + Stated == 1, "operands", Operands, "at least 3 where operands have one digit");
}
