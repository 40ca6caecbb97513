using System.Text.Json;
using Proximal.Analysis.Evaluation;

namespace Proximal.Analysis.Tests.Evaluation;

public class EvaluationReportTests
{
    private static readonly EvaluationOptions Options = new() { PassK = [2, 1, 2], MajorityK = [3], Resamples = 300 };

    [Fact]
    public void Metrics_are_means_over_problems()
    {
        EvaluationReport report = EvaluationReport.Compute(Problems(), Options);
        Assert.Equal(["pass@1", "pass@2", "maj@3", "exact match", "reward", "length", "truncated"], report.Metrics.Select(m => m.Name));
        Assert.Equal((0.6 + 0 + 1) / 3, report.Metric("pass@1").Estimate.Value, 12);
        Assert.Equal((0.9 + 0) / 2, report.Metric("pass@2").Estimate.Value, 12);
        Assert.Equal(2, report.Metric("pass@2").Problems);
        Assert.Equal(0.7, report.Metric("maj@3").Estimate.Value, 12);
        Assert.Equal(0.6, report.Metric("exact match").Estimate.Value, 12);
        Assert.Equal(10, report.Metric("length").Estimate.Value, 12);
        Assert.Equal(0.5 / 3, report.Metric("truncated").Estimate.Value, 12);
        Assert.Equal((3, 8), (report.Problems, report.Samples));
        Assert.Equal((1.0 / 3, 1.0 / 3, 1.0 / 3), (report.Health.EffectiveRate, report.Health.AllCorrectShare, report.Health.AllWrongShare));
        Assert.All(report.Metrics, m => Assert.InRange(m.Estimate.Value, m.Estimate.Lower, m.Estimate.Upper));
        Assert.Throws<KeyNotFoundException>(() => report.Metric("accuracy"));
    }

    [Fact]
    public void One_sample_a_problem_gets_the_Wilson_interval()
    {
        ProblemOutcome[] problems = [.. Enumerable.Range(0, 10).Select(_ => new ProblemOutcome([new(true, "1", 5, false, 1)]))];
        EvaluationMetric metric = EvaluationReport.Compute(problems).Metric("pass@1");
        Assert.Equal((1, 0.722467, 1), (metric.Estimate.Value, Math.Round(metric.Estimate.Lower, 6), metric.Estimate.Upper));
    }

    [Fact]
    public void Text_fits_a_terminal()
    {
        string text = EvaluationReport.Compute(Problems(), Options).ToText();
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains("pass@1", text, StringComparison.Ordinal);
        Assert.Contains("53.3%", text, StringComparison.Ordinal);
        Assert.Contains("3 problems, 8 samples", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_and_csv_have_a_row_for_each_metric()
    {
        EvaluationReport report = EvaluationReport.Compute(Problems(), Options);
        Assert.Equal(7 + 2, report.ToMarkdown().Split('\n').Count(line => line.StartsWith('|')));
        string[] rows = report.ToCsv().TrimEnd('\n').Split('\n');
        Assert.Equal("metric,mean,lower,upper,problems", rows[0]);
        Assert.All(rows, row => Assert.Equal(5, row.Split(',').Length));
        Assert.Equal(8, rows.Length);
    }

    [Fact]
    public void Json_can_be_read_back()
    {
        EvaluationReport report = EvaluationReport.Compute(Problems(), Options);
        using JsonDocument json = JsonDocument.Parse(report.ToJson());
        JsonElement pass = json.RootElement.GetProperty("metrics").GetProperty("pass@2");
        Assert.Equal(0.45, pass.GetProperty("mean").GetDouble(), 12);
        Assert.Equal(2, pass.GetProperty("problems").GetInt32());
        Assert.Equal(3, json.RootElement.GetProperty("problems").GetInt32());
    }

    [Fact]
    public void Nothing_to_evaluate_says_so_everywhere()
    {
        EvaluationReport report = EvaluationReport.Compute([new ProblemOutcome([])], Options);
        Assert.Equal(0, report.Problems);
        Assert.All(report.Metrics, m => Assert.True(double.IsNaN(m.Estimate.Value)));
        Assert.Contains("n/a", report.ToText(), StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(report.ToJson());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("metrics").GetProperty("pass@1").GetProperty("mean").ValueKind);
    }

    [Fact]
    public void A_reward_without_a_number_makes_the_mean_unknown_and_leaves_the_rest()
    {
        EvaluationReport report = EvaluationReport.Compute([new ProblemOutcome([new(true, "1", 5, false, double.NaN), new(false, "2", 5, false, 0)])]);
        Assert.True(double.IsNaN(report.Metric("reward").Estimate.Value));
        Assert.Equal(0.5, report.Metric("pass@1").Estimate.Value);
    }

    [Fact]
    public void Impossible_options_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => EvaluationReport.Compute([], new() { PassK = [0] }));

    private static ProblemOutcome[] Problems() =>
    [
        new([new(true, "4", 10, false, 1), new(true, "4", 10, false, 1), new(true, "4", 10, false, 1), new(false, "5", 10, false, 0), new(false, "5", 10, false, 0)], "4"),
        new([new(false, null, 10, true, 0), new(false, "x", 10, false, 0)]),
        new([new(true, "7", 10, false, 1)]),
    ];
}
