using Proximal.Recipes;
using Proximal.Tasks;
using Proximal.Tasks.Families;

namespace Proximal.Environments;

/// <summary>
/// The proof checker of <see cref="RewriteTask"/> with feedback: a turn proposes one step or several, <c>st.</c>; the checker answers <c>&lt;ok&gt;</c> and the string that they lead to, or
/// <c>&lt;err&gt;</c> and the string as it was where one of them does not apply. The episode ends with the goal, with a turn that ends the sequence instead of writing the
/// point, or after the last proposal. The answer is the steps that were taken, which the task verifies in its bare form.
/// </summary>
public sealed class RewriteChecker(RewriteCheckerOptions options) : IEnvironment
{
    private const string Close = ".", Taken = "<ok>", Refused = "<err>";

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IEnvironment, RewriteCheckerOptions> Definition { get; } = new(
        new ComponentInfo(
            "rewrite-checker",
            Seam.Environments,
            "Checks proposed steps of a rewriting proof, until the goal is reached.",
            "st. -> <ok>string after s and t, or <err>string before",
            ""),
        RewriteCheckerOptions.Schema,
        options => new RewriteChecker(options));

    /// <inheritdoc/>
    public IReadOnlyList<string> Symbols { get; } = [Taken, Refused, Close, .. RewriteRules.Letters.Select(c => c.ToString()), "="];

    /// <inheritdoc/>
    public IReadOnlyList<string> TurnEnds { get; } = [Close];

    /// <inheritdoc/>
    public int TurnTokens => options.TurnTokens;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The problem is none of <see cref="RewriteTask"/>.</exception>
    public IEpisode Begin(TaskInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance.Metadata is RewriteMetadata goal
            ? new Episode(goal, options.Turns)
            : throw new ArgumentException($"'rewrite-checker' is the environment of task rewrite-thm, but '{instance.Key}' is a problem of {instance.Family}.", nameof(instance));
    }

    /// <summary>One step a turn.</summary>
    public IReadOnlyList<string> Demonstration(TaskInstance instance, string answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return [.. answer.Take(options.Turns).Select(step => step + Close)];
    }

    private sealed class Episode(RewriteMetadata goal, int turns) : IEpisode
    {
        private string reached = goal.Source;
        private int proposals;
        private int refused;

        public string? Answer { get; private set; } = "";

        public bool IsExhausted { get; private set; }

        public IReadOnlyDictionary<string, double> Counters => new Dictionary<string, double> { ["proposals"] = proposals, ["refused"] = refused };

        public string? Step(string action)
        {
            ArgumentNullException.ThrowIfNull(action);
            bool goesOn = action.EndsWith(Close, StringComparison.Ordinal);
            bool taken = Propose(goesOn ? action[..^Close.Length] : action);
            return goesOn && reached != goal.Target ? Reply(taken) : null;
        }

        public string? StepCut(string action)
        {
            proposals++;
            refused++;
            return Reply(false);
        }

        private bool Propose(string steps)
        {
            if (steps.Length == 0)
            {
                return false;
            }

            proposals++;
            (string end, int applied) = RewriteRules.Replay(goal, reached, steps);
            if (applied < steps.Length || Answer!.Length + steps.Length > RewriteRules.MaximumSteps)
            {
                refused++;
                return false;
            }

            reached = end;
            Answer += steps;
            return true;
        }

        private string? Reply(bool taken)
        {
            IsExhausted = proposals >= turns;
            return IsExhausted ? null : $"{(taken ? Taken : Refused)}{reached}=";
        }
    }
}
