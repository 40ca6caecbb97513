using Proximal.Analysis.Curves;

namespace Proximal.Analysis.Tests;

/// <summary>The program that the readme of the package shows.</summary>
public sealed class ReadmePrograms
{
    [Fact]
    public void Curves()
    {
        double[] steps = [0, 10, 20, 30];
        double[][] seeds = [[0.50, 0.71, 0.85, 0.92], [0.48, 0.66, 0.83, 0.95]];
        CurveSeries curve = new("GRPO", steps, seeds);
        byte[] picture = CurvePlot.ToPng([curve], new() { Title = "Reward", YLabel = "reward" });
        Console.WriteLine(CurveText.Chart([curve]));

        Assert.NotEmpty(picture);
    }
}
