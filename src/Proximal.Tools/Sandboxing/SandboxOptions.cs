namespace Proximal.Tools.Sandboxing;

/// <summary>Limits of one program in a <see cref="Sandbox"/>.</summary>
public sealed record SandboxOptions
{
    /// <summary>How far programs are kept from the machine.</summary>
    public SandboxIsolation Isolation { get; init; } = SandboxIsolation.Full;

    /// <summary>Wall-clock time.</summary>
    public TimeSpan WallClock { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Processor seconds of each process.</summary>
    public int ProcessorSeconds { get; init; } = 3;

    /// <summary>Mebibytes of address space of each process.</summary>
    public int MemoryMegabytes { get; init; } = 256;

    /// <summary>Processes and threads at one time.</summary>
    public int Processes { get; init; } = 8;

    /// <summary>Mebibytes of a file.</summary>
    public int FileMegabytes { get; init; } = 8;

    /// <summary>Mebibytes of the scratch folder.</summary>
    public int ScratchMegabytes { get; init; } = 16;

    /// <summary>Characters that a program may print; more ends it.</summary>
    public int OutputCharacters { get; init; } = 4096;

    /// <summary>Characters of a program.</summary>
    public int SourceCharacters { get; init; } = 16_384;

    /// <summary>Programs that run at one time.</summary>
    public int Concurrency { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 16);
}
