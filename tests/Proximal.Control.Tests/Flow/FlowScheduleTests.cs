using Proximal.Control.Flow;
using Proximal.Tensors.Random;

namespace Proximal.Control.Tests.Flow;

public sealed class FlowScheduleTests
{
    [Fact]
    public void Times_run_from_noise_to_data_and_a_step_is_that_of_the_equation()
    {
        FlowSchedule schedule = new(10, 0.7);
        Assert.Equal(1, schedule.Time(0));
        Assert.Equal(0, schedule.Time(10));

        // t = 0.5: s = 0.7, s²/(2t) = 0.49, mu = x - [v + 0.49 (x + 0.5 v)] 0.1.
        (double ofState, double ofVelocity) = schedule.Mean(5);
        Assert.Equal(1 - 0.049, ofState, 1e-12);
        Assert.Equal(-0.1 * 1.245, ofVelocity, 1e-12);
        Assert.Equal(0.7 * Math.Sqrt(0.1), schedule.Deviation(5), 1e-12);

        // At t = 1 the noise is that of t = 0.9.
        Assert.Equal(2.1 * Math.Sqrt(0.1), schedule.Deviation(0), 1e-12);
        (ofState, ofVelocity) = new FlowSchedule(10, 0).Mean(3);
        Assert.Equal(1, ofState);
        Assert.Equal(-0.1, ofVelocity, 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.7)]
    public void With_the_true_velocity_both_paths_end_at_the_data(double noise)
    {
        // Data N(m, q²): x_t is normal, and so is everything given it. v = E[e - x_0 | x_t].
        const double m = 1.5, q = 0.5;
        const int draws = 3000;
        FlowSchedule schedule = new(300, noise);
        double[] ends = new double[draws];
        for (int draw = 0; draw < draws; draw++)
        {
            RandomStream random = new(5, RandomPurpose.User, draw);
            double x = random.Normal(0);
            for (int step = 0; step < schedule.Steps; step++)
            {
                double t = schedule.Time(step), variance = ((1 - t) * (1 - t) * q * q) + (t * t);
                double velocity = -m + ((t - ((1 - t) * q * q)) / variance * (x - ((1 - t) * m)));
                (double ofState, double ofVelocity) = schedule.Mean(step);
                x = (ofState * x) + (ofVelocity * velocity) + (schedule.Deviation(step) * random.Normal(step + 1));
            }

            ends[draw] = x;
        }

        double mean = ends.Average();
        Assert.Equal(m, mean, 0.04);
        Assert.Equal(q, Math.Sqrt(ends.Average(x => (x - mean) * (x - mean))), 0.04);
    }
}
