using System.CommandLine;
using Proximal.Control.Recipes;
using Proximal.Environments.Tools;
using Proximal.Recipes;

namespace Proximal.Cli.Commands;

/// <summary>The argument and the option by which commands take a recipe.</summary>
internal sealed class RecipeInput
{
    public Argument<string> Path { get; } = new("recipe") { HelpName = "RECIPE", Description = "The recipe, a YAML file." };

    public Option<string[]> Changes { get; } = CreateChanges();

    /// <summary>The option that changes single values of a recipe.</summary>
    public static Option<string[]> CreateChanges() => new("--set")
    {
        HelpName = "KEY=VALUE",
        Description = "Changes a value of the recipe, as in --set policy.steps=100; may be given several times.",
        Arity = ArgumentArity.OneOrMore,
    };

    public void AddTo(Command command)
    {
        command.Arguments.Add(Path);
        command.Options.Add(Changes);
    }

    /// <summary>Whether the recipe is one of control.</summary>
    public bool IsControl(ParseResult line) => ControlRecipeReader.IsControlRecipe(line.GetRequiredValue(Path));

    /// <summary>Reads a control recipe with the changes.</summary>
    /// <exception cref="RecipeException">It cannot be used.</exception>
    public ControlRecipe ReadControl(ParseResult line)
    {
        string path = line.GetRequiredValue(Path);
        return ControlRecipePaths.Locate(new ControlRecipeReader(ControlCatalog.CreateDefault()).ReadFile(path, line.GetValue(Changes) ?? []), path);
    }

    /// <summary>Reads the recipe with the changes.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="tools">What the tools of the recipe are; those that work inside this process by default.</param>
    /// <exception cref="RecipeException">It cannot be used.</exception>
    public Recipe Read(ParseResult line, ToolCatalog? tools = null)
    {
        string path = line.GetRequiredValue(Path);
        return RecipePaths.Locate(new RecipeReader(Catalog.CreateDefault(tools)).ReadFile(path, line.GetValue(Changes) ?? []), path);
    }
}
