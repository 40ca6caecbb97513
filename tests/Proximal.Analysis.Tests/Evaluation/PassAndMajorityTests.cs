using Proximal.Analysis.Evaluation;

namespace Proximal.Analysis.Tests.Evaluation;

public class PassAndMajorityTests
{
    [Theory]
    [InlineData(5, 2, 2, 0.7)]
    [InlineData(5, 0, 5, 0)]
    [InlineData(5, 5, 1, 1)]
    [InlineData(5, 4, 2, 1)]
    [InlineData(10, 3, 1, 0.3)]
    public void Pass_at_k_of_the_card(int samples, int correct, int k, double expected) => Assert.Equal(expected, PassAtK.Compute(samples, correct, k), 12);

    [Fact]
    public void Pass_at_k_refuses_k_beyond_the_samples()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PassAtK.Compute(2, 1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => PassAtK.Compute(2, 3, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PassAtK.Compute(0, 0, 0));
    }

    [Fact]
    public void Majority_of_three_from_the_card() =>
        Assert.Equal(0.7, MajorityAtK.Compute(["c", "c", "c", "a", "a"], [true, true, true, false, false], 3), 12);

    [Fact]
    public void Majority_equals_enumeration_of_all_subsets()
    {
        string?[] answers = ["x", "y", "x", null, "z", "y", "x", "w"];
        bool[] correct = answers.Select(a => a == "x").ToArray();
        for (int k = 1; k <= answers.Length; k++)
        {
            double sum = 0;
            int subsets = 0;
            for (int subset = 0; subset < 1 << answers.Length; subset++)
            {
                if (int.PopCount(subset) == k)
                {
                    var groups = answers.Where((a, i) => a is not null && (subset >> i & 1) == 1).GroupBy(a => a).ToList();
                    var leaders = groups.Where(g => g.Count() == groups.Max(other => other.Count())).Select(g => g.Key).ToList();
                    sum += leaders.Contains("x") ? 1.0 / leaders.Count : 0;
                    subsets++;
                }
            }

            Assert.Equal(sum / subsets, MajorityAtK.Compute(answers, correct, k), 10);
        }
    }

    [Fact]
    public void Majority_beyond_the_exact_limit_is_repeatable_and_near_the_truth()
    {
        string[] answers = Enumerable.Range(0, 64).Select(i => i < 40 ? "right" : "wrong").ToArray();
        bool[] correct = answers.Select(a => a == "right").ToArray();
        double estimate = MajorityAtK.Compute(answers, correct, 15, seed: 5);
        Assert.Equal(estimate, MajorityAtK.Compute(answers, correct, 15, seed: 5));
        double exact = Enumerable.Range(8, 8).Sum(x => Choose(40, x) * Choose(24, 15 - x) / Choose(64, 15));
        Assert.Equal(exact, estimate, 2);
    }

    [Fact]
    public void Majority_with_one_draw_is_the_average() =>
        Assert.Equal(0.4, MajorityAtK.Compute(["a", "a", "b", "c", "d"], [true, true, false, false, false], 1), 12);

    [Fact]
    public void An_answer_with_both_verdicts_counts_by_its_share() => Assert.Equal(0.5, MajorityAtK.Compute(["a", "a"], [true, false], 2), 12);

    [Fact]
    public void A_vote_of_abstentions_is_wrong() => Assert.Equal(0, MajorityAtK.Compute([null, null], [true, false], 2));

    private static double Choose(int n, int k) => Enumerable.Range(1, k).Aggregate(1.0, (product, i) => product * (n - i + 1) / i);
}
