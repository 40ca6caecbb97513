using System.CommandLine;
using Proximal.Cli.Methods;
using Proximal.Cli.Parsing;
using Proximal.Cli.Terminals;
using Proximal.Control.Recipes;
using Proximal.Recipes;

namespace Proximal.Cli.Commands;

/// <summary><c>proximal methods</c>: everything that recipes can name.</summary>
internal static class MethodsCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<string?> seam = new("--seam") { HelpName = "NAME", Description = "Only the components of one seam, as objectives, tasks or algorithms." };
        Option<bool> json = new("--json") { Description = "Print JSON for machines." };
        ExampleCommand command = new(
            "methods",
            "List the methods and other components that recipes can name. Each belongs to a seam: a place in the flow of training, such as advantages or clipping. Environments, wrappers and algorithms are those of control recipes.",
            "proximal methods",
            "proximal methods --seam objectives",
            "proximal methods show grpo");
        command.Options.Add(seam);
        command.Options.Add(json);
        command.Subcommands.Add(CreateShow(terminal));
        command.Subcommands.Add(CreateRecipe(terminal));
        command.SetAction(line =>
        {
            ComponentCatalog[] catalogs = Select(line.GetValue(seam));
            if (line.GetValue(json))
            {
                JsonText.WriteIndented(terminal.Output, writer => ComponentJson.Write(writer, catalogs.SelectMany(c => c.Components)));
            }
            else
            {
                ComponentText.WriteList(terminal, catalogs);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static ExampleCommand CreateShow(Terminal terminal)
    {
        Argument<string> key = new("key") { HelpName = "KEY", Description = "Name of the component, as recipes have it." };
        Option<bool> json = new("--json") { Description = "Print JSON for machines." };
        ExampleCommand command = new(
            "show",
            "Show one component: what it does and how it works, its formula, its options with their defaults and ranges, its recipes, and its source. "
            + "Of an objective also the components that it stands for.",
            "proximal methods show ppo");
        command.Arguments.Add(key);
        command.Options.Add(json);
        command.SetAction(line =>
        {
            ComponentDefinition[] found = Find(line.GetRequiredValue(key));
            if (line.GetValue(json))
            {
                JsonText.WriteIndented(terminal.Output, writer => ComponentJson.Write(writer, found));
                return ExitCode.Success;
            }

            for (int i = 0; i < found.Length; i++)
            {
                terminal.Output.Write(i == 0 ? "" : Environment.NewLine);
                ComponentText.Write(terminal, found[i]);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static ExampleCommand CreateRecipe(Terminal terminal)
    {
        Argument<string> name = new("name") { HelpName = "NAME", Description = "Name of the recipe: a method's key, or ENVIRONMENT-ALGORITHM of control." };
        ExampleCommand command = new(
            "recipe",
            "Print a recipe that comes with Proximal, with its notes on what was seen.",
            "proximal methods recipe grpo",
            "proximal methods recipe cartpole-ppo > my-cartpole.yaml");
        command.Arguments.Add(name);
        command.SetAction(line =>
        {
            terminal.Output.Write(RecipeFiles.Read(FindRecipe(line.GetRequiredValue(name))));
            return ExitCode.Success;
        });
        return command;
    }

    private static string FindRecipe(string name)
    {
        IReadOnlyList<string> all = RecipeFiles.All;
        return all.FirstOrDefault(path => path == name || Path.GetFileNameWithoutExtension(path) == name)
            ?? throw new CommandFailure($"there is no recipe '{name}'", Suggest(name, all.Select(path => Path.GetFileNameWithoutExtension(path))) ?? "`proximal methods show KEY` names those of a method");
    }

    /// <summary>Those of language models, then those of control.</summary>
    private static ComponentCatalog[] All() => [.. Catalog.CreateDefault().All, .. ControlCatalog.CreateDefault().All];

    private static ComponentCatalog[] Select(string? name)
    {
        ComponentCatalog[] all = All();
        if (name is null)
        {
            return all;
        }

        ComponentCatalog[] chosen = [.. all.Where(c => ComponentText.Name(c.Seam).Equals(name, StringComparison.OrdinalIgnoreCase))];
        string[] names = [.. all.Select(c => ComponentText.Name(c.Seam))];
        return chosen.Length > 0
            ? chosen
            : throw new CommandFailure($"--seam is '{name}', expected one of {string.Join(", ", names)}", Suggest(name, names));
    }

    private static ComponentDefinition[] Find(string key)
    {
        ComponentDefinition[] all = [.. All().SelectMany(c => c.Components)];
        ComponentDefinition[] found = [.. all.Where(c => c.Info.Key == key)];
        return found.Length > 0
            ? found
            : throw new CommandFailure($"there is no component '{key}'", Suggest(key, all.Select(c => c.Info.Key)) ?? "`proximal methods` lists all of them");
    }

    private static string? Suggest(string name, IEnumerable<string> candidates) =>
        EditDistance.Nearest(name, candidates) is { } nearest ? $"did you mean '{nearest}'?" : null;
}
