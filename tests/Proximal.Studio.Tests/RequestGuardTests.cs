using System.Net;
using System.Text;

namespace Proximal.Studio.Tests;

public sealed class RequestGuardTests
{
    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "evil.example:6161")]
    [InlineData("Host", "127.0.0.1")]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "https://127.0.0.1")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Refuses_what_does_not_come_from_its_own_page(string header, string value)
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        foreach (string path in (string[])["/", "/api/runs", "/api/events", "/js/main.js"])
        {
            HttpRequestMessage request = new(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation(header, value);
            Assert.Equal(HttpStatusCode.Forbidden, (await studio.FailAsync(request)).Status);
        }
    }

    [Fact]
    public async Task Answers_its_own_page_by_name_and_by_number()
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        foreach (string host in (string[])["127.0.0.1", "localhost", "LocalHost"])
        {
            using HttpRequestMessage request = new(HttpMethod.Get, "/api/runs");
            request.Headers.Host = $"{host}:{studio.Address.Port}";
            request.Headers.TryAddWithoutValidation("Origin", $"http://{host}:{studio.Address.Port}");
            request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
            using HttpResponseMessage response = await studio.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/runs")]
    [InlineData("/nowhere")]
    public async Task Every_answer_keeps_the_page_by_itself(string path)
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        using HttpResponseMessage response = await studio.Client.GetAsync(new Uri(path, UriKind.Relative));
        string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(response.Headers.GetValues("X-Frame-Options")));
        Assert.False(response.Headers.Contains("Server"));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("/api/runs/..%2f..%2fetc")]
    [InlineData("/api/runs/..")]
    [InlineData("/api/runs/%2e%2e%2fsecret/recipe")]
    [InlineData("/api/runs/..~secret/recipe")]
    [InlineData("/api/runs/%2fetc/recipe")]
    [InlineData("/../secret/recipe.yaml")]
    [InlineData("/js/../../secret")]
    [InlineData("/js/..%2f..%2fstudio.css")]
    public async Task Never_reaches_a_path_outside_the_folder(string path)
    {
        await using TestStudio studio = await TestStudio.StartAsync(folder => _ = new TestRun(Path.GetDirectoryName(folder)!, "secret"));
        using HttpResponseMessage response = await studio.Client.GetAsync(new Uri(studio.Address.ToString().TrimEnd('/') + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.DoesNotContain("seed", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_follow_links_out_of_the_folder()
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        _ = new TestRun(studio.Outside, "secret");
        Directory.CreateSymbolicLink(Path.Combine(studio.Folder, "linked"), Path.Combine(studio.Outside, "secret"));
        Directory.CreateDirectory(Path.Combine(studio.Folder, "run"));
        File.CreateSymbolicLink(Path.Combine(studio.Folder, "run", "recipe.yaml"), Path.Combine(studio.Outside, "secret", "recipe.yaml"));
        var runs = (await studio.GetAsync("/api/runs")).GetProperty("runs");
        Assert.Equal("run", Assert.Single(runs.EnumerateArray()).GetProperty("id").GetString());
        Assert.Contains("is a link", runs[0].GetProperty("fault").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await studio.FailAsync("/api/runs/run/recipe")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await studio.FailAsync("/api/runs/run/objective")).Status);
    }

    [Fact]
    public async Task Takes_commands_with_a_token_and_as_json_alone()
    {
        await using TestStudio studio = await TestStudio.StartAsync(folder => _ = new TestRun(folder, "run"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await studio.FailAsync(new HttpRequestMessage(HttpMethod.Post, "/api/runs/run/controls") { Content = Json("""{"command":"stop"}""") })).Status);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await studio.FailAsync(WithToken(new StringContent("command=stop")))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await studio.FailAsync(WithToken(Json("[1")))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await studio.FailAsync(WithToken(Json("""{"command":"explode"}""")))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await studio.FailAsync(WithToken(Json("""{"command":"stop"}""")))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await studio.FailAsync(new HttpRequestMessage(HttpMethod.Post, "/api/runs"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await studio.FailAsync(new HttpRequestMessage(HttpMethod.Delete, "/api/runs/run"))).Status);

        static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

        static HttpRequestMessage WithToken(HttpContent content)
        {
            HttpRequestMessage request = new(HttpMethod.Post, "/api/runs/run/controls") { Content = content };
            request.Headers.Add("X-Proximal-Token", "wrong");
            return request;
        }
    }

    [Fact]
    public async Task Files_of_the_page_are_taken_from_the_cache_while_they_are_the_same()
    {
        await using TestStudio studio = await TestStudio.StartAsync();
        using HttpResponseMessage first = await studio.Client.GetAsync(new Uri("/js/chart.js", UriKind.Relative));
        Assert.Equal("text/javascript", first.Content.Headers.ContentType!.MediaType);
        using HttpRequestMessage again = new(HttpMethod.Get, "/js/chart.js");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using HttpResponseMessage second = await studio.Client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }
}
