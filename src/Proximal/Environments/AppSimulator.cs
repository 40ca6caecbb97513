using System.Text;
using Proximal.Recipes;
using Proximal.Tasks;
using Proximal.Tasks.Families;

namespace Proximal.Environments;

/// <summary>
/// The app of <see cref="AppTask"/>: a command a turn, <c>get(ref=b);</c>, answered by <c>&gt;7</c> and a line feed. The episode ends with <c>done;</c>, with a turn that ends the sequence, or
/// after the last turn; unit tests on the state that it ends in are the verdict. Every episode works on a state of its own.
/// </summary>
public sealed class AppSimulator(AppSimulatorOptions options) : IEnvironment
{
    private const string Close = ";";

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IEnvironment, AppSimulatorOptions> Definition { get; } = new(
        new ComponentInfo(
            "app-simulator",
            Seam.Environments,
            "Runs commands on a small stateful app, until done; unit tests on the final state decide.",
            "f(x=..); -> >answer of f",
            "Trivedi et al. 2024, AppWorld, arXiv:2407.18901"),
        AppSimulatorOptions.Schema,
        options => new AppSimulator(options));

    /// <inheritdoc/>
    public IReadOnlyList<string> TurnEnds { get; } = [Close];

    /// <inheritdoc/>
    public int TurnTokens => options.TurnTokens;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The problem is none of <see cref="AppTask"/>.</exception>
    public IEpisode Begin(TaskInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance.Metadata is AppMetadata goal
            ? new Episode(goal, options.Turns)
            : throw new ArgumentException($"'app-simulator' is the environment of task app-sim, but '{instance.Key}' is a problem of {instance.Family}.", nameof(instance));
    }

    /// <summary>One command a turn.</summary>
    public IReadOnlyList<string> Demonstration(TaskInstance instance, string answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return [.. answer.Split(Close, StringSplitOptions.RemoveEmptyEntries).Take(options.Turns).Select(command => command + Close)];
    }

    private sealed class Episode(AppMetadata goal, int turns) : IEpisode
    {
        private readonly AppWorld world = new(goal);
        private readonly StringBuilder transcript = new();

        public string? Answer => transcript.ToString();

        public bool IsExhausted { get; private set; }

        public IReadOnlyDictionary<string, double> Counters => new Dictionary<string, double>
        {
            ["commands"] = world.Commands,
            ["errors"] = world.Errors,
            ["unknown-arguments"] = world.UnknownArguments,
            ["help-before-use"] = world.HelpBeforeUse,
        };

        public string? Step(string action)
        {
            ArgumentNullException.ThrowIfNull(action);
            bool goesOn = action.EndsWith(Close, StringComparison.Ordinal);
            transcript.Append(action);
            string reply = world.Execute(goesOn ? action[..^Close.Length] : action);
            return goesOn && !world.IsDone ? Reply(reply) : null;
        }

        public string? StepCut(string action)
        {
            transcript.Append(action);
            return Reply(world.Execute(""));
        }

        public Verdict? Judge() => world.Judge(transcript.ToString());

        private string? Reply(string reply)
        {
            IsExhausted = world.Commands >= turns;
            return IsExhausted ? null : $">{reply}\n";
        }
    }
}
