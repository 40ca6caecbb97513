using Proximal.Runs;
using Proximal.Training;

namespace Proximal.Tests.Training;

public sealed class MetricListTests
{
    [Fact]
    public void Updates_are_averaged_and_extremes_stay_extremes()
    {
        MetricList metrics = new();
        foreach (double value in (double[])[1, 4, 1])
        {
            metrics.Add("mean", value);
            metrics.AddLargest("largest", value);
            metrics.AddSmallest("smallest", value);
        }

        Assert.Equal([new Metric("mean", 2), new Metric("largest", 4), new Metric("smallest", 1)], metrics.ToArray());
    }

    [Fact]
    public void An_extreme_does_not_hide_a_number_that_is_none()
    {
        MetricList metrics = new();
        metrics.AddLargest("largest", double.NaN);
        metrics.AddLargest("largest", 1);
        Assert.Equal(double.NaN, metrics.ToArray()[0].Value);
    }
}
