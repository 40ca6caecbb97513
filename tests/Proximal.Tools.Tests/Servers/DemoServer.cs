using System.Diagnostics;
using Proximal.Tools.Servers;

namespace Proximal.Tools.Tests.Servers;

/// <summary>The server of samples/servers/ToolServer, which lies beside the tests.</summary>
internal static class DemoServer
{
    public static string Assembly { get; } = Path.Combine(AppContext.BaseDirectory, "ToolServer.dll");

    public static ToolServerOptions Options { get; } = new() { Name = "demo", Command = ["dotnet", Assembly], CallTimeout = TimeSpan.FromSeconds(20) };

    public static ToolServerOptions With(params string[] arguments) => Options with { Command = [.. Options.Command, .. arguments] };

    /// <summary>The processes of servers that a command line with this mark started.</summary>
    public static int Count(string mark) => Directory.EnumerateDirectories("/proc")
        .Where(folder => int.TryParse(Path.GetFileName(folder), out int id) && id != Environment.ProcessId)
        .Count(folder => HasMark(folder, mark));

    private static bool HasMark(string folder, string mark)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")).Contains(mark, StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
