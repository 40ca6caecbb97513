using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Proximal.Studio.Library;
using Proximal.Studio.Web;

namespace Proximal.Studio;

/// <summary>
/// A web server on the loopback address that shows runs. It answers only pages that it served itself: requests that name another host, or come from
/// another site, are refused, so that no page in the same browser can read or steer a run.
/// </summary>
public sealed class StudioServer : IAsyncDisposable
{
    private const int MostConnections = 256;
    private const int LargestRequest = 64 * 1024;

    private readonly WebApplication application;
    private readonly RunWatcher watcher;

    private StudioServer(WebApplication application, RunWatcher watcher, Uri address)
    {
        this.application = application;
        this.watcher = watcher;
        Address = address;
    }

    /// <summary>Where the studio is, as <c>http://127.0.0.1:6161/</c>.</summary>
    public Uri Address { get; }

    /// <summary>Starts a server.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<StudioServer> StartAsync(StudioOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        RunLibrary library = new(options.Folder);
        if (options.Port is { } port)
        {
            return await StartAsync(options, library, port, cancellation);
        }

        try
        {
            return await StartAsync(options, library, StudioOptions.DefaultPort, cancellation);
        }
        catch (IOException)
        {
            return await StartAsync(options, library, 0, cancellation);
        }
    }

    /// <summary>Waits until somebody ends it.</summary>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration asked = cancellation.Register(() => ended.TrySetResult()), stopping = application.Lifetime.ApplicationStopping.Register(() => ended.TrySetResult());
        await ended.Task;
    }

    /// <summary>Ends the server.</summary>
    public async ValueTask DisposeAsync()
    {
        await watcher.DisposeAsync();
        await application.StopAsync(new CancellationToken(canceled: true));
        await application.DisposeAsync();
    }

    private static async Task<StudioServer> StartAsync(StudioOptions options, RunLibrary library, int port, CancellationToken cancellation)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.MaxRequestBodySize = LargestRequest;
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        WebApplication application = builder.Build();
        RunWatcher watcher = new(library, options.Poll);
        StudioApi api = new(library, watcher);
        application.Run(context => RequestGuard.TryRefuse(context, out Task refusal) ? refusal : api.AnswerAsync(context));
        try
        {
            await application.StartAsync(cancellation);
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            await watcher.DisposeAsync();
            await application.DisposeAsync();
            throw new IOException(FormattableString.Invariant($"port {port} of 127.0.0.1 cannot be used: {failure.Message}"), failure);
        }

        string address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new StudioServer(application, watcher, new Uri(address));
    }
}
