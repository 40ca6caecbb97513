using Proximal.Analysis.Diagnostics;

namespace Proximal.Analysis.Tests.Diagnostics;

public class WindowAndMaskTests
{
    private static readonly bool[] All = [true, true, true, true, true, true];

    [Fact]
    public void Following_window_leaves_out_the_token_itself_and_needs_all_of_its_tokens()
    {
        double[] window = new double[6];
        WindowEntropy.Compute([1, 2, 3, 4, 5, 6], All, [0, 4, 6], 2, WindowPlacement.Following, window);
        Assert.Equal([2.5, 3.5, double.NaN, double.NaN, double.NaN, double.NaN], window);
    }

    [Fact]
    public void Centered_and_trailing_windows_hold_the_token()
    {
        double[] window = new double[6];
        WindowEntropy.Compute([1, 2, 3, 4, 5, 6], All, [], 3, WindowPlacement.Centered, window);
        Assert.Equal([double.NaN, 2, 3, 4, 5, double.NaN], window);
        WindowEntropy.Compute([1, 2, 3, 4, 5, 6], All, [], 3, WindowPlacement.Trailing, window);
        Assert.Equal([double.NaN, double.NaN, 2, 3, 4, 5], window);
    }

    [Fact]
    public void A_token_that_does_not_count_breaks_the_windows_over_it()
    {
        double[] window = new double[6];
        WindowEntropy.Compute([1, 2, double.NaN, 4, 5, 6], [true, true, false, true, true, true], [], 2, WindowPlacement.Following, window);
        Assert.Equal([double.NaN, double.NaN, double.NaN, 5.5, double.NaN, double.NaN], window);
    }

    [Fact]
    public void A_window_wider_than_any_sequence_is_nowhere_defined()
    {
        double[] window = new double[6];
        WindowEntropy.Compute([1, 2, 3, 4, 5, 6], All, [], int.MaxValue, WindowPlacement.Trailing, window);
        Assert.All(window, value => Assert.True(double.IsNaN(value)));
    }

    [Fact]
    public void Threshold_is_the_median_over_sequences_of_the_percentile_and_smooths_from_the_first_batch()
    {
        double[] window = [1, 2, 3, 10, 20, double.NaN, 7];
        double measured = WindowEntropy.Threshold(window, [0, 3, 5, 6, 7], 95);
        Assert.Equal(7, measured);
        double threshold = WindowEntropy.Smooth(double.NaN, measured);
        Assert.Equal(7, threshold);
        Assert.Equal(0.99 * 7, WindowEntropy.Smooth(threshold, 0), 12);
        Assert.Equal(7, WindowEntropy.Smooth(threshold, double.NaN));
        Assert.True(double.IsNaN(WindowEntropy.Threshold([double.NaN], [0, 1])));
    }

    [Fact]
    public void High_windows_count_only_at_trigger_tokens_when_there_are_any()
    {
        Assert.Equal(2, WindowEntropy.CountHigh([1, 5, double.NaN, 6], 5));
        Assert.Equal(1, WindowEntropy.CountHigh([1, 5, double.NaN, 6], 5, [9, 8, 9, 9], [9]));
    }

    [Fact]
    public void Quantile_mask_uses_nearest_rank_in_each_scope()
    {
        bool[] marked = new bool[6];
        EntropyMask.Quantile([1, 2, 3, 4, 50, 60], All, [0, 4, 6], 0.5, marked);
        Assert.Equal([false, true, true, true, true, true], marked);
        EntropyMask.Quantile([1, 2, 3, 4, 50, 60], All, [0, 6], 0.8, marked);
        Assert.Equal([false, false, false, false, true, true], marked);
    }

    [Fact]
    public void Top_fraction_marks_at_least_one_counted_token_of_each_scope()
    {
        bool[] marked = new bool[6];
        EntropyMask.TopFraction([1, 9, 3, 4, 4, 100], [true, true, true, true, true, false], [0, 3, 6], 0.2, marked);
        Assert.Equal([false, true, false, true, false, false], marked);
        EntropyMask.TopFraction([1, 9, 3, 4, 4, 100], new bool[6], [0, 3, 6], 0.2, marked);
        Assert.DoesNotContain(true, marked);
    }

    [Fact]
    public void Z_score_mask_has_no_marks_among_equal_entropies()
    {
        bool[] marked = new bool[6];
        EntropyMask.ZScore([1, 1, 1, 1, 1, 7], All, [0, 6], 2, marked);
        Assert.Equal([false, false, false, false, false, true], marked);
        EntropyMask.ZScore([2, 2, 2, 2, 2, 2], All, [0, 6], 1, marked);
        Assert.DoesNotContain(true, marked);
    }

    [Fact]
    public void Min_max_normalization_is_zero_for_equal_entropies()
    {
        double[] normalized = new double[6];
        EntropyMask.MinMaxNormalize([0, 1, 2, 5, 5, 9], [true, true, true, true, true, false], [0, 3, 6], normalized);
        Assert.Equal([0, 0.5, 1, 0, 0, double.NaN], normalized.Select(x => Math.Round(x, 6)));
    }
}
