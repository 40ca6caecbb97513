using System.Text.RegularExpressions;
using Proximal.Control.Recipes;
using Proximal.Recipes;

namespace Proximal.Tests.Documentation;

/// <summary>What the documentation says is what the code does. <c>PROXIMAL_UPDATE_DOCS=1 dotnet test</c> writes the generated tables anew.</summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string> Documents { get; } =
    [
        "README.md",
        "CONTRIBUTING.md",
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md").Order(StringComparer.Ordinal).Select(path => $"docs/{Path.GetFileName(path)}"),
        .. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src")).Order(StringComparer.Ordinal).Select(path => $"src/{Path.GetFileName(path)}/README.md"),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Generated_parts_are_current(string document)
    {
        string path = Path.Combine(Repository.Root, document), text = File.ReadAllText(path), filled = ReferenceTables.Fill(text);
        if (Environment.GetEnvironmentVariable("PROXIMAL_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, filled);
            return;
        }

        Assert.Equal(filled, text);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_recipe_in_a_document_reads(string document)
    {
        foreach (string yaml in Blocks(document, "yaml"))
        {
            object recipe = ControlKey().IsMatch(yaml) ? ControlRecipe.Parse(yaml) : Recipe.Parse(yaml);
            Assert.NotNull(recipe);
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_program_in_a_document_is_compiled_by_a_sample_or_a_test(string document)
    {
        foreach (string program in Blocks(document, "csharp"))
        {
            string[] lines = Lines(program);

            Assert.True(Sources.Value.Any(source => Contains(source, lines)), $"{document}: no sample or test has the lines from '{lines[0]}'.");
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_to_a_file_leads_somewhere(string document)
    {
        string path = Path.Combine(Repository.Root, document);
        foreach (Match link in Link().Matches(File.ReadAllText(path)))
        {
            string target = Path.Combine(Path.GetDirectoryName(path)!, link.Groups[1].Value);
            Assert.True(Path.Exists(target) || target.EndsWith(".png", StringComparison.Ordinal), $"{document}: {link.Groups[1].Value} does not exist.");
        }
    }

    [Fact]
    public void Every_sample_is_one_file_of_at_most_60_lines()
    {
        foreach (string project in Directory.EnumerateDirectories(Path.Combine(Repository.Root, "samples")).SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj")))
        {
            string sample = Path.GetDirectoryName(project)!;
            string file = Assert.Single(Directory.EnumerateFiles(sample, "*.cs"));
            Assert.InRange(File.ReadLines(file).Count(), 1, 60);
        }
    }

    private static Lazy<string[][]> Sources { get; } = new(() =>
        [.. ((string[])["samples", "tests"])
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(path => Lines(File.ReadAllText(path)))]);

    private static IEnumerable<string> Blocks(string document, string language) =>
        Block().Matches(File.ReadAllText(Path.Combine(Repository.Root, document))).Where(m => m.Groups[1].Value == language).Select(m => m.Groups[2].Value);

    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    private static bool Contains(string[] source, string[] lines)
    {
        for (int start = 0; start + lines.Length <= source.Length; start++)
        {
            if (source.AsSpan(start, lines.Length).SequenceEqual(lines))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex("^algorithm:", RegexOptions.Multiline)]
    private static partial Regex ControlKey();

    [GeneratedRegex("^```([a-z]+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();
}
