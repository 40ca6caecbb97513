using Proximal.Recipes;
using Proximal.Tasks;
using Proximal.Tasks.Families;

namespace Proximal.Environments;

/// <summary>
/// The look-ups of <see cref="KeyValueTask"/>, a search engine in the small: <c>&lt;s&gt;gb7&lt;/s&gt;</c> is answered by <c>&lt;i&gt;k3&lt;/i&gt;</c>, the entry of table g at key b7, and by
/// <c>&lt;i&gt;none&lt;/i&gt;</c> where there is none. The episode ends at <c>&lt;a&gt;d4&lt;/a&gt;</c>, whose content the task verifies in its bare form, at a turn that is neither, or after
/// the last turn; without an answer it is wrong.
/// </summary>
public sealed class KeyValueLookup(KeyValueLookupOptions options) : IEnvironment
{
    private const string Open = "<s>", Close = "</s>", OpenObservation = "<i>", CloseObservation = "</i>", OpenAnswer = "<a>", CloseAnswer = "</a>", None = "none";

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IEnvironment, KeyValueLookupOptions> Definition { get; } = new(
        new ComponentInfo("kv-lookup", Seam.Environments, "Looks up keys in hidden tables, until an answer or the last turn.", "<s>gk</s> -> <i>g(k)</i>", ""),
        KeyValueLookupOptions.Schema,
        options => new KeyValueLookup(options));

    /// <inheritdoc/>
    public IReadOnlyList<string> Symbols { get; } = [Open, Close, OpenObservation, CloseObservation, OpenAnswer, CloseAnswer, .. None.Distinct().Select(c => c.ToString())];

    /// <inheritdoc/>
    public IReadOnlyList<string> TurnEnds { get; } = [Close, CloseAnswer];

    /// <inheritdoc/>
    public IReadOnlyList<CounterRatio> Ratios { get; } = [new("miss-rate", "misses", "lookups"), new("lookups-per-right-answer", "lookups", CounterRatio.RightAnswers)];

    /// <inheritdoc/>
    public int TurnTokens => options.TurnTokens;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The problem is none of <see cref="KeyValueTask"/>.</exception>
    public IEpisode Begin(TaskInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance.Metadata is KeyValueMetadata world
            ? new Episode(world, options.Turns)
            : throw new ArgumentException($"'kv-lookup' is the environment of task kv-tool, but '{instance.Key}' is a problem of {instance.Family}.", nameof(instance));
    }

    /// <summary>The look-ups from the innermost on, then the answer.</summary>
    public IReadOnlyList<string> Demonstration(TaskInstance instance, string answer)
    {
        ArgumentNullException.ThrowIfNull(instance);
        string last = OpenAnswer + answer + CloseAnswer;
        if (instance.Metadata is not KeyValueMetadata world || world.Tables.Length >= options.Turns)
        {
            return [last];
        }

        List<string> turns = [];
        string key = world.Key;
        foreach (char table in world.Tables)
        {
            turns.Add(Open + table + key + Close);
            key = KeyValueTables.Look(world, table, key);
        }

        return [.. turns, last];
    }

    private sealed class Episode(KeyValueMetadata world, int turns) : IEpisode
    {
        private int taken;
        private int lookups;
        private int misses;

        public string? Answer { get; private set; } = "";

        public bool IsExhausted => taken >= turns;

        public IReadOnlyDictionary<string, double> Counters => new Dictionary<string, double> { ["lookups"] = lookups, ["misses"] = misses };

        public string? Step(string action)
        {
            ArgumentNullException.ThrowIfNull(action);
            if (Between(action, OpenAnswer, CloseAnswer) is { } answer)
            {
                Answer = answer;
                return null;
            }

            return Between(action, Open, Close) is { } query ? Reply(Look(query)) : null;
        }

        public string? StepCut(string action) => Reply(null);

        private string? Look(string query)
        {
            lookups++;
            string? entry = query.Length > 0 && KeyValueTables.Names.Contains(query[0], StringComparison.Ordinal) && KeyValueTables.TryKey(query.AsSpan(1), world.Keys, out _)
                ? KeyValueTables.Look(world, query[0], query[1..])
                : null;
            misses += entry is null ? 1 : 0;
            return entry;
        }

        private string? Reply(string? entry) => ++taken < turns ? OpenObservation + (entry ?? None) + CloseObservation : null;

        /// <summary>The text between the last opening and the closing that follows; null without both.</summary>
        private static string? Between(string text, string open, string close)
        {
            int end = text.LastIndexOf(close, StringComparison.Ordinal);
            int start = end < 0 ? -1 : text.LastIndexOf(open, end, StringComparison.Ordinal);
            return start < 0 ? null : text[(start + open.Length)..end];
        }
    }
}
