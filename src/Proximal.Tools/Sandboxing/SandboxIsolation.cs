namespace Proximal.Tools.Sandboxing;

/// <summary>How far a program is kept from the machine.</summary>
public enum SandboxIsolation
{
    /// <summary>Namespaces of Linux: no network, no other processes, no files but the system's programs, read-only, and a scratch folder in memory; and all limits.</summary>
    Full,

    /// <summary>Limits of processor time, memory, files and wall-clock time, and an empty environment. The program sees the network and every file that its user may read.</summary>
    LimitsOnly,
}
