using Proximal.Recipes;
using Proximal.Tasks;

namespace Proximal.Environments;

/// <summary>
/// A calculator that the policy calls in its text: <c>&lt;calc&gt;12*7&lt;/calc&gt;</c> is answered by <c>&lt;obs&gt;84&lt;/obs&gt;</c>, and the policy goes
/// on. A turn without a call is the answer, and the task verifies that turn alone. Integers of up to 12 digits, + - * / % ^ and parentheses, exact
/// fractions; what cannot be computed is answered by <c>err syntax</c>, <c>err div0</c> or <c>err range</c>, a call that is none by <c>invalid</c>.
/// </summary>
public sealed class CalculatorEnvironment(CalculatorOptions options) : IEnvironment
{
    private const string Open = "<calc>", Close = "</calc>", OpenObservation = "<obs>", CloseObservation = "</obs>", Invalid = "invalid";

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IEnvironment, CalculatorOptions> Definition { get; } = new(
        new ComponentInfo(
            "calculator",
            Seam.Environments,
            "Answers calls of a calculator in the text, until a turn has none.",
            "<calc>e</calc> -> <obs>value of e</obs>",
            "Schick et al. 2023, Toolformer, arXiv:2302.04761"),
        CalculatorOptions.Schema,
        options => new CalculatorEnvironment(options));

    /// <inheritdoc/>
    public IReadOnlyList<string> Symbols { get; } =
    [
        Open, Close, OpenObservation, CloseObservation,
        .. $"0123456789+-*/%^(){Invalid}{CalculatorExpression.SyntaxError}{CalculatorExpression.ZeroError}{CalculatorExpression.RangeError}".Distinct().Select(c => c.ToString()),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> TurnEnds { get; } = [Close];

    /// <inheritdoc/>
    public int TurnTokens => options.TurnTokens;

    /// <inheritdoc/>
    public IEpisode Begin(TaskInstance instance) => new Episode(options.Calls);

    /// <summary>A prompt that is an expression, as <c>12*7=?</c>, is computed by one call before the answer.</summary>
    public IReadOnlyList<string> Demonstration(TaskInstance instance, string answer)
    {
        ArgumentNullException.ThrowIfNull(instance);
        string expression = instance.Prompt.TrimEnd('?', '=', ' ');
        return options.Calls > 0 && CalculatorExpression.TryEvaluate(expression, out _) ? [$"{Open}{expression}{Close}", answer] : [answer];
    }

    /// <summary>The expression of the first well-formed call; null where there is none.</summary>
    private static string? FindCall(string action)
    {
        for (int from = 0, close; (close = action.IndexOf(Close, from, StringComparison.Ordinal)) >= 0; from = close + Close.Length)
        {
            ReadOnlySpan<char> before = action.AsSpan(from, close - from);
            int open = before.LastIndexOf(Open, StringComparison.Ordinal);
            if (open >= 0)
            {
                return before[(open + Open.Length)..].ToString();
            }
        }

        return null;
    }

    private sealed class Episode(int calls) : IEpisode
    {
        private int left = calls;

        public string? Answer { get; private set; } = "";

        public bool IsExhausted => left < 0;

        public string? Step(string action)
        {
            ArgumentNullException.ThrowIfNull(action);
            if (action.Contains(Open, StringComparison.Ordinal) || action.Contains(Close, StringComparison.Ordinal))
            {
                return Observe(FindCall(action) is { } expression ? CalculatorExpression.Evaluate(expression) : Invalid);
            }

            Answer = action;
            return null;
        }

        public string? StepCut(string action) => Observe(Invalid);

        private string? Observe(string observation) => left-- > 0 ? OpenObservation + observation + CloseObservation : null;
    }
}
