namespace Proximal.Tools.Sandboxing;

/// <summary>How many programs run at one time.</summary>
/// <param name="places">The most.</param>
internal sealed class SandboxRoom(int places)
{
    private readonly object gate = new();
    private int free = places;

    /// <summary>Waits for a place and takes it.</summary>
    public void Enter()
    {
        lock (gate)
        {
            while (free == 0)
            {
                Monitor.Wait(gate);
            }

            free--;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Leave()
    {
        lock (gate)
        {
            free++;
            Monitor.Pulse(gate);
        }
    }
}
