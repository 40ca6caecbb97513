using Proximal.Control.Environments;
using Proximal.Control.Environments.Dynamics;

namespace Proximal.Control.Tests.Environments.Dynamics;

public sealed class TrigonometryTests
{
    [Fact]
    public void Sine_and_cosine_are_within_the_stated_error()
    {
        EpisodeRandom random = new(1);
        double worst = 0;
        foreach (double range in (ReadOnlySpan<double>)[1e-3, Math.PI / 4, 7, 100, 1e5])
        {
            for (int i = 0; i < 20_000; i++)
            {
                double angle = random.Uniform(-range, range);
                Trigonometry.SinCos<Lanes2>(angle, out Lanes2 sine, out Lanes2 cosine);
                worst = Math.Max(worst, Math.Max(Math.Abs(sine.First - Math.Sin(angle)), Math.Abs(cosine.First - Math.Cos(angle))));
            }
        }

        Assert.InRange(worst, 0, 2.3e-16);
    }
}
