using Proximal.Control.Environments;
using Proximal.Control.Normalization;
using Proximal.Control.State;

namespace Proximal.Control.Tests.Normalization;

public sealed class RunningNormalizerTests
{
    [Fact]
    public void Batches_of_any_size_give_mean_and_variance_of_all_rows()
    {
        EpisodeRandom random = new(2);
        float[] rows = new float[3 * 1000];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = (float)((random.Normal() * (1 + (i % 3))) + (1000 * (i % 3)));
        }

        RunningNormalizer normalizer = new(3), whole = new(3);
        whole.Update(rows);
        for (int start = 0, size = 1; start < 1000; start += size, size = Math.Min(size * 2, 1000 - start))
        {
            normalizer.Update(rows.AsSpan(3 * start, 3 * Math.Min(size, 1000 - start)));
        }

        for (int column = 0; column < 3; column++)
        {
            double[] values = [.. rows.Where((_, i) => i % 3 == column).Select(value => (double)value)];
            double mean = values.Sum() / 1000.0001, variance = (1e-4 + values.Sum(value => (value - mean) * (value - mean)) + (1e-4 * mean * mean)) / 1000.0001;
            Assert.Equal(mean, normalizer.Mean[column], 1e-9);
            Assert.Equal(variance, normalizer.Variance[column], 1e-8);
            Assert.Equal(whole.Variance[column], normalizer.Variance[column], 1e-8);
        }

        Assert.Equal(1000.0001, normalizer.Count, 1e-9);
    }

    [Fact]
    public void Rows_are_centered_scaled_and_clipped_or_only_scaled()
    {
        RunningNormalizer normalizer = new(2, clip: 3);
        normalizer.Merge([10, 0], [4, 1], 1e9);
        float[] rows = [12, 0.5f, 1, 7], result = new float[4];
        normalizer.Normalize(rows, result);
        Assert.Equal(1, result[0], 1e-5);
        Assert.Equal(0.5, result[1], 1e-5);
        Assert.Equal(-3, result[2]);
        Assert.Equal(3, result[3]);
        normalizer.Scale(rows, result);
        Assert.Equal(3, result[0]);
        Assert.Equal(0.5, result[2], 1e-5);
        normalizer.Normalize(rows, rows);
        Assert.Equal(1, rows[0], 1e-5);
    }

    [Fact]
    public void Saved_statistics_normalize_to_the_same_bits_and_wrong_rows_are_refused()
    {
        RunningNormalizer normalizer = new(2), loaded = new(2);
        normalizer.Update([1, 2, 3, 5]);
        using MemoryStream memory = new();
        normalizer.Transfer(StateTransfer.Save(memory));
        memory.Position = 0;
        loaded.Transfer(StateTransfer.Load(memory, "memory"));
        float[] first = new float[2], second = new float[2];
        normalizer.Normalize([0.3f, 0.7f], first);
        loaded.Normalize([0.3f, 0.7f], second);
        Assert.Equal(first, second);
        Assert.Throws<ArgumentException>(() => normalizer.Update([1, 2, 3]));
        Assert.Throws<ArgumentException>(() => normalizer.Normalize([1, 2], new float[1]));
    }
}
