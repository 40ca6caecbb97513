namespace Proximal.Tools.Sandboxing;

/// <summary>What sets up a sandbox from inside, see <c>enter.sh</c>.</summary>
internal static class SandboxScript
{
    /// <summary>The script.</summary>
    public static string Text { get; } = Read();

    private static string Read()
    {
        using Stream stream = typeof(SandboxScript).Assembly.GetManifestResourceStream("enter.sh")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
