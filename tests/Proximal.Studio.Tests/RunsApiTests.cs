using System.Net;
using System.Text.Json;

namespace Proximal.Studio.Tests;

public sealed class RunsApiTests
{
    [Fact]
    public async Task Lists_runs_in_the_order_of_their_numbers_with_what_their_recipes_differ_in()
    {
        await using TestStudio studio = await TestStudio.StartAsync(folder =>
        {
            new TestRun(folder, "study/run-10", seed: 10).Metrics(3, step => step);
            new TestRun(folder, "study/run-2", seed: 2).Metrics(5, step => 0.5);
            _ = new TestRun(folder, "alone", objective: "dapo");
        });
        JsonElement answer = await studio.GetAsync("/api/runs");
        JsonElement runs = answer.GetProperty("runs");
        Assert.Equal(["alone", "study/run-2", "study/run-10"], runs.EnumerateArray().Select(run => run.GetProperty("name").GetString()));
        Assert.Equal(["policy.objective", "seed"], answer.GetProperty("keys").EnumerateArray().Select(key => key.GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal("addition", runs[1].GetProperty("task").GetString());
        Assert.Equal("grpo", runs[1].GetProperty("method").GetString());
        Assert.Equal("stopped", runs[1].GetProperty("state").GetString());
        Assert.Equal(5, runs[1].GetProperty("step").GetInt32());
        Assert.Equal(0.5, runs[1].GetProperty("reward").GetDouble());
        Assert.Equal(runs[1].GetProperty("group").GetString(), runs[2].GetProperty("group").GetString());
        Assert.NotEqual(runs[0].GetProperty("group").GetString(), runs[1].GetProperty("group").GetString());
    }

    [Fact]
    public async Task Compares_two_recipes_key_by_key()
    {
        await using TestStudio studio = await TestStudio.StartAsync(folder =>
        {
            _ = new TestRun(folder, "a", seed: 1);
            _ = new TestRun(folder, "b", seed: 2, objective: "dapo");
        });
        JsonElement lines = (await studio.GetAsync("/api/diff?a=a&b=b")).GetProperty("lines");
        Assert.Equal(["name", "seed", "policy.objective"], lines.EnumerateArray().Where(line => line.GetProperty("differs").GetBoolean()).Select(line => line.GetProperty("key").GetString()));
        Assert.Equal(7, lines.GetArrayLength());
        Assert.Equal(HttpStatusCode.BadRequest, (await studio.FailAsync("/api/diff?a=a")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await studio.FailAsync("/api/diff?a=a&b=c")).Status);
    }

    [Fact]
    public async Task A_damaged_run_is_a_row_with_its_fault_and_harms_no_other()
    {
        await using TestStudio studio = await TestStudio.StartAsync(folder =>
        {
            new TestRun(folder, "good").Metrics(3, _ => 1);
            TestRun metrics = new TestRun(folder, "metrics").Metrics(3, _ => 1);
            metrics.Append("metrics.jsonl", "{\"stage\":\"policy\",\"step\":\n{}\n");
            new TestRun(folder, "recipe").Write("recipe.yaml", "a: [1\n");
            new TestRun(folder, "long").Write("recipe.yaml", new string('x', 2_000_000));
        });
        Dictionary<string, JsonElement> runs = (await studio.GetAsync("/api/runs")).GetProperty("runs").EnumerateArray().ToDictionary(run => run.GetProperty("name").GetString()!);
        Assert.Equal(JsonValueKind.Null, runs["good"].GetProperty("fault").ValueKind);
        Assert.All(["metrics", "recipe", "long"], name => Assert.False(string.IsNullOrEmpty(runs[name].GetProperty("fault").GetString())));
        JsonElement curves = await studio.GetAsync("/api/runs/metrics/metrics?names=reward/mean");
        Assert.Contains("metrics.jsonl:4", curves.GetProperty("fault").GetString(), StringComparison.Ordinal);
        Assert.Equal(3, curves.GetProperty("curves")[0].GetProperty("x").GetArrayLength());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await studio.FailAsync("/api/runs/long/recipe")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await studio.FailAsync("/api/runs/metrics/doctor")).Status);
    }

    [Fact]
    public async Task Details_name_all_metrics_and_the_objective_explains_the_recipe()
    {
        await using TestStudio studio = await TestStudio.StartAsync(folder => new TestRun(folder, "run").Metrics(2, _ => 1));
        JsonElement details = await studio.GetAsync("/api/runs/run");
        Assert.Contains("policy/entropy", details.GetProperty("metrics").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal("policy", Assert.Single(details.GetProperty("stages").EnumerateArray()).GetString());
        Assert.Contains("advantage", (await studio.GetAsync("/api/runs/run/objective")).GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("objective: grpo", (await studio.GetAsync("/api/runs/run/recipe")).GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, (await studio.GetAsync("/api/runs/run/doctor")).GetProperty("findings").GetArrayLength());
        Assert.False((await studio.GetAsync("/api/runs/run/controls")).GetProperty("available").GetBoolean());
        Assert.Equal(0, (await studio.GetAsync("/api/runs/run/events")).GetProperty("events").GetArrayLength());
    }

    [Theory]
    [InlineData("/api/runs/run/metrics")]
    [InlineData("/api/runs/run/metrics?names=a&points=1000000")]
    [InlineData("/api/runs/run/metrics?names=a&points=x")]
    [InlineData("/api/runs/run/metrics?names=a&from=NaN")]
    [InlineData("/api/runs/run/metrics?names=a&axis=sideways")]
    [InlineData("/api/runs/run/metrics?names=a&stage=42")]
    [InlineData("/api/runs/run/metrics?names=a&smoothing=1")]
    [InlineData("/api/runs/run/metrics?names=a&bins=10")]
    [InlineData("/api/runs/run/rollouts/x")]
    [InlineData("/api/runs/run/search")]
    public async Task Requests_out_of_range_are_told_so(string path)
    {
        await using TestStudio studio = await TestStudio.StartAsync(folder => new TestRun(folder, "run").Metrics(2, _ => 1));
        Assert.Equal(HttpStatusCode.BadRequest, (await studio.FailAsync(path)).Status);
    }

    [Fact]
    public async Task Events_tell_of_new_runs_new_lines_and_runs_that_are_gone()
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(20));
        using Stream stream = await studio.Client.GetStreamAsync(new Uri("/api/events", UriKind.Relative), limit.Token);
        using StreamReader reader = new(stream);
        Assert.Equal(": here", await reader.ReadLineAsync(limit.Token));
        await NextAsync("event: ready");
        TestRun run = new(studio.Folder, "new");
        Assert.Contains("\"id\":\"new\"", await NextAsync("event: run"), StringComparison.Ordinal);
        run.Metrics(1, _ => 0.25);
        string line;
        do
        {
            line = await NextAsync("event: run");
        }
        while (!line.Contains("0.25", StringComparison.Ordinal));
        Directory.Delete(run.Path, recursive: true);
        Assert.Contains("\"new\"", await NextAsync("event: gone"), StringComparison.Ordinal);

        async Task<string> NextAsync(string kind)
        {
            string? text;
            do
            {
                text = await reader.ReadLineAsync(limit.Token);
            }
            while (text is not null && text != kind);
            return (await reader.ReadLineAsync(limit.Token))!;
        }
    }
}
