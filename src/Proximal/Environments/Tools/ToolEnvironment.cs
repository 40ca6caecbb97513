using Proximal.Recipes;
using Proximal.Tasks;
using Proximal.Tensors.Random;
using static System.FormattableString;

namespace Proximal.Environments.Tools;

/// <summary>
/// Tools that the policy calls in its text: <c>&lt;calc&gt;12*7&lt;/calc&gt;</c> is answered by <c>&lt;obs&gt;84&lt;/obs&gt;</c>, and the policy goes on. The first pair of tags that closes is the
/// call of a turn. A turn that has tags but no pair is answered by <c>invalid</c>, and is spent. The episode ends with an answer (see <see cref="ToolAnswerForm"/>), or without one at a call beyond
/// the limit or after the last turn. Observations are made safe: nothing that a tool says can close them or pass for a tag.
/// </summary>
public sealed class ToolEnvironment : IEnvironment
{
    internal const string Invalid = "invalid", TimedOut = "err timeout";
    internal static readonly ToolTag Observation = new("obs"), AnswerTag = new("answer");

    private readonly ToolEnvironmentOptions options;
    private readonly ITool[] tools;
    private readonly ToolTag[] tags;

    /// <summary>Creates the environment.</summary>
    /// <param name="options">The options; <see cref="ToolEnvironmentOptions.Tools"/> is not looked at.</param>
    /// <param name="tools">The tools.</param>
    /// <exception cref="ArgumentException">No tool, costs that do not go with them, or a tag that cannot be one.</exception>
    public ToolEnvironment(ToolEnvironmentOptions options, params IReadOnlyList<ITool> tools)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(tools);
        this.options = options with { Tools = [.. tools.Select(tool => tool.Name)] };
        OptionChecks.Validate(this.options.FindFault());
        this.tools = [.. tools];
        string[] names = [.. tools.Select(tool => tool.Tag).Distinct(StringComparer.Ordinal)];
        if (names.FirstOrDefault(name => !ToolTag.IsName(name) || name == Observation.Name || name == AnswerTag.Name) is { } impossible)
        {
            throw new ArgumentException($"'{impossible}' cannot be the tag of a tool.", nameof(tools));
        }

        tags = [.. names.Select(name => new ToolTag(name)), .. options.Answer == ToolAnswerForm.Tag ? new[] { AnswerTag } : []];
        TurnEnds = [.. tags.Select(tag => tag.Close)];
        Symbols =
        [
            .. tags.SelectMany(tag => new[] { tag.Open, tag.Close }), Observation.Open, Observation.Close,
            .. tools.SelectMany(tool => tool.Symbols).Concat($"{Invalid}{TimedOut}. ".Select(c => c.ToString())).Distinct(StringComparer.Ordinal),
        ];
        Concurrency = tools.Max(tool => tool.Concurrency);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Symbols { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> TurnEnds { get; }

    /// <inheritdoc/>
    public int TurnTokens => options.TurnTokens;

    /// <inheritdoc/>
    public int Concurrency { get; }

    /// <summary>What a right answer takes: the inverse of tool productivity, right answers over calls.</summary>
    public IReadOnlyList<CounterRatio> Ratios { get; } =
    [
        new("calls-of-right-answer", "calls", CounterRatio.RightAnswers), new("cost-of-right-answer", "cost", CounterRatio.RightAnswers), new("error-rate", "errors", "calls"),
    ];

    /// <inheritdoc/>
    public bool IsReplayable => Array.TrueForAll(tools, tool => tool.IsReplayable);

    /// <summary>What recipes see, with the tools that they can name.</summary>
    public static ComponentDefinition<IEnvironment, ToolEnvironmentOptions> Define(ToolCatalog tools) => new(
        new ComponentInfo(
            "tools",
            Seam.Environments,
            "Answers calls of tools in the text, until an answer: calculator, scripts, servers of the Model Context Protocol, sandboxed code.",
            "<tag>e</tag> -> <obs>tool(e)</obs>",
            "Schick et al. 2023, Toolformer, arXiv:2302.04761; Model Context Protocol, specification 2025-06-18")
        {
            Mechanism =
                "The policy writes a call between the tags of a tool; the turn ends, and what the tool says comes back as a segment of origin environment, which is never trained. "
                + "Malformed calls are answered by `invalid` and cost a turn; calls, errors, costs and, where the task knows the best number of calls, needless and missing ones are counted.",
        },
        ToolEnvironmentOptions.Schema,
        options => new ToolEnvironment(options, [.. options.Tools.Select(tools.Get)]));

    /// <inheritdoc/>
    public IEpisode Begin(TaskInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new ToolEpisode(options, tools, tags, instance);
    }

    /// <summary>The calls of the problem's plan, or one of the calculator where the prompt is an expression such as <c>12*7=?</c>, and then the answer.</summary>
    public IReadOnlyList<string> Demonstration(TaskInstance instance, string answer)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(answer);
        List<PlannedCall> calls = [.. Plan(instance)];
        if (instance.Metadata is IToolPlan { Unneeded: { } unneeded } && IsCareless(instance))
        {
            calls.Add(unneeded);
        }

        int most = Math.Min(options.Calls, options.Turns - 1);
        IEnumerable<string> turns = calls.Where(call => Array.Exists(tags, tag => tag.Name == call.Tag)).Take(most).Select(call => new ToolTag(call.Tag).Wrap(call.Text));
        return [.. turns, options.Answer == ToolAnswerForm.Tag ? AnswerTag.Wrap(answer) : answer];
    }

    /// <summary>A number in [0, 1) that hangs on nothing but a text.</summary>
    internal static double Fraction(string text) => new SuiteRandom(text, 0).Double();

    private bool IsCareless(TaskInstance instance) => options.Careless > 0 && Fraction(Invariant($"careless|{instance.Key}|{instance.Index}")) < options.Careless;

    private static IReadOnlyList<PlannedCall> Plan(TaskInstance instance)
    {
        if (instance.Metadata is IToolPlan plan)
        {
            return plan.Calls;
        }

        string expression = instance.Prompt.TrimEnd('?', '=', ' ');
        return CalculatorExpression.TryEvaluate(expression, out _) ? [new PlannedCall(CalculatorTool.Key, expression)] : [];
    }
}
