using Proximal.Tensors.Random;

namespace Proximal.Tasks.Bandits;

/// <summary>
/// One context of a bandit with a softmax over M whole responses: everything that a policy gradient only estimates is a finite sum here. For trying advantages and
/// objectives on plain arrays.
/// </summary>
public sealed class TabularBandit
{
    /// <summary>The most groups of samples that <see cref="Moments"/> goes through.</summary>
    public const double MaximumGroups = 1e7;

    private readonly double[] logits;
    private readonly double[] rewards;

    /// <summary>A bandit.</summary>
    /// <param name="logits">Free parameters of the policy; minus infinity never plays an arm. [M]</param>
    /// <param name="rewards">Reward of each arm. [M]</param>
    /// <exception cref="ArgumentException">No arm, or different lengths.</exception>
    public TabularBandit(ReadOnlySpan<double> logits, ReadOnlySpan<double> rewards)
    {
        if (logits.IsEmpty || logits.Length != rewards.Length)
        {
            throw new ArgumentException($"{logits.Length} logits and {rewards.Length} rewards, expected as many, at least 1.", nameof(rewards));
        }

        this.logits = logits.ToArray();
        this.rewards = rewards.ToArray();
    }

    /// <summary>Writes the advantages of a group of samples.</summary>
    /// <param name="arms">The arms that were played. [G]</param>
    /// <param name="rewards">Their rewards. [G]</param>
    /// <param name="advantages">Receives the advantages. [G]</param>
    public delegate void GroupAdvantage(ReadOnlySpan<int> arms, ReadOnlySpan<float> rewards, Span<float> advantages);

    /// <summary>M.</summary>
    public int Arms => logits.Length;

    /// <summary>The parameters, which may be changed. [M]</summary>
    public Span<double> Logits => logits;

    /// <summary>Reward of each arm. [M]</summary>
    public ReadOnlySpan<double> Rewards => rewards;

    /// <summary>J: the expected reward.</summary>
    public double ExpectedReward => Probabilities().Zip(rewards, (p, reward) => p == 0 ? 0 : p * reward).Sum();

    /// <summary><c>b* = E[|∇ log π|² R] / E[|∇ log π|²]</c>: the constant baseline with the least variance.</summary>
    public double OptimalBaseline
    {
        get
        {
            double[] policy = Probabilities();
            double squares = policy.Sum(p => p * p), weighted = 0, total = 0;
            for (int arm = 0; arm < policy.Length; arm++)
            {
                double norm = policy[arm] * (1 - (2 * policy[arm]) + squares);
                weighted += norm * rewards[arm];
                total += norm;
            }

            return total == 0 ? 0 : weighted / total;
        }
    }

    /// <summary>π: the softmax of the logits. [M]</summary>
    public double[] Probabilities()
    {
        double largest = logits.Max(), sum = 0;
        double[] policy = new double[logits.Length];
        for (int arm = 0; arm < policy.Length; arm++)
        {
            sum += policy[arm] = Math.Exp(logits[arm] - largest);
        }

        for (int arm = 0; arm < policy.Length; arm++)
        {
            policy[arm] /= sum;
        }

        return policy;
    }

    /// <summary>The gradient of J with respect to the logits, <c>π_a (r_a - J)</c>. [M]</summary>
    public double[] Gradient()
    {
        double expected = ExpectedReward;
        return [.. Probabilities().Zip(rewards, (p, reward) => p * (reward - expected))];
    }

    /// <summary>pass@N: the probability that one of N samples has a reward above 0.</summary>
    /// <param name="samples">N, at least 1.</param>
    public double PassAt(int samples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        double right = Probabilities().Where((_, arm) => rewards[arm] > 0).Sum();
        return 1 - Math.Pow(1 - Math.Min(1, right), samples);
    }

    /// <summary>An arm drawn from the policy.</summary>
    /// <param name="random">The stream.</param>
    /// <param name="position">Position in it.</param>
    public int Sample(RandomStream random, long position)
    {
        double[] policy = Probabilities();
        double place = random.Uniform(position);
        int arm = 0;
        for (double sum = policy[0]; arm < policy.Length - 1 && place >= sum; sum += policy[arm])
        {
            arm++;
        }

        return arm;
    }

    /// <summary>The estimate of one group, <c>(1/G) Σ_i A_i ∇ log π(a_i)</c>. [M]</summary>
    /// <param name="arms">The arms that were played. [G]</param>
    /// <param name="advantage">The method.</param>
    public double[] Estimate(ReadOnlySpan<int> arms, GroupAdvantage advantage) => Estimate(arms, advantage, Probabilities());

    /// <summary>Mean and variance of the estimate of a group, by going through all M^G groups.</summary>
    /// <param name="advantage">The method.</param>
    /// <param name="groupSize">G.</param>
    /// <exception cref="ArgumentOutOfRangeException">M^G is above <see cref="MaximumGroups"/>, or G is below 1.</exception>
    public GradientMoments Moments(GroupAdvantage advantage, int groupSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groupSize, 1);
        if (Math.Pow(Arms, groupSize) > MaximumGroups)
        {
            throw new ArgumentOutOfRangeException(nameof(groupSize), groupSize, FormattableString.Invariant($"{Arms} arms to the power of the group size must be at most {MaximumGroups}."));
        }

        double[] policy = Probabilities(), mean = new double[Arms];
        int[] arms = new int[groupSize];
        double square = 0;
        do
        {
            double probability = 1;
            foreach (int arm in arms)
            {
                probability *= policy[arm];
            }

            if (probability > 0)
            {
                double[] estimate = Estimate(arms, advantage, policy);
                for (int arm = 0; arm < mean.Length; arm++)
                {
                    mean[arm] += probability * estimate[arm];
                    square += probability * estimate[arm] * estimate[arm];
                }
            }
        }
        while (Next(arms));
        return new GradientMoments(mean, square - mean.Sum(m => m * m));
    }

    private double[] Estimate(ReadOnlySpan<int> arms, GroupAdvantage advantage, double[] policy)
    {
        ArgumentNullException.ThrowIfNull(advantage);
        float[] earned = new float[arms.Length], advantages = new float[arms.Length];
        for (int i = 0; i < arms.Length; i++)
        {
            earned[i] = (float)rewards[arms[i]];
        }

        advantage(arms, earned, advantages);
        double[] gradient = new double[Arms];
        for (int i = 0; i < arms.Length; i++)
        {
            double share = (double)advantages[i] / arms.Length;
            gradient[arms[i]] += share;
            for (int arm = 0; arm < gradient.Length; arm++)
            {
                gradient[arm] -= share * policy[arm];
            }
        }

        return gradient;
    }

    /// <summary>The next group in the order of an odometer; false after the last.</summary>
    private bool Next(int[] arms)
    {
        for (int i = 0; i < arms.Length; i++)
        {
            if (++arms[i] < Arms)
            {
                return true;
            }

            arms[i] = 0;
        }

        return false;
    }
}
