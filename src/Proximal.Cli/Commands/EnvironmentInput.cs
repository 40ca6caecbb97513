using Proximal.Control.Environments;
using Proximal.Control.Recipes;
using Proximal.Recipes;

namespace Proximal.Cli.Commands;

/// <summary>Environments that are named on the command line, as <c>pendulum</c> or <c>{ name: pointmaze, layout: medium }</c>.</summary>
internal static class EnvironmentInput
{
    /// <summary>Makes the environment.</summary>
    /// <exception cref="CommandFailure">There is none of this name.</exception>
    /// <exception cref="RecipeException">Its options cannot be used.</exception>
    public static IEnvironment Create(string name)
    {
        if (name.StartsWith('{'))
        {
            return ControlRecipe.Parse($"environment: {name}\nalgorithm: cross-entropy").CreateEnvironment();
        }

        ControlCatalog catalog = ControlCatalog.CreateDefault();
        if (catalog.Environments.Find(name) is { } definition)
        {
            return new ComponentChoice(definition).Create<IEnvironment>();
        }

        string? nearest = EditDistance.Nearest(name, catalog.Environments.Components.Select(component => component.Info.Key));
        throw new CommandFailure($"--environment is '{name}', which is no environment", nearest is null ? "`proximal methods --seam environments` lists them" : $"did you mean '{nearest}'?");
    }
}
