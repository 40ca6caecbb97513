namespace Proximal.Tools.Servers;

/// <summary>A server of the Model Context Protocol that is started as a process and spoken to over its standard streams.</summary>
public sealed record ToolServerOptions
{
    /// <summary>What recipes call it: <c>mcp:NAME</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The program and its arguments; no shell takes part.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>How long one call may take.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the server may take to start and to list its tools.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the server may take to end by itself before it is killed.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often it is started again in all after it has ended or fallen silent; one time more stops the run.</summary>
    public int MaximumRestarts { get; init; } = 10;

    /// <summary>Calls in a row without an answer in time after which it is started again.</summary>
    public int MaximumTimeouts { get; init; } = 3;

    /// <summary>The most bytes of one message; a longer one ends the server.</summary>
    public int MaximumMessageBytes { get; init; } = 1 << 20;

    /// <summary>The most characters of one answer; the rest is cut off.</summary>
    public int MaximumCharacters { get; init; } = 1 << 16;

    /// <summary>Calls that are made at one time.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>The first impossible value as a sentence; null when all is well.</summary>
    public string? FindFault() =>
        Name.Length is 0 or > 48 || !Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? $"the tool server's name is '{Name}', expected letters, digits and any of . _ -" :
        Command.Count == 0 || Command[0].Length == 0 ? $"the tool server '{Name}' has no command" :
        CallTimeout <= TimeSpan.Zero || CallTimeout > TimeSpan.FromHours(1) ? $"the time-out of tool server '{Name}' is {CallTimeout}, expected more than 0 and at most an hour" :
        null;
}
