using Proximal.Studio.Metrics;

namespace Proximal.Studio.Tests;

public sealed class CurveTests
{
    [Fact]
    public void Thinning_keeps_the_ends_and_every_extreme_value()
    {
        double[] x = [.. Enumerable.Range(0, 100_000).Select(i => (double)i)];
        double[] y = [.. x.Select(at => Math.Sin(at / 1_000))];
        (y[12_345], y[54_321], y[99_998]) = (50, -70, 90);
        Curve thin = Decimation.Thin(x, y, 400);
        Assert.InRange(thin.X.Length, 200, 400);
        Assert.Equal((x[0], x[^1]), (thin.X[0], thin.X[^1]));
        Assert.Equal(50, thin.Y[Array.IndexOf(thin.X, 12_345)]);
        Assert.Equal(-70, thin.Y[Array.IndexOf(thin.X, 54_321)]);
        Assert.Equal(90, thin.Y[Array.IndexOf(thin.X, 99_998)]);
        Assert.Equal(thin.X.Order(), thin.X);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(64)]
    [InlineData(1_000)]
    public void Thinning_keeps_the_lowest_and_highest_value_of_each_bucket(int most)
    {
        Random random = new(7);
        double[] x = [.. Enumerable.Range(0, 5_000).Select(i => (double)i)], y = [.. x.Select(_ => random.NextDouble())];
        Curve thin = Decimation.Thin(x, y, most);
        int buckets = most / 4;
        foreach (IGrouping<int, int> bucket in Enumerable.Range(0, 5_000).GroupBy(i => (int)Math.Min(buckets - 1, x[i] * buckets / x[^1])))
        {
            double[] kept = [.. thin.X.Zip(thin.Y).Where(point => bucket.Contains((int)point.First)).Select(point => point.Second)];
            Assert.Equal(bucket.Min(i => y[i]), kept.Min());
            Assert.Equal(bucket.Max(i => y[i]), kept.Max());
        }
    }

    [Fact]
    public void Thinning_is_bounded_whatever_the_order_and_leaves_few_points_alone()
    {
        double[] wild = [.. Enumerable.Range(0, 10_000).Select(i => (double)(i * 7_919 % 10_007))];
        Assert.InRange(Decimation.Thin(wild, wild, 100).X.Length, 1, 100);
        Assert.Equal([1.0, 2, 3], Decimation.Thin([1, 2, 3], [4, 5, 6], 100).X);
        Assert.Equal([4.0, 4], Decimation.Thin([1, 1], [4, 4], 16).Y);
        Assert.Empty(Decimation.Thin([], [], 16).X);
        double[] same = new double[1_000];
        Assert.InRange(Decimation.Thin(same, same, 16).X.Length, 1, 16);
    }

    [Fact]
    public void Holes_do_not_hide_extreme_values()
    {
        double[] x = [.. Enumerable.Range(0, 1_000).Select(i => (double)i)], y = [.. x.Select(at => at % 10 == 0 ? at : double.NaN)];
        Curve thin = Decimation.Thin(x, y, 16);
        Assert.Equal(990, thin.Y.Where(double.IsFinite).Max());
        Assert.Equal(0, thin.Y.Where(double.IsFinite).Min());
    }

    [Fact]
    public void Means_are_taken_over_pieces_of_equal_width()
    {
        double[] means = Decimation.Means([0, 1, 2, 3, 10], [1, 3, 5, 7, 9], 0, 10, 5);
        Assert.Equal([2.0, 6, double.NaN, double.NaN, 9], means);
    }

