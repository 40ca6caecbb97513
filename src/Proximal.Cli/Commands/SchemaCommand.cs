using System.CommandLine;
using Proximal.Cli.Parsing;
using Proximal.Cli.Terminals;
using Proximal.Control.Recipes;
using Proximal.Recipes;
using Proximal.Tensors.Files;

namespace Proximal.Cli.Commands;

/// <summary><c>proximal schema</c>: the JSON schema by which editors check and complete recipes.</summary>
internal static class SchemaCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<string?> output = new("--out") { HelpName = "FILE", Description = "Writes to a file instead of the terminal." };
        Option<bool> control = new("--control") { Description = "The schema of control recipes instead of those of language models." };
        ExampleCommand command = new(
            "schema",
            "Print the JSON schema of recipes. An editor that knows it completes keys, shows their meaning and marks mistakes.",
            "proximal schema --out recipes/recipe.schema.json",
            "proximal schema --control --out recipes/control/recipe.schema.json");
        command.Options.Add(control);
        command.Options.Add(output);
        command.SetAction(line =>
        {
            string schema = line.GetValue(control) ? ControlRecipeSchema.Write(ControlCatalog.CreateDefault()) : RecipeSchema.Write(Catalog.CreateDefault());
            if (line.GetValue(output) is { } path)
            {
                AtomicFile.WriteText(path, schema);
                terminal.Output.WriteLine($"Wrote {SafeText.OneLine(path)}");
            }
            else
            {
                terminal.Output.Write(schema);
            }

            return ExitCode.Success;
        });
        return command;
    }
}
