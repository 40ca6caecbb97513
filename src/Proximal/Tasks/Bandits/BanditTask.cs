using System.Globalization;
using Proximal.Tensors.Random;
using static System.FormattableString;

namespace Proximal.Tasks.Bandits;

/// <summary>
/// A table of contexts and arms as a task for language models: prompt <c>3:</c> for context 3, response one letter, the arm; a fixed subset of the arms of each context is
/// correct. A model learns it by heart, so every split has the same contexts: held-out ones in turn, those of training spread evenly. Demonstrations show the correct arms or a prior over all arms, whose ranks are
/// shuffled in each context: then a demonstration may be wrong, as the purpose is to start from a known distribution. <see cref="TabularBandit"/> is the same without
/// a model, with exact gradients.
/// </summary>
public sealed class BanditTask : ITask
{
    private const ulong FractionOfRootTwo = 0x6A09E667F3BCC909;
    private const string Names = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!#$%&*+-./;?";

    private readonly BanditOptions options;
    private readonly double[] cumulative;

    /// <summary>Lays out the table.</summary>
    /// <exception cref="ArgumentException">An option is impossible; the message names the key, the value and what is expected.</exception>
    public BanditTask(BanditOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionChecks.Validate(options.FindFault());
        this.options = options;
        cumulative = new double[options.Arms];
        double sum = 0;
        for (int rank = 0; rank < cumulative.Length; rank++)
        {
            cumulative[rank] = sum += options.Prior == BanditPrior.Given
                ? rank < options.Weights.Count ? options.Weights[rank] : 0
                : Math.Pow(rank + 1, -options.Exponent);
        }

        Symbols = [.. "0123456789:".Concat(Names[..options.Arms]).Select(c => c.ToString())];
        Lengths = new TaskLengths(Invariant($"{options.Contexts - 1}:").Length, 1);
    }

    /// <inheritdoc/>
    public string Name => "tab-bandit";

    /// <inheritdoc/>
    public IReadOnlyList<string> Symbols { get; }

    /// <inheritdoc/>
    public TaskLengths Lengths { get; }

    /// <summary>The arms of a context in the order of their prior, the likeliest first. [M]</summary>
    public IReadOnlyList<int> Ranking(int context)
    {
        int[] arms = [.. Enumerable.Range(0, options.Arms)];
        Stream("ranks", context).Shuffle<int>(arms);
        return arms;
    }

    /// <summary>Which arms of a context are correct. [M]</summary>
    public IReadOnlyList<bool> Correct(int context)
    {
        int[] arms = [.. Ranking(context)];
        if (Stream("aligned", context).Double() >= options.Aligned)
        {
            Array.Sort(arms);
            Stream("correct", context).Shuffle<int>(arms);
        }

        bool[] correct = new bool[options.Arms];
        foreach (int arm in arms.AsSpan(0, options.Correct))
        {
            correct[arm] = true;
        }

        return correct;
    }

    /// <summary>The text of an arm: one letter or sign.</summary>
    public static string NameOf(int arm) => Names[arm].ToString();

    /// <summary>A context as a bandit whose policy is the prior: exact rewards and gradients beside what a model learns.</summary>
    /// <param name="context">Number of the context.</param>
    public TabularBandit ToTable(int context)
    {
        IReadOnlyList<int> ranking = Ranking(context);
        IReadOnlyList<bool> correct = Correct(context);
        double[] logits = new double[options.Arms], rewards = new double[options.Arms];
        for (int rank = 0; rank < logits.Length; rank++)
        {
            double weight = cumulative[rank] - (rank == 0 ? 0 : cumulative[rank - 1]);
            double share = options.Prior == BanditPrior.Correct ? (correct[ranking[rank]] ? 1 : 0) : weight;
            logits[ranking[rank]] = share > 0 ? Math.Log(share) : double.NegativeInfinity;
            rewards[ranking[rank]] = correct[ranking[rank]] ? 1 : 0;
        }

        return new TabularBandit(logits, rewards);
    }

    /// <inheritdoc/>
    public TaskInstance Generate(TaskSplit split, long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);

        // Steps draw their prompts at regular distances, with which contexts in turn would fall into step.
        ulong place = unchecked((ulong)index * FractionOfRootTwo);
        int context = split == TaskSplit.Train ? (int)Math.BigMul(place, (ulong)options.Contexts, out _) : (int)(index % options.Contexts);
        IReadOnlyList<int> ranking = Ranking(context);
        IReadOnlyList<bool> correct = Correct(context);
        SuiteRandom random = new(Invariant($"{Name}|shown|{TaskSplits.Name(split)}|{index}"), (ulong)options.Seed);
        int shown = options.Prior == BanditPrior.Correct
            ? random.Pick([.. ranking.Where(arm => correct[arm])])
            : ranking[RankAt(random.Double() * cumulative[^1])];
        return new TaskInstance
        {
            Family = Name,
            Split = split,
            Index = index,
            Key = Invariant($"{Name}|{options.Seed}|{context}"),
            Prompt = Invariant($"{context}:"),
            Answer = NameOf(ranking.First(arm => correct[arm])),
            Metadata = new BanditMetadata(context, shown),
        };
    }

    /// <inheritdoc/>
    public Verdict Verify(TaskInstance instance, Response response)
    {
        ArgumentNullException.ThrowIfNull(instance);
        int arm = response.Text.Length == 1 ? Names.IndexOf(response.Text[0], StringComparison.Ordinal) : -1;
        return arm < 0 || arm >= options.Arms
            ? Verdict.Unreadable("not the name of an arm")
            : Verdict.Of(Correct(MetadataOf(instance).Context)[arm], response.Text) with { FormatOk = true };
    }

    /// <inheritdoc/>
    public string Demonstration(TaskInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return NameOf(MetadataOf(instance).Shown);
    }

    private static BanditMetadata MetadataOf(TaskInstance instance) =>
        instance.Metadata as BanditMetadata ?? throw new ArgumentException($"Instance {instance.Key} is not one of task tab-bandit.", nameof(instance));

    private SuiteRandom Stream(string purpose, int context)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(context);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(context, options.Contexts);
        return new(string.Create(CultureInfo.InvariantCulture, $"{Name}|{purpose}|{context}"), (ulong)options.Seed);
    }

    private int RankAt(double place)
    {
        int rank = Array.FindIndex(cumulative, end => place < end);
        return rank < 0 ? cumulative.Length - 1 : rank;
    }
}
