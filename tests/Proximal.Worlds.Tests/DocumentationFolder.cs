namespace Proximal.Worlds.Tests;

/// <summary>Pictures of the documentation that the product draws. <c>PROXIMAL_UPDATE_DOCS=1 dotnet test</c> draws them anew.</summary>
internal static class DocumentationFolder
{
    /// <summary>Asserts that a picture of the documentation is the one that the product draws.</summary>
    public static void AssertPicture(string name, string svg)
    {
        string path = Path.Combine(Root(), "docs", "images", name);
        if (Environment.GetEnvironmentVariable("PROXIMAL_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, svg);
        }

        Assert.Equal(svg, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Proximal.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
