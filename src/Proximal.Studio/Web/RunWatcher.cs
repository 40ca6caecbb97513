using System.Collections.Concurrent;
using System.Threading.Channels;
using Proximal.Studio.Library;

namespace Proximal.Studio.Web;

/// <summary>
/// Follows the runs while somebody listens: looks at their files at an interval and tells every listener which runs have changed. Nothing is looked at
/// while nobody listens.
/// </summary>
internal sealed class RunWatcher(RunLibrary library, TimeSpan poll) : IAsyncDisposable
{
    private const int MostListeners = 64;
    private const int WaitingChanges = 256;

    private readonly ConcurrentDictionary<Channel<RunChange>, byte> listeners = new();
    private readonly CancellationTokenSource ended = new();
    private readonly Lock gate = new();
    private Task? watching;
    private bool hasLooked;

    /// <summary>Listens: <see cref="RunChange.Ready"/> first, then every change.</summary>
    /// <exception cref="BadRequestException">Too many listen already.</exception>
    public async IAsyncEnumerable<RunChange> ListenAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        // One that does not keep up loses the oldest changes: the next one of a run tells all.
        Channel<RunChange> channel = Channel.CreateBounded<RunChange>(new BoundedChannelOptions(WaitingChanges) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (gate)
        {
            if (listeners.Count >= MostListeners)
            {
                throw new BadRequestException("Too many pages follow the runs; close some.", Microsoft.AspNetCore.Http.StatusCodes.Status503ServiceUnavailable);
            }

            listeners.TryAdd(channel, 0);
            if (hasLooked)
            {
                channel.Writer.TryWrite(RunChange.Ready);
            }

            watching ??= Task.Run(WatchAsync, CancellationToken.None);
        }

        try
        {
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, ended.Token);
            await foreach (RunChange change in channel.Reader.ReadAllAsync(either.Token))
            {
                yield return change;
            }
        }
        finally
        {
            listeners.TryRemove(channel, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        if (watching is not null)
        {
            await watching;
        }

        ended.Dispose();
    }

    private async Task WatchAsync()
    {
        Dictionary<string, RunStamp> seen = [];
        bool first = true;
        using PeriodicTimer timer = new(poll);
        try
        {
            do
            {
                lock (gate)
                {
                    if (listeners.IsEmpty)
                    {
                        watching = null;
                        hasLooked = false;
                        return;
                    }
                }

                seen = Look(seen, silent: first);
                if (first)
                {
                    first = false;
                    lock (gate)
                    {
                        hasLooked = true;
                        Tell(RunChange.Ready);
                    }
                }
            }
            while (await timer.WaitForNextTickAsync(ended.Token));
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
    }

    private Dictionary<string, RunStamp> Look(Dictionary<string, RunStamp> before, bool silent)
    {
        Dictionary<string, RunStamp> now = [];
        try
        {
            foreach (StudioRun run in library.List())
            {
                RunStamp stamp = RunStamp.Of(run);
                now[run.Id] = stamp;
                if (!silent && (!before.TryGetValue(run.Id, out RunStamp last) || last != stamp))
                {
                    Tell(new RunChange(run.Id, run));
                }
            }
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            // A folder vanished while it was looked through: the next look sees what is left.
            return before;
        }

        foreach (string gone in before.Keys.Where(id => !now.ContainsKey(id)))
        {
            Tell(new RunChange(gone, null));
        }

        return now;
    }

    private void Tell(RunChange change)
    {
        foreach (Channel<RunChange> listener in listeners.Keys)
        {
            listener.Writer.TryWrite(change);
        }
    }
}
