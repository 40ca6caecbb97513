using System.Runtime.InteropServices;
using Proximal.Control.Environments;
using Proximal.Control.State;

namespace Proximal.Control.Tests.Golden;

/// <summary>Puts an environment whose state is a few numbers of double precision into a given state.</summary>
internal static class EnvironmentState
{
    public static void Set(SingleEnvironment environment, ReadOnlySpan<double> values)
    {
        environment.Reset(1, new float[environment.Specification.Observations.Width]);
        using MemoryStream memory = new();
        environment.Transfer(StateTransfer.Save(memory));
        MemoryMarshal.AsBytes(values).CopyTo(memory.GetBuffer().AsSpan(0, (int)memory.Length)[^(8 * values.Length)..]);
        memory.Position = 0;
        environment.Transfer(StateTransfer.Load(memory, "test"));
    }

    public static double[] Get(SingleEnvironment environment, int count)
    {
        using MemoryStream memory = new();
        environment.Transfer(StateTransfer.Save(memory));
        return MemoryMarshal.Cast<byte, double>(memory.GetBuffer().AsSpan(0, (int)memory.Length)[^(8 * count)..]).ToArray();
    }
}
