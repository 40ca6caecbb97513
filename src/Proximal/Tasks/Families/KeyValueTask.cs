using Proximal.Tensors.Random;
using static System.FormattableString;

namespace Proximal.Tasks.Families;

/// <summary>
/// Multi-hop look-up: prompt <c>f(g(b7))=</c>, answer the key that the tables lead to. The tables can only be read through <see cref="Environments.KeyValueLookup"/>; without it the answer is a
/// guess. One look-up reads <c>f(b7)</c>, two read <c>f(g(b7))</c>, three <c>g(f(g(b7)))</c>.
/// </summary>
public sealed class KeyValueTask(KeyValueOptions options) : ProceduralTask("kv-tool", options, "0123456789abcdefghijklmnopqrstuvwxyz()=")
{
    private const int Worlds = 1 << 30;

    /// <inheritdoc/>
    private protected override ProceduralDraft Draw(SuiteRandom random)
    {
        int world = random.Int(Worlds), hops = random.Range(1, options.Difficulty);
        hops = options.Mixed ? hops : options.Difficulty;
        string key = KeyValueTables.Key(random.Int(options.Keys));
        string tables = hops switch { 1 => KeyValueTables.Names[random.Int(2)].ToString(), 2 => "gf", _ => "gfg" };
        KeyValueMetadata metadata = new(options.OneWorld ? options.Seed : world, options.Keys, key, tables);
        string prompt = key, value = key;
        List<string> steps = [];
        foreach (char table in tables)
        {
            prompt = $"{table}({prompt})";
            string next = KeyValueTables.Look(metadata, table, value);
            steps.Add($"{table}({value})={next}");
            value = next;
        }

        return new ProceduralDraft(Invariant($"kv-tool|{metadata.World}|{metadata.Keys}|{prompt}"), $"{prompt}=", value, steps) { Metadata = metadata };
    }

    /// <inheritdoc/>
    private protected override Verdict Judge(TaskInstance instance, string answer, string? thought)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return KeyValueTables.TryKey(answer, options.Keys, out _) ? Verdict.Of(answer == instance.Answer, answer) : Verdict.Unreadable("the answer is not a key");
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Concepts(TaskInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return ["look up", "the innermost first", "an answer is the next key", Invariant($"{MetadataOf<KeyValueMetadata>(instance).Tables.Length} look-ups")];
    }
}
