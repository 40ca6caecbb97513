using System.Text.RegularExpressions;

namespace Proximal.Tests.Documentation;

/// <summary><c>docs/methods</c> says what the components say. <c>PROXIMAL_UPDATE_DOCS=1 dotnet test</c> writes it anew.</summary>
public sealed partial class MethodPagesTests
{
    private static readonly SortedDictionary<string, string> Pages = MethodPages.Write();

    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "methods");

    [Fact]
    public void Pages_are_current()
    {
        if (Environment.GetEnvironmentVariable("PROXIMAL_UPDATE_DOCS") == "1")
        {
            Update();
            return;
        }

        Assert.Equal(Pages.Keys, Stored());
        Assert.All(Pages, page => Assert.Equal(page.Value, File.ReadAllText(Path.Combine(Folder, page.Key))));
    }

    [Fact]
    public void Every_link_leads_to_a_page_and_a_heading_or_to_a_file() => Assert.All(Pages, page =>
    {
        foreach (Match link in Link().Matches(page.Value))
        {
            string file = link.Groups[1].Value, anchor = link.Groups[2].Value;
            string target = file.Length == 0 ? page.Key : Normalize(page.Key, file);
            if (Pages.TryGetValue(target, out string? text))
            {
                Assert.True(anchor.Length == 0 || Anchors(text).Contains(anchor), $"{page.Key}: {file}#{anchor}");
            }
            else
            {
                Assert.True(File.Exists(Path.Combine(Folder, target)), $"{page.Key}: {file}");
            }
        }
    });

    private static void Update()
    {
        foreach (string old in Stored().Except(Pages.Keys))
        {
            File.Delete(Path.Combine(Folder, old));
        }

        foreach ((string name, string text) in Pages)
        {
            string path = Path.Combine(Folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }

    private static IEnumerable<string> Stored() => !Directory.Exists(Folder) ? [] : Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Folder, path).Replace(Path.DirectorySeparatorChar, '/'))
        .Order(StringComparer.Ordinal);

    private static string Normalize(string page, string link) =>
        Path.GetRelativePath(Folder, Path.Combine(Folder, Path.GetDirectoryName(page)!, link)).Replace(Path.DirectorySeparatorChar, '/');

    private static IEnumerable<string> Anchors(string page) =>
        Heading().Matches(page).Select(match => match.Groups[1].Value.Replace("`", "", StringComparison.Ordinal).ToLowerInvariant().Replace(' ', '-'));

    [GeneratedRegex(@"(?<!\\)\]\(([^)#]*)(?:#([^)]*))?\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
