using Proximal.Cli.Terminals;
using Proximal.Recipes;

namespace Proximal.Cli.Commands;

/// <summary>Components for people.</summary>
internal static class ComponentText
{
    private const int Indent = 2;

    /// <summary>A seam as it is written on the command line.</summary>
    public static string Name(Seam seam) => seam.ToString().ToLowerInvariant();

    public static void WriteList(Terminal terminal, ComponentCatalog[] catalogs)
    {
        int column = catalogs.SelectMany(c => c.Components).Select(c => c.Info.Key.Length).DefaultIfEmpty().Max() + (2 * Indent);
        foreach (ComponentCatalog catalog in catalogs)
        {
            terminal.Output.WriteLine(terminal.Paint(Name(catalog.Seam), Ink.Bold));
            foreach (ComponentDefinition component in catalog.Components)
            {
                string summary = Wrapping.Wrap(component.Info.Summary, terminal.Width, column).TrimStart();
                terminal.Output.WriteLine($"{new string(' ', Indent)}{terminal.Paint(component.Info.Key.PadRight(column - Indent), Ink.Cyan)}{summary}");
            }

            terminal.Output.WriteLine();
        }

        terminal.Output.WriteLine("`proximal methods show KEY` tells more about one of them.");
    }

    public static void Write(Terminal terminal, ComponentDefinition component)
    {
        ComponentInfo info = component.Info;
        terminal.Output.WriteLine($"{terminal.Paint(info.Key, Ink.Bold)} ({Name(info.Seam)})");
        terminal.Output.WriteLine(Wrapping.Wrap(info.Summary, terminal.Width, Indent));
        WriteBlock(terminal, "Formula", info.Formula);
        WriteBlock(terminal, "Source", info.Reference);
        if (info.Seam == Seam.Objectives)
        {
            WriteParts(terminal, info.Key);
        }

        if (component.Options.Options.Count == 0)
        {
            return;
        }

        terminal.Output.WriteLine();
        TextTable table = new("option", "default", "values", "meaning");
        foreach (OptionDescription option in component.Options.Options)
        {
            table.Add(option.Key, option.Default ?? "required", Values(option), option.Description);
        }

        table.Write(terminal);
    }

    /// <summary>The components that a named objective stands for, as a recipe gets them.</summary>
    private static void WriteParts(Terminal terminal, string key)
    {
        RecipeReader reader = new(Catalog.CreateDefault());
        PolicyStage stage = reader.Read($"task: digit-completion\npolicy: {{ objective: {key} }}").Policy!;
        (string Key, IEnumerable<ComponentChoice?> Choices)[] parts =
        [
            ("shaping", stage.Shaping),
            ("advantage", [stage.Advantage]),
            ("ratio", [stage.Ratio]),
            ("correction", [stage.Correction]),
            ("clipping", [stage.Clipping]),
            ("regularizers", stage.Regularizers),
            ("aggregation", [stage.Aggregation]),
            ("selection", stage.Selection),
        ];
        terminal.Output.WriteLine();
        TextTable table = new("key", "component");
        foreach ((string name, IEnumerable<ComponentChoice?> choices) in parts)
        {
            foreach (ComponentChoice choice in choices.OfType<ComponentChoice>())
            {
                table.Add(name, choice.ToString());
            }
        }

        table.Write(terminal);
    }

    private static void WriteBlock(Terminal terminal, string title, string text)
    {
        if (text.Length > 0)
        {
            terminal.Output.WriteLine();
            terminal.Output.WriteLine(title);
            terminal.Output.WriteLine(Wrapping.Wrap(text, terminal.Width, Indent));
        }
    }

    private static string Values(OptionDescription option) => option.Kind switch
    {
        OptionKind.Choice => string.Join(", ", option.Choices),
        OptionKind.Flag => "true, false",
        OptionKind.Text => "text",
        OptionKind.TextList => "texts",
        OptionKind.NumberList => "numbers",
        OptionKind.IntegerList => $"list; {Range(option)}",
        _ => Range(option),
    };

    private static string Range(OptionDescription option)
    {
        string kind = option.Kind is OptionKind.Integer or OptionKind.IntegerList ? "whole" : "number";
        return (option.Minimum, option.Maximum) switch
        {
            ({ } low, { } high) => FormattableString.Invariant($"{kind}, {low} to {high}"),
            ({ } low, null) => FormattableString.Invariant($"{kind}, from {low}"),
            (null, { } high) => FormattableString.Invariant($"{kind}, up to {high}"),
            _ => kind,
        };
    }
}
