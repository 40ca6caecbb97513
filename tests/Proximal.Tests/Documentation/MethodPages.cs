using System.Text;
using Proximal.Control.Recipes;
using Proximal.Recipes;

namespace Proximal.Tests.Documentation;

/// <summary>The pages of <c>docs/methods</c>: an index, a page for each seam and one for each named objective, from the catalogs alone.</summary>
internal static class MethodPages
{
    private const string IndexPage = "README.md";

    private static readonly Catalog Catalog = Catalog.CreateDefault();

    private static readonly ControlCatalog Control = ControlCatalog.CreateDefault();

    private static readonly RecipeIndex Recipes = new(
        Repository.Recipes
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace(Path.DirectorySeparatorChar, '/')),
        Catalog.All,
        Control.Environments,
        Control.Algorithms);

    private static readonly SeamPage[] Seams =
    [
        .. Catalog.All.Select(catalog => new SeamPage(catalog, catalog.Seam.Name, $"{catalog.Seam.Name.ToLowerInvariant()}.md", catalog.Seam == Seam.Objectives)),
        .. Control.All.Select(catalog => new SeamPage(catalog, $"{catalog.Seam.Name} of control", $"control-{catalog.Seam.Name.ToLowerInvariant()}.md", false)),
    ];

    /// <summary>Every page by its path below <c>docs/methods</c>.</summary>
    public static SortedDictionary<string, string> Write()
    {
        SortedDictionary<string, string> pages = new(StringComparer.Ordinal) { [IndexPage] = Index() };
        foreach (SeamPage seam in Seams)
        {
            if (!seam.HasPages)
            {
                pages.Add(seam.File, Page(seam));
                continue;
            }

            foreach (ComponentDefinition component in seam.Catalog.Components)
            {
                pages.Add($"objectives/{component.Info.Key}.md", ObjectivePage(component));
            }
        }

        return pages;
    }

    private static string Index()
    {
        StringBuilder text = new();
        text.Append("# Methods\n\n")
            .Append("Everything that a recipe can name, by seam: a place in the flow of training. The same text comes from the terminal: `proximal methods` lists all\n")
            .Append("of it, `proximal methods show KEY` tells about one, and `proximal methods recipe KEY` prints the recipe that shows it.\n\n")
            .Append("These pages are generated from the components; `PROXIMAL_UPDATE_DOCS=1 dotnet test tests/Proximal.Tests -c Release --filter Documentation` writes them anew.\n\n")
            .AppendJoin(" · ", Seams.OrderByDescending(seam => seam.HasPages).Select(seam => $"[{seam.Title}](#{Anchor(seam.Title)})")).Append("\n\n");
        foreach (SeamPage seam in Seams.OrderByDescending(seam => seam.HasPages))
        {
            bool cites = seam.Catalog.Components.Any(component => component.Info.Reference.Length > 0);
            text.Append($"## {seam.Title}\n\n").Append(cites ? "| name | what it does | source |\n|---|---|---|\n" : "| name | what it does |\n|---|---|\n");
            foreach (ComponentDefinition component in seam.Catalog.Components)
            {
                ComponentInfo info = component.Info;
                text.Append($"| [`{info.Key}`]({Link(seam, info.Key)}) | {Cell(info.Summary)} |").Append(cites ? $" {Cell(info.Reference)} |\n" : "\n");
            }

            text.Append('\n');
        }

        return text.ToString().TrimEnd() + "\n";
    }

    private static string Page(SeamPage seam)
    {
        StringBuilder text = new($"# {seam.Title}\n\n[All methods]({IndexPage})\n\n");
        foreach (ComponentDefinition component in seam.Catalog.Components)
        {
            ComponentInfo info = component.Info;
            text.Append($"## `{info.Key}`\n\n{Prose(info.Summary)}\n\n");
            AppendProse(text, info.Mechanism);
            AppendFormula(text, info.Formula);
            AppendOptions(text, component.Options.Options);
            AppendObjectives(text, seam, info);
            AppendRecipes(text, info, "../../");
            AppendSource(text, info);
        }

        return text.ToString().TrimEnd() + "\n";
    }

    private static string ObjectivePage(ComponentDefinition component)
    {
        ComponentInfo info = component.Info;
        PolicyStage stage = component.PresetStage!;
        StringBuilder text = new($"# `{info.Key}`\n\n[All methods](../{IndexPage})\n\n{Prose(info.Summary)}\n\n");
        AppendProse(text, info.Mechanism);
        AppendFormula(text, stage.DescribeObjective());
        text.Append("| seam | component | options |\n|---|---|---|\n");
        foreach ((string key, ComponentChoice choice) in stage.Parts)
        {
            ComponentDefinition part = choice.Definition;
            SeamPage seam = Seams.First(page => page.Catalog.Seam == part.Info.Seam);
            IEnumerable<string> options = part.Options.Options.Select(option => $"`{option.Key}: {part.Options.Format(choice.Options, option.Key)}`");
            text.Append($"| {key} | [`{part.Info.Key}`](../{Link(seam, part.Info.Key)}) | {string.Join(", ", options)} |\n");
        }

        text.Append('\n');
        AppendOptions(text, component.Options.Options);
        AppendRecipes(text, info, "../../../");
        AppendSource(text, info);
        return text.ToString().TrimEnd() + "\n";
    }

    private static void AppendProse(StringBuilder text, string prose)
    {
        if (prose.Length > 0)
        {
            text.Append(Prose(prose)).Append("\n\n");
        }
    }

    private static void AppendFormula(StringBuilder text, string formula)
    {
        if (formula.Length > 0)
        {
            text.Append("```text\n").Append(formula).Append("\n```\n\n");
        }
    }

    private static void AppendOptions(StringBuilder text, IReadOnlyList<OptionDescription> options)
    {
        if (options.Count == 0)
        {
            return;
        }

        text.Append("| option | default | values | meaning |\n|---|---|---|---|\n");
        foreach (OptionDescription option in options)
        {
            string standard = option.Default switch { null => "required", "" => "", var value => $"`{value}`" };
            text.Append($"| `{option.Key}` | {standard} | {ReferenceTables.Values(option)} | {Cell(option.Description)} |\n");
        }

        text.Append('\n');
    }

    /// <summary>The named objectives that have the component.</summary>
    private static void AppendObjectives(StringBuilder text, SeamPage seam, ComponentInfo info)
    {
        if (!Catalog.All.Contains(seam.Catalog))
        {
            return;
        }

        string[] users =
        [
            .. Catalog.Objectives.Components
                .Where(objective => objective.PresetStage!.Parts.Any(part => part.Choice.Definition.Info.Seam == info.Seam && part.Choice.Definition.Info.Key == info.Key))
                .Select(objective => $"[`{objective.Info.Key}`](objectives/{objective.Info.Key}.md)"),
        ];
        if (users.Length > 0)
        {
            text.Append("Part of ").AppendJoin(", ", users).Append(".\n\n");
        }
    }

    private static void AppendRecipes(StringBuilder text, ComponentInfo info, string root)
    {
        IReadOnlyList<string> recipes = Recipes[info];
        if (recipes.Count > 0)
        {
            text.Append(recipes.Count == 1 ? "Recipe: " : "Recipes: ").AppendJoin(", ", recipes.Select(path => $"[{path}]({root}{path})")).Append("\n\n");
            foreach (string path in recipes.Where(path => path.StartsWith("recipes/rlvr/", StringComparison.Ordinal)))
            {
                IEnumerable<string> header = File.ReadLines(Path.Combine(Repository.Root, path)).Skip(1).TakeWhile(line => line.StartsWith('#'));
                text.Append("What it compares and what was seen, from its header:\n\n```text\n").AppendJoin('\n', header.Select(line => line.TrimStart('#').TrimStart(' '))).Append("\n```\n\n");
            }
        }
    }

    private static void AppendSource(StringBuilder text, ComponentInfo info)
    {
        if (info.Reference.Length > 0)
        {
            text.Append($"Source: {Prose(info.Reference)}\n\n");
        }
    }

    private static string Link(SeamPage seam, string key) => seam.HasPages ? $"objectives/{key}.md" : $"{seam.File}#{key}";

    private static string Anchor(string title) => title.ToLowerInvariant().Replace(' ', '-');

    /// <summary>Text in which Markdown finds nothing to format.</summary>
    private static string Prose(string text)
    {
        StringBuilder safe = new(text.Length + 8);
        foreach (char c in text.ReplaceLineEndings(" "))
        {
            safe.Append(c is '*' or '_' or '<' or '[' or '\\' or '~' ? $"\\{c}" : c.ToString());
        }

        return safe.ToString();
    }

    private static string Cell(string text) => Prose(text).Replace("|", "\\|", StringComparison.Ordinal);

    /// <param name="Catalog">The components.</param>
    /// <param name="Title">Heading.</param>
    /// <param name="File">Name of the page.</param>
    /// <param name="HasPages">Whether each component has a page of its own instead.</param>
    private sealed record SeamPage(ComponentCatalog Catalog, string Title, string File, bool HasPages);
}
