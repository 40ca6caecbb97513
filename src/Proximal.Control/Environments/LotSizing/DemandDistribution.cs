namespace Proximal.Control.Environments.LotSizing;

/// <summary>A distribution of whole numbers from 0 to a largest one, given by its probabilities.</summary>
public sealed class DemandDistribution
{
    private readonly double[] probabilities;

    private DemandDistribution(double[] probabilities) => this.probabilities = probabilities;

    /// <summary>The probability of every number from 0 on; they sum to 1.</summary>
    public ReadOnlySpan<double> Probabilities => probabilities;

    /// <summary>The number of successes of independent trials.</summary>
    /// <param name="trials">How many, 1 to 1000.</param>
    /// <param name="success">Probability of a success.</param>
    public static DemandDistribution Binomial(int trials, double success)
    {
        OptionRange.Check(nameof(trials), trials, 1, 1000);
        OptionRange.Check(nameof(success), success, 0, 1);
        double[] probabilities = new double[trials + 1];
        probabilities[0] = 1;
        for (int trial = 1; trial <= trials; trial++)
        {
            for (int count = trial; count >= 0; count--)
            {
                probabilities[count] = (probabilities[count] * (1 - success)) + (count > 0 ? probabilities[count - 1] * success : 0);
            }
        }

        return new DemandDistribution(probabilities);
    }

    /// <summary>The number of events of a Poisson process, where the tail beyond all but 1e-12 of the probability falls on the largest number.</summary>
    /// <param name="rate">Mean number, up to 100.</param>
    public static DemandDistribution Poisson(double rate)
    {
        OptionRange.Check(nameof(rate), rate, 0, 100);
        List<double> probabilities = [];
        double probability = Math.Exp(-rate), rest = 1;
        while (rest > 1e-12)
        {
            probabilities.Add(probability);
            rest -= probability;
            probability *= rate / probabilities.Count;
        }

        probabilities[^1] += Math.Max(0, rest);
        return new DemandDistribution([.. probabilities]);
    }

    /// <summary>The number at which the probabilities from 0 on first exceed a uniform number in [0, 1).</summary>
    public int Quantile(double uniform)
    {
        double sum = 0;
        for (int count = 0; count < probabilities.Length - 1; count++)
        {
            sum += probabilities[count];
            if (uniform < sum)
            {
                return count;
            }
        }

        return probabilities.Length - 1;
    }
}
