using Proximal.Recipes;
using Proximal.Tasks;
using Proximal.Tasks.Games;
using Proximal.Worlds.TowerDefence;

namespace Proximal.Environments.TowerDefence;

/// <summary>
/// A few decisions of the game that a problem of <see cref="TowerTask"/> is a state of: each turn is an action, answered by what is seen a second later. What cannot be read is
/// answered by <c>&lt;obs&gt; invalid &lt;/obs&gt;</c> and time passes. At the end the state is judged as that of the task: an episode with an invalid action scores 0.
/// </summary>
public sealed class TowerEnvironment(TowerEnvironmentOptions options) : IEnvironment
{
    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IEnvironment, TowerEnvironmentOptions> Definition { get; } = new(
        new ComponentInfo(
            "tower-mini",
            Seam.Environments,
            "Some decisions in a game of tower defence.",
            "<act> t1 x2 y9 </act> -> <obs> .. </obs>",
            "TowerMind: A Tower Defence Game Learning Environment and Benchmark for LLM as Agents"),
        TowerEnvironmentOptions.Schema,
        options => new TowerEnvironment(options));

    /// <inheritdoc/>
    public IReadOnlyList<string> Symbols => TowerLanguage.Symbols;

    /// <inheritdoc/>
    public IReadOnlyList<string> TurnEnds { get; } = [TowerLanguage.Close];

    /// <inheritdoc/>
    public int TurnTokens => options.TurnTokens;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The problem is none of <see cref="TowerTask"/>.</exception>
    public IEpisode Begin(TaskInstance instance) => new Episode(TowerTask.MetadataOf(instance), options.Turns);

    /// <summary>The decisions of the expert from here on.</summary>
    public IReadOnlyList<string> Demonstration(TaskInstance instance, string answer)
    {
        TowerWorld world = TowerTask.MetadataOf(instance).World.Clone();
        TowerExpert expert = new();
        List<string> turns = [];
        while (turns.Count < options.Turns && world.Running)
        {
            TowerAction action = expert.Choose(world);
            turns.Add(TowerLanguage.Response(action));
            world.Decide(action);
        }

        return turns;
    }

    private sealed class Episode(TowerMetadata state, int turns) : IEpisode
    {
        private readonly TowerWorld world = state.World.Clone();
        private readonly List<string> read = [];
        private int taken;
        private int invalid;
        private int malformed;

        public string? Answer => string.Join("; ", read);

        public bool IsExhausted => taken >= turns;

        public IReadOnlyDictionary<string, double> Counters => new Dictionary<string, double>
        {
            ["decisions"] = taken,
            ["invalid"] = invalid,
            ["malformed"] = malformed,
        };

        public string? Step(string action) => Take(TowerLanguage.Read(world, action));

        public string? StepCut(string action) => Take(null);

        public Verdict? Judge() => read.Count == 0
            ? Verdict.Unreadable("no action in the required form")
            : TowerJudgement.Judge(state, world.Clone(), invalid + malformed == 0, Answer!);

        private string? Take(TowerAction? action)
        {
            if (!world.Running)
            {
                return null;
            }

            TowerStep step = world.Decide(action ?? default);
            taken++;
            malformed += action is null ? 1 : 0;
            invalid += step.Error == TowerError.None ? 0 : 1;
            if (action is { } known)
            {
                read.Add(TowerTokens.ToText(known));
            }

            if (IsExhausted || !world.Running)
            {
                return null;
            }

            return TowerLanguage.OpenObservation + (action is null ? TowerLanguage.Invalid : "") + TowerLanguage.Prompt(world) + TowerLanguage.CloseObservation;
        }
    }
}
