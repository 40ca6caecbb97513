using System.Runtime.InteropServices;

namespace Proximal.Cli.Terminals;

/// <summary>
/// Listens for Ctrl-C (and for the polite signal of <c>kill</c>): the first asks the work to stop in order, the second ends the process at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations = [];

    public Interruption(bool registers)
    {
        if (registers)
        {
            registrations =
            [
                PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
                PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
            ];
        }
    }

    public CancellationToken Token => source.Token;

    /// <summary>Asks the work to stop in order.</summary>
    public void Request() => source.Cancel();

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
        {
            registration.Dispose();
        }

        source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (source.IsCancellationRequested)
        {
            Environment.Exit(ExitCode.Interrupted);
        }

        source.Cancel();
    }
}
