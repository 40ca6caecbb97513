using System.Net;
using System.Text.Json;

namespace Proximal.Studio.Tests;

public sealed class RolloutsApiTests
{
    [Fact]
    public async Task Recorded_rollouts_come_as_lists_and_trees()
    {
        await using TestStudio studio = await TestStudio.StartAsync(folder => new TestRun(folder, "run")
            .Rollouts(1, "1+1=", ["2"], ["3", "!"])
            .Rollouts(10, "6*7=", [["<call>", "x"], ["42"], ["43"]], [["<result>", "42"], ["so 42"]]));
        JsonElement steps = await studio.GetAsync("/api/runs/run/rollouts");
        Assert.True(steps.GetProperty("recorded").GetBoolean());
        Assert.Equal([1, 10], steps.GetProperty("steps").EnumerateArray().Select(step => step.GetInt32()));
        JsonElement tree = (await studio.GetAsync("/api/runs/run/rollouts/10")).GetProperty("trees")[0];
        Assert.Equal([5, 1, 1], tree.GetProperty("paths").EnumerateArray().Select(path => path.GetProperty("tokens").GetInt32()));
        Assert.Equal(1, tree.GetProperty("turns").GetInt32());
        JsonElement whole = await studio.GetAsync("/api/runs/run/rollouts/10?tree=0");
        Assert.Equal([0, 1, 4, 5], whole.GetProperty("paths")[0].GetProperty("segments").EnumerateArray().Select(segment => segment.GetInt32()));
        Assert.Equal("environment", whole.GetProperty("segments")[4].GetProperty("origin").GetString());
        Assert.Equal(6, whole.GetProperty("paths")[0].GetProperty("columns").GetProperty("entropy").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await studio.FailAsync("/api/runs/run/rollouts/2")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await studio.FailAsync("/api/runs/run/rollouts/10?tree=7")).Status);
    }

    [Fact]
    public async Task Search_finds_prompts_responses_and_observations_of_every_step()
    {
        await using TestStudio studio = await TestStudio.StartAsync(folder => new TestRun(folder, "run")
            .Rollouts(1, "say needle", ["hay"])
            .Rollouts(2, "find it", ["a NEEDLE here"], ["hay"])
            .Rollouts(3, "ask", [["call"]], [["the needle is", " here"]]));
        JsonElement answer = await studio.GetAsync("/api/runs/run/search?q=needle");
        Assert.True(answer.GetProperty("complete").GetBoolean());
        Assert.Equal([(3, 0), (2, 0), (1, -1)], answer.GetProperty("hits").EnumerateArray().Select(hit => (hit.GetProperty("step").GetInt32(), hit.GetProperty("path").GetInt32())));
        Assert.Empty((await studio.GetAsync("/api/runs/run/search?q=%3Cscript")).GetProperty("hits").EnumerateArray());
    }

    [Fact]
    public async Task Runs_that_recorded_no_tokens_show_their_samples()
    {
        await using TestStudio studio = await TestStudio.StartAsync(folder => new TestRun(folder, "run").Write("samples.jsonl", """
            {"step":1,"prompt":"1+1=?","response":"2","expected":"2","end":"Finished","correct":true,"reward":1,"tokens":2}
            {"step":1,"prompt":"1+1=?","response":"3","expected":"2","end":"Truncated","correct":false,"reward":0,"tokens":2}
            {"step":2,"prompt":"2+2=?","response":"4","expected":"4","end":"Finished","correct":true,"reward":null,"tokens":2}

            """.ReplaceLineEndings("\n")));
        JsonElement steps = await studio.GetAsync("/api/runs/run/rollouts");
        Assert.False(steps.GetProperty("recorded").GetBoolean());
        Assert.Equal(2, steps.GetProperty("steps").GetArrayLength());
        JsonElement tree = await studio.GetAsync("/api/runs/run/rollouts/1?tree=0");
        Assert.Equal(2, tree.GetProperty("paths").GetArrayLength());
        Assert.Equal("truncated", tree.GetProperty("paths")[1].GetProperty("end").GetString());
    }

    [Fact]
    public async Task Damaged_recordings_are_told_and_crash_nothing()
    {
        await using TestStudio studio = await TestStudio.StartAsync(folder =>
        {
            TestRun run = new TestRun(folder, "run").Rollouts(1, "p", ["r"]);
            Directory.CreateDirectory(Path.Combine(run.Path, "rollouts"));
            run.Write("rollouts/step-00000002.jsonl", "{\"format\":1}\n");
            run.Write("rollouts/step-00000003.jsonl", "not json\n");
            run.Write("rollouts/step-99999999999999999999.jsonl", "");
            new TestRun(folder, "samples").Write("samples.jsonl", "[]\n");
        });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await studio.FailAsync("/api/runs/run/rollouts/2")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await studio.FailAsync("/api/runs/run/rollouts/3")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await studio.FailAsync("/api/runs/samples/rollouts")).Status);
        Assert.Equal(1, (await studio.GetAsync("/api/runs/run/rollouts/1")).GetProperty("trees").GetArrayLength());
    }
}
