using Proximal.Tensors.Random;

namespace Proximal.Analysis.Evaluation;

/// <summary>
/// Expected accuracy of the most frequent answer among k of n samples drawn without replacement, ties split evenly. Samples without an answer
/// abstain; when all k abstain the vote is wrong. An answer that got both verdicts counts by its share of correct ones.
/// </summary>
public static class MajorityAtK
{
    /// <summary>Up to this many combinations C(n, k) the expectation is exact.</summary>
    public const int ExactLimit = 100_000;

    private const int MonteCarloDraws = 20_000;

    /// <summary>Computes maj@k: exactly while C(n, k) is at most <see cref="ExactLimit"/>, otherwise from 20,000 draws that the seed determines.</summary>
    /// <param name="answers">Canonical answers, null for none. [samples]</param>
    /// <param name="correct">Whether each sample is correct. [samples]</param>
    /// <param name="k">k in [1, n].</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <exception cref="ArgumentException">The lengths differ or k is outside its range.</exception>
    public static double Compute(ReadOnlySpan<string?> answers, ReadOnlySpan<bool> correct, int k, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, answers.Length);
        if (answers.Length != correct.Length)
        {
            throw new ArgumentException($"{answers.Length} answers need as many verdicts, not {correct.Length}.", nameof(correct));
        }

        Ballot ballot = Ballot.Of(answers, correct);
        return Binomial(answers.Length, k) <= ExactLimit ? ballot.Exact(k) : ballot.MonteCarlo(k, seed);
    }

    private static double Binomial(int n, int k)
    {
        double product = 1;
        for (int i = 1; i <= Math.Min(k, n - k); i++)
        {
            product = product * (n - i + 1) / i;
        }

        return Math.Round(product);
    }

    /// <summary>How often each answer occurs; samples without an answer are answer 0.</summary>
    private readonly struct Ballot(int[] answerOfSample, int[] counts, double[] correctShare)
    {
        private const int Abstained = 0;

        public static Ballot Of(ReadOnlySpan<string?> answers, ReadOnlySpan<bool> correct)
        {
            Dictionary<string, int> indices = new(StringComparer.Ordinal);
            int[] answerOfSample = new int[answers.Length];
            List<int> counts = [0];
            List<double> correctShare = [0];
            for (int i = 0; i < answers.Length; i++)
            {
                int index = Abstained;
                if (answers[i] is { } answer && !indices.TryGetValue(answer, out index))
                {
                    index = counts.Count;
                    indices.Add(answer, index);
                    counts.Add(0);
                    correctShare.Add(0);
                }

                answerOfSample[i] = index;
                counts[index]++;
                correctShare[index] += correct[i] ? 1 : 0;
            }

            for (int answer = 1; answer < counts.Count; answer++)
            {
                correctShare[answer] /= counts[answer];
            }

            return new Ballot(answerOfSample, counts.ToArray(), correctShare.ToArray());
        }

        /// <summary>Sums over how many of each answer are drawn, each way weighted by the number of combinations that give it.</summary>
        public double Exact(int k) => Sum(answer: Abstained, k, answerOfSample.Length, new Vote());

        public double MonteCarlo(int k, ulong seed)
        {
            int[] order = (int[])answerOfSample.Clone();
            int[] drawn = new int[counts.Length];
            double sum = 0;
            for (int draw = 0; draw < MonteCarloDraws; draw++)
            {
                RandomStream random = new(seed, RandomPurpose.Statistics, draw);
                Array.Clear(drawn);
                for (int i = 0; i < k; i++)
                {
                    int j = i + random.Integer(i, order.Length - i);
                    (order[i], order[j]) = (order[j], order[i]);
                    drawn[order[i]]++;
                }

                var vote = new Vote();
                for (int answer = 1; answer < drawn.Length; answer++)
                {
                    vote = vote.With(drawn[answer], correctShare[answer]);
                }

                sum += vote.Accuracy;
            }

            return sum / MonteCarloDraws;
        }

        private double Sum(int answer, int toDraw, int remaining, Vote vote)
        {
            if (toDraw == 0)
            {
                return vote.Accuracy;
            }

            int count = counts[answer], others = remaining - count;
            double sum = 0;
            for (int drawn = Math.Max(0, toDraw - others); drawn <= Math.Min(count, toDraw); drawn++)
            {
                double probability = Binomial(count, drawn) * Binomial(others, toDraw - drawn) / Binomial(remaining, toDraw);
                sum += probability * Sum(answer + 1, toDraw - drawn, others, answer == Abstained ? vote : vote.With(drawn, correctShare[answer]));
            }

            return sum;
        }
    }

    private readonly record struct Vote(int Most, int Leaders, double CorrectLeaders)
    {
        public double Accuracy => Leaders == 0 ? 0 : CorrectLeaders / Leaders;

        public Vote With(int votes, double correctShare) => votes == 0 || votes < Most
            ? this
            : votes > Most ? new Vote(votes, 1, correctShare) : new Vote(Most, Leaders + 1, CorrectLeaders + correctShare);
    }
}