    [Fact]
    public void The_table_follows_a_file_that_grows_is_cut_back_and_is_replaced()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        TestRun run = new TestRun(folder.FullName, "run").Metrics(10, step => step);
        string path = Path.Combine(run.Path, "metrics.jsonl");
        MetricTable table = new(path);
        Assert.Equal([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10], Values());
        run.Append("metrics.jsonl", "{\"stage\":\"policy\",\"step\":11,\"rewa");
        Assert.Equal(10, Values().Length);
        run.Append("metrics.jsonl", "rd/mean\":null}\n");
        Assert.Equal([10.0, double.NaN], Values()[^2..]);
        string[] lines = File.ReadAllLines(path);
        File.WriteAllLines(path, lines[..4]);
        Assert.Equal([1.0, 2, 3, 4], Values());
        run.Metrics(20, step => -step, first: 5);
        Assert.Equal(-24, Values()[^1]);
        File.Delete(path);
        Assert.Empty(Values());
        run.Metrics(60, step => 100 + step);
        Assert.Equal(160, Values()[^1]);
        Assert.Null(table.Fault);
        folder.Delete(recursive: true);

        double[] Values() => table.Read(new CurveQuery("reward/mean")).Raw.Y;
    }

    [Fact]
    public void Axes_count_steps_tokens_and_seconds_and_evaluations_begin_where_the_stage_before_ended()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        TestRun run = new(folder.FullName, "run");
        run.Append("metrics.jsonl", """
            {"stage":"supervised","step":1,"loss/total":3,"time/tokens-per-second":100,"time/step-seconds":2}
            {"stage":"supervised","step":1,"evaluation/exact":0.25}

            """.ReplaceLineEndings("\n"));
        run.Metrics(2, step => step);
        run.Append("metrics.jsonl", "{\"stage\":\"policy\",\"step\":2,\"evaluation/exact\":0.5}\n");
        MetricTable table = new(Path.Combine(run.Path, "metrics.jsonl"));
        Assert.Equal([1.0, 2], Read(new CurveQuery("reward/mean")).X);
        Assert.Equal([100.0, 200], Read(new CurveQuery("reward/mean") { Axis = CurveAxis.Tokens }).X);
        Assert.Equal([0.5, 1], Read(new CurveQuery("reward/mean") { Axis = CurveAxis.Time }).X);
        Assert.Equal([2.5, 3], Read(new CurveQuery("reward/mean") { Axis = CurveAxis.Time, AllStages = true }).X);
        Assert.Equal([2.0, 3], Read(new CurveQuery("reward/mean") { AllStages = true }).X);
        Assert.Equal([0.0, 2], Read(new CurveQuery("evaluation/exact")).X);
        Assert.Equal([0.25, 0.5], Read(new CurveQuery("evaluation/exact")).Y);
        Assert.Equal([3.0], Read(new CurveQuery("loss/total")).Y);
        Assert.Equal([2.0], Read(new CurveQuery("reward/mean") { From = 1.5, To = 3 }).Y[^1..]);
        folder.Delete(recursive: true);

        Curve Read(CurveQuery query) => table.Read(query).Raw;
    }

    [Fact]
    public async Task A_zoom_tells_more_of_less()
    {
        await using TestStudio studio = await TestStudio.StartAsync(folder => new TestRun(folder, "run").Metrics(20_000, step => step == 7_777 ? 1_000 : Math.Sin(step)));
        var whole = (await studio.GetAsync("/api/runs/run/metrics?names=reward/mean&points=200&smoothing=0.9&bins=10&from=1&to=20000")).GetProperty("curves")[0];
        Assert.Equal(20_000, whole.GetProperty("total").GetInt32());
        Assert.InRange(whole.GetProperty("x").GetArrayLength(), 100, 200);
        Assert.Contains(1_000, whole.GetProperty("y").EnumerateArray().Select(y => y.GetDouble()));
        Assert.InRange(whole.GetProperty("smoothX").GetArrayLength(), 100, 200);
        Assert.Equal(10, whole.GetProperty("means").GetArrayLength());
        var part = (await studio.GetAsync("/api/runs/run/metrics?names=reward/mean&points=200&from=7700&to=7800")).GetProperty("curves")[0];
        Assert.InRange(part.GetProperty("x").GetArrayLength(), 101, 103);
    }
}
