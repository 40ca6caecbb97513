namespace Proximal.Tools.Sandboxing;

/// <summary>Programs of the system, looked for where only an administrator can put them.</summary>
internal static class SystemPrograms
{
    private static readonly string[] Folders = ["/usr/bin", "/usr/sbin", "/bin", "/sbin"];

    /// <summary>The path of a program, or null.</summary>
    public static string? Find(string name) => Folders.Select(folder => $"{folder}/{name}").FirstOrDefault(File.Exists);
}
