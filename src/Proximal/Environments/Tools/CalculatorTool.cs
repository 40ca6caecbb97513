namespace Proximal.Environments.Tools;

/// <summary>
/// The calculator <c>&lt;calc&gt;12*7&lt;/calc&gt;</c>: integers of up to 12 digits, + - * / % ^ and parentheses in exact fractions, at most 64 characters. Answers <c>84</c> or <c>7/2</c>, or
/// <c>err syntax</c>, <c>err div0</c>, <c>err range</c>.
/// </summary>
public sealed class CalculatorTool : ITool
{
    /// <summary>Name and tag.</summary>
    public const string Key = "calc";

    /// <inheritdoc/>
    public string Name => Key;

    /// <inheritdoc/>
    public IReadOnlyList<string> Symbols { get; } =
        [.. $"0123456789+-*/%^() {CalculatorExpression.SyntaxError}{CalculatorExpression.ZeroError}{CalculatorExpression.RangeError}".Distinct().Select(c => c.ToString())];

    /// <inheritdoc/>
    public ToolResult Call(ToolCall call)
    {
        bool isValue = CalculatorExpression.TryEvaluate(call.Text, out string result);
        return new ToolResult(result, !isValue);
    }
}
