namespace Proximal.Control.Tests;

/// <summary>The folder of real models and data next to the repository, where there is one.</summary>
internal static class SharedData
{
    public static string? Root { get; } = Find();

    public static string PathOf(string relative) => Path.Combine(Root!, relative);

    private static string? Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Proximal.slnx")) && folder.Parent is not null)
            {
                string shared = Path.Combine(folder.Parent.FullName, "shared");
                return Directory.Exists(shared) ? shared : null;
            }
        }

        return null;
    }
}
