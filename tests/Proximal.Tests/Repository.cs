namespace Proximal.Tests;

/// <summary>The folder that holds the sources.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Proximal.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Proximal.slnx is in no folder above the tests.");
        }

        return folder;
    }
}
