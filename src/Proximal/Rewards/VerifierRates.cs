using System.Globalization;
using Proximal.Recipes;
using Proximal.Rollouts;
using Proximal.Tasks;
using Proximal.Tensors.Random;

namespace Proximal.Rewards;

/// <summary>
/// How often a binary verifier errs, for each class of prompts: a prompt belongs to class <c>hash(key) mod K</c>, with K the length of the longer list, and a list of one
/// rate holds for all classes.
/// </summary>
public record VerifierRates
{
    /// <summary>ρ0 of each class: the probability that a wrong answer is called right.</summary>
    public IReadOnlyList<double> FalsePositives { get; init; } = [0.1];

    /// <summary>ρ1 of each class: the probability that a right answer is called wrong.</summary>
    public IReadOnlyList<double> FalseNegatives { get; init; } = [0.3];

    /// <summary>K.</summary>
    public int Classes => Math.Max(FalsePositives.Count, FalseNegatives.Count);

    /// <summary>Keys, ranges and documentation.</summary>
    public static OptionSchema<VerifierRates> Schema { get; } = CreateSchema(() => new VerifierRates());

    /// <summary>ρ0 of a class.</summary>
    public double FalsePositive(int promptClass) => FalsePositives[FalsePositives.Count == 1 ? 0 : promptClass];

    /// <summary>ρ1 of a class.</summary>
    public double FalseNegative(int promptClass) => FalseNegatives[FalseNegatives.Count == 1 ? 0 : promptClass];

    /// <summary>The class of the prompt of a group.</summary>
    /// <exception cref="InvalidOperationException">There are several classes, and the batch was laid out without trajectories.</exception>
    public int ClassOf(PathBatch batch, int group)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return Classes == 1 ? 0 : (int)(SuiteHash.Fnv1a64("class|" + batch.Trajectory(batch.GroupOffsets[group]).Instance.Key) % (ulong)Classes);
    }

    /// <summary>The two lists with their rules, for options that add to them.</summary>
    private protected static OptionSchema<T> CreateSchema<T>(Func<T> defaults)
        where T : VerifierRates => new OptionSchema<T>(defaults)
        .NumberList("false-positives", o => o.FalsePositives, (o, v) => o with { FalsePositives = v }, "ρ0: probability that a wrong answer is called right; one for all prompts, or one a class of prompts.")
        .NumberList("false-negatives", o => o.FalseNegatives, (o, v) => o with { FalseNegatives = v }, "ρ1: probability that a right answer is called wrong; one for all prompts, or one a class of prompts.")
        .Rule(o => Fault("false-positives", o.FalsePositives) ?? Fault("false-negatives", o.FalseNegatives))
        .Rule(o => o.FalsePositives.Count == 1 || o.FalseNegatives.Count == 1 || o.FalsePositives.Count == o.FalseNegatives.Count
            ? null
            : $"'false-negatives' has {o.FalseNegatives.Count} rates, expected 1 or as many as 'false-positives' ({o.FalsePositives.Count})");

    private static string? Fault(string key, IReadOnlyList<double> rates)
    {
        foreach (double rate in rates)
        {
            if (!(rate is >= 0 and <= 1))
            {
                return string.Create(CultureInfo.InvariantCulture, $"'{key}' has {rate}, expected 0 to 1");
            }
        }

        return rates.Count is > 0 and <= 1024 ? null : $"'{key}' has {rates.Count} rates, expected 1 to 1024";
    }
}
