using Proximal.Tasks;
using static System.FormattableString;

namespace Proximal.Environments.Tools;

/// <summary>One episode of a <see cref="ToolEnvironment"/>.</summary>
internal sealed class ToolEpisode : IEpisode
{
    private readonly ToolEnvironmentOptions options;
    private readonly ITool[] tools;
    private readonly ToolTag[] tags;
    private readonly TaskInstance instance;
    private readonly int[] calls;
    private readonly int[] errors;
    private readonly List<string> asked = [];
    private int turns;
    private int invalid;
    private int repeats;
    private int refused;
    private double cost;

    public ToolEpisode(ToolEnvironmentOptions options, ITool[] tools, ToolTag[] tags, TaskInstance instance)
    {
        this.options = options;
        this.tools = tools;
        this.tags = tags;
        this.instance = instance;
        calls = new int[tools.Length];
        errors = new int[tools.Length];
    }

    private ToolEpisode(ToolEpisode other)
        : this(other.options, other.tools, other.tags, other.instance)
    {
        other.calls.CopyTo(calls, 0);
        other.errors.CopyTo(errors, 0);
        asked.AddRange(other.asked);
        (turns, invalid, repeats, refused, cost, Answer) = (other.turns, other.invalid, other.repeats, other.refused, other.cost, other.Answer);
    }

    public string? Answer { get; private set; } = "";

    public IReadOnlyDictionary<string, double> Counters
    {
        get
        {
            int made = calls.Sum() + refused;
            int best = instance.Metadata is IToolPlan plan ? plan.Calls.Count : made;
            Dictionary<string, double> counters = new(StringComparer.Ordinal)
            {
                ["calls"] = made,
                ["errors"] = errors.Sum(),
                ["invalid"] = invalid,
                ["repeats"] = repeats,
                ["cost"] = cost,
                ["over-calls"] = Math.Max(0, made - best),
                ["over-called"] = made > best ? 1 : 0,
                ["under-called"] = made < best ? 1 : 0,
            };
            for (int tool = 0; tool < tools.Length; tool++)
            {
                counters[$"{tools[tool].Name}-calls"] = calls[tool];
                counters[$"{tools[tool].Name}-errors"] = errors[tool];
            }

            return counters;
        }
    }

    public string? Step(string action)
    {
        ArgumentNullException.ThrowIfNull(action);
        turns++;
        (int Tag, string Text)? found = ToolTag.FindFirst(action, tags, out bool isMalformed);
        if (found is not { } call)
        {
            if (!isMalformed && options.Answer == ToolAnswerForm.Turn)
            {
                Answer = action;
                return null;
            }

            return Refuse();
        }

        if (ReferenceEquals(tags[call.Tag], ToolEnvironment.AnswerTag))
        {
            Answer = call.Text;
            return null;
        }

        if (calls.Sum() >= options.Calls || turns >= options.Turns)
        {
            refused++;
            return null;
        }

        return Call(tags[call.Tag].Name, call.Text);
    }

    public string? StepCut(string action)
    {
        turns++;
        return Refuse();
    }

    public IEpisode Clone() => new ToolEpisode(this);

    private string? Refuse()
    {
        invalid++;
        return turns < options.Turns ? ToolEnvironment.Observation.Wrap(ToolEnvironment.Invalid) : null;
    }

    private string Call(string tag, string text)
    {
        int at = ToolFor(tag, text);
        string question = $"{tag}|{text}";
        repeats += asked.Contains(question) ? 1 : 0;
        asked.Add(question);
        calls[at]++;
        cost += options.Costs.Count > 0 ? options.Costs[at] : tools[at].Cost;
        ToolResult result = IsFailing(question) ? ToolResult.Error(ToolEnvironment.TimedOut) : tools[at].Call(new ToolCall(text, instance));
        errors[at] += result.IsError ? 1 : 0;
        int limit = Math.Min(options.ObservationCharacters, tools[at].ObservationCharacters);
        return ToolEnvironment.Observation.Wrap(ObservationText.MakeSafe(result.Text, limit, options.Ascii));
    }

    /// <summary>The first tool of the tag that takes the call; the first of the tag, to tell what is wrong, when none does.</summary>
    private int ToolFor(string tag, string text)
    {
        int first = -1, of = 0;
        for (int tool = 0; tool < tools.Length; tool++)
        {
            if (tools[tool].Tag == tag)
            {
                first = first < 0 ? tool : first;
                of++;
            }
        }

        for (int tool = first; of > 1 && tool < tools.Length; tool++)
        {
            if (tools[tool].Tag == tag && tools[tool].Accepts(text))
            {
                return tool;
            }
        }

        return first;
    }

    private bool IsFailing(string question) =>
        options.FailureRate > 0 && ToolEnvironment.Fraction(Invariant($"tool-failure|{instance.Key}|{asked.Count}|{question}")) < options.FailureRate;
}
