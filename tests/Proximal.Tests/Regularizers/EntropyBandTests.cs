using Proximal.Regularizers;
using Proximal.Rollouts;
using Proximal.Tests.Rollouts;

namespace Proximal.Tests.Regularizers;

public sealed class EntropyBandTests
{
    [Theory]
    [InlineData(0.1, 0.1, -1)]
    [InlineData(0.4, 0, 0)]
    [InlineData(0.9, 0.3, 1)]
    public void The_distance_from_the_band_is_linear_outside(double entropy, double distance, int slope)
    {
        (double d, int s) = EntropyBand.Distance(entropy, 0.2, 0.6);
        Assert.Equal((distance, slope), (Math.Round(d, 12), s));
    }

    [Fact]
    public void Every_token_of_the_task_carries_the_penalty_and_its_slope()
    {
        PathBatch batch = Batches.Create([2, 1], [3]);
        float[] entropy = [0.8f, 1.0f, 0.9f, 0.01f, 0.02f, 0.03f];
        entropy.CopyTo(batch.Entropy);
        TestTrajectories.Attach(batch, family: path => path == 2 ? "b" : "a");
        Penalty penalty = new() { Loss = new float[6], CurrentGradient = new float[6], EntropyGradient = new float[6], DivergenceGradient = new float[6] };
        EntropyBand band = new(new EntropyBandOptions { Task = "a", Coefficient = 2 });
        Assert.Equal(0.9, band.Apply(batch, penalty), 1e-6);
        Assert.Equal([0.6f, 0.6f, 0.6f, 0, 0, 0], penalty.Loss.ToArray().Select(p => MathF.Round(p, 5)));
        Assert.Equal([2f, 2, 2, 0, 0, 0], penalty.EntropyGradient.ToArray());
        new EntropyBand(new EntropyBandOptions { Task = "b", Coefficient = 1 }).Apply(batch, penalty);
        Assert.Equal([-1f, -1, -1], penalty.EntropyGradient[3..].ToArray());
    }
}
