using Proximal.Cli.Parsing;
using Proximal.Cli.Terminals;
using Proximal.Recipes;

namespace Proximal.Cli.Methods;

/// <summary>Components for people.</summary>
internal static class ComponentText
{
    private const int Indent = 2;
    private const int Hanging = 6;

    /// <summary>A seam as it is written on the command line.</summary>
    public static string Name(Seam seam) => seam.ToString().ToLowerInvariant();

    /// <summary>Every component with one line on what it does, and its paper.</summary>
    public static void WriteList(Terminal terminal, ComponentCatalog[] catalogs)
    {
        int column = catalogs.SelectMany(c => c.Components).Select(c => c.Info.Key.Length).DefaultIfEmpty().Max() + (2 * Indent);
        foreach (ComponentCatalog catalog in catalogs)
        {
            terminal.Output.WriteLine(terminal.Paint(Name(catalog.Seam), Ink.Bold));
            foreach (ComponentDefinition component in catalog.Components)
            {
                ComponentInfo info = component.Info;
                string summary = Wrapping.Wrap(info.Summary, terminal.Width, column).TrimStart();
                terminal.Output.WriteLine($"{new string(' ', Indent)}{terminal.Paint(info.Key.PadRight(column - Indent), Ink.Cyan)}{summary}");
                if (info.Reference.Length > 0)
                {
                    terminal.Output.WriteLine(terminal.Paint(Wrapping.Wrap($"[{info.Reference}]", terminal.Width, column), Ink.Faint));
                }
            }

            terminal.Output.WriteLine();
        }

        terminal.Output.WriteLine("`proximal methods show KEY` tells more about one of them.");
    }

    /// <summary>All about one component.</summary>
    public static void Write(Terminal terminal, ComponentDefinition component)
    {
        ComponentInfo info = component.Info;
        PolicyStage? stage = component.PresetStage;
        terminal.Output.WriteLine($"{terminal.Paint(info.Key, Ink.Bold)} ({Name(info.Seam)})");
        terminal.Output.WriteLine(Wrapping.Wrap(info.Summary, terminal.Width, Indent));
        WriteText(terminal, "How it works", info.Mechanism);
        WriteFormula(terminal, stage?.DescribeObjective() ?? info.Formula);
        if (stage is not null)
        {
            WriteParts(terminal, stage);
        }

        WriteOptions(terminal, component.Options.Options);
        WriteRecipes(terminal, RecipeFiles.Of(info));
        WriteText(terminal, "Source", info.Reference);
    }

    /// <summary>The components that a named objective stands for.</summary>
    private static void WriteParts(Terminal terminal, PolicyStage stage)
    {
        terminal.Output.WriteLine();
        TextTable table = new("key", "component");
        foreach ((string key, ComponentChoice choice) in stage.Parts)
        {
            table.Add(key, choice.ToString());
        }

        table.Write(terminal);
    }

    private static void WriteOptions(Terminal terminal, IReadOnlyList<OptionDescription> options)
    {
        if (options.Count == 0)
        {
            return;
        }

        WriteTitle(terminal, "Options");
        foreach (OptionDescription option in options)
        {
            string standard = option.Default is { } value ? $"default {(value.Length == 0 ? "empty" : value)}" : "required";
            int column = Indent + option.Key.Length + Indent;
            string line = Wrapping.Wrap($"{standard}; {OptionValues.Of(option)}", terminal.Width, column).TrimStart();
            terminal.Output.WriteLine($"{new string(' ', Indent)}{terminal.Paint(option.Key, Ink.Cyan)}{new string(' ', Indent)}{line}");
            terminal.Output.WriteLine(Wrapping.Wrap(option.Description, terminal.Width, Hanging));
        }
    }

    private static void WriteRecipes(Terminal terminal, IReadOnlyList<string> recipes)
    {
        if (recipes.Count == 0)
        {
            return;
        }

        WriteTitle(terminal, recipes.Count == 1 ? "Recipe" : "Recipes");
        foreach (string recipe in recipes)
        {
            terminal.Output.WriteLine(new string(' ', Indent) + recipe);
        }

        terminal.Output.WriteLine($"  `{CommandTree.ExecutableName} methods recipe {Path.GetFileNameWithoutExtension(recipes[0])}` prints {(recipes.Count == 1 ? "it" : "the first")}.");
    }

    private static void WriteText(Terminal terminal, string title, string text)
    {
        if (text.Length > 0)
        {
            WriteTitle(terminal, title);
            terminal.Output.WriteLine(Wrapping.Wrap(text, terminal.Width, Indent));
        }
    }

    /// <summary>A formula keeps its own indentation, and what is wrapped stands deeper than what begins a line.</summary>
    private static void WriteFormula(Terminal terminal, string formula)
    {
        if (formula.Length == 0)
        {
            return;
        }

        WriteTitle(terminal, "Formula");
        foreach (string line in formula.Split('\n'))
        {
            int depth = Indent + line.Length - line.TrimStart().Length;
            terminal.Output.WriteLine(new string(' ', depth) + Wrapping.Wrap(line, terminal.Width, Hanging).TrimStart());
        }
    }

    private static void WriteTitle(Terminal terminal, string title)
    {
        terminal.Output.WriteLine();
        terminal.Output.WriteLine(title);
    }
}
