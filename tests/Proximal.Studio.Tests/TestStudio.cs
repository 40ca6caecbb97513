using System.Net;
using System.Text.Json;

namespace Proximal.Studio.Tests;

/// <summary>A studio over a folder of its own.</summary>
internal sealed class TestStudio : IAsyncDisposable
{
    private readonly StudioServer server;
    private readonly DirectoryInfo root;

    private TestStudio(StudioServer server, DirectoryInfo root, string folder)
    {
        this.server = server;
        this.root = root;
        Folder = folder;
        Client = new HttpClient { BaseAddress = server.Address };
    }

    public string Folder { get; }

    /// <summary>The folder above that of the runs.</summary>
    public string Outside => root.FullName;

    public HttpClient Client { get; }

    public Uri Address => server.Address;

    public static async Task<TestStudio> StartAsync(Action<string>? fill = null)
    {
        DirectoryInfo root = Directory.CreateTempSubdirectory("studio-");
        string folder = Path.Combine(root.FullName, "runs");
        Directory.CreateDirectory(folder);
        fill?.Invoke(folder);
        return new TestStudio(await StudioServer.StartAsync(new StudioOptions { Folder = folder, Port = 0, Poll = TimeSpan.FromMilliseconds(100) }), root, folder);
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using HttpResponseMessage response = await Client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return await ReadAsync(response);
    }

    public async Task<(HttpStatusCode Status, string Error)> FailAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using HttpResponseMessage response = await Client.SendAsync(request);
            return (response.StatusCode, (await ReadAsync(response)).GetProperty("error").GetString()!);
        }
    }

    public Task<(HttpStatusCode Status, string Error)> FailAsync(string path) => FailAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await server.DisposeAsync();
        root.Delete(recursive: true);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        using JsonDocument document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }
}
