using Proximal.Analysis.Comparisons;
using Proximal.Comparisons;

namespace Proximal.Cli.Tests;

/// <summary>The program that the page on comparisons shows.</summary>
public sealed class ComparingProgram
{
    [Fact]
    public void Comparisons()
    {
        using TemporaryFolder temporary = new();
        string recipe = temporary.File("grpo.yaml"), folder = temporary.File("out");
        File.WriteAllText(recipe, TrainedRun.Recipe);

        Study study = new()
        {
            Name = "clipping",
            Seeds = [1, 2],
            Variants = [new("grpo", recipe), new("clip-higher", recipe, "policy.clipping.high=0.28")],
        };
        IReadOnlyList<ComparedResult> results = SideBySide.Train(PolicyRun.Of(study, folder), together: 2);

        Comparison comparison = new(
            "Clipping",
            [.. results.Select(one => MeasuredRun.Read(one.Run.Variant, one.Run.Seed, one.Run.Folder, ["evaluation/exact"]) with { Failure = one.Failure })],
            metric: "evaluation/exact");
        ComparisonReport.Write(comparison, folder);
        Console.WriteLine(Figures.Interval(comparison.Summaries[1].Difference, signed: true));

        Assert.True(File.Exists(Path.Combine(folder, ComparisonReport.HtmlFile)));
        Assert.Equal(["grpo", "clip-higher"], comparison.Methods);
    }
}
