using System.Text;
using System.Text.RegularExpressions;
using Proximal.Studio.Web;

namespace Proximal.Studio.Tests;

/// <summary>What the files of the page hold to, so that nothing of a run becomes markup and nothing comes from elsewhere.</summary>
public sealed partial class PageTests
{
    public static TheoryData<string> Modules => [.. Assets.Paths.Where(path => path.EndsWith(".js", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Modules))]
    public void Modules_make_no_markup_out_of_text(string path)
    {
        string text = Read(path);
        foreach (string sink in (string[])["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "DOMParser", "createContextualFragment", "srcdoc", "javascript:"])
        {
            Assert.DoesNotContain(sink, text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void Modules_import_and_export_in_plain_forms(string path)
    {
        foreach (string line in Read(path).Split('\n').Where(line => line.StartsWith("import", StringComparison.Ordinal)))
        {
            Assert.Matches(Import(), line);
            Assert.Contains($"js/{Import().Match(line).Groups["file"].Value}", Assets.Paths);
        }

        Assert.DoesNotContain("export default", Read(path), StringComparison.Ordinal);
        Assert.DoesNotContain("export {", Read(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_comes_from_elsewhere()
    {
        foreach (string path in Assets.Paths)
        {
            string[] addresses = [.. Address().Matches(Read(path)).Select(match => match.Value).Where(address => !address.StartsWith("http://www.w3.org/", StringComparison.Ordinal))];
            Assert.Empty(addresses);
        }
    }

    [Fact]
    public void All_modules_are_asked_for_at_once()
    {
        string index = Read("index.html");
        foreach (string path in Assets.Paths.Where(path => path.EndsWith(".js", StringComparison.Ordinal)))
        {
            Assert.Contains($"=\"/{path}\"", index, StringComparison.Ordinal);
        }
    }

    private static string Read(string path) => Encoding.UTF8.GetString(Assets.Read(path).Span).ReplaceLineEndings("\n");

    [GeneratedRegex(@"^import \{[^}]*\} from '\./(?<file>[\w-]+\.js)';$")]
    private static partial Regex Import();

    [GeneratedRegex(@"(?:https?:)?//[a-z][\w.-]+\.[a-z]{2,}[^\s'""]*")]
    private static partial Regex Address();
}
