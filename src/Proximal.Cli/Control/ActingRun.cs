using Proximal.Cli.Terminals;
using Proximal.Control.Environments;
using Proximal.Control.Policies;
using Proximal.Control.Recipes;
using Proximal.Control.Runs;
using Proximal.Recipes;
using Proximal.Runs;

namespace Proximal.Cli.Control;

/// <summary>A control run whose policy acts.</summary>
internal sealed class ActingRun : IDisposable
{
    private ActingRun(RunFolder folder, ControlRecipe recipe, Policy policy) => (Folder, Recipe, Policy) = (folder, recipe, policy);

    public RunFolder Folder { get; }

    public ControlRecipe Recipe { get; }

    public Policy Policy { get; }

    /// <summary>Reads recipe and policy of a run.</summary>
    /// <exception cref="CommandFailure">The folder is none of a control run.</exception>
    /// <exception cref="RecipeException">Its recipe cannot be used.</exception>
    public static ActingRun Open(string path)
    {
        RunFolder folder = new(path);
        return folder.IsControlRun
            ? new ActingRun(folder, new ControlRecipeReader(ControlCatalog.CreateDefault()).ReadFile(folder.Recipe), folder.LoadPolicy())
            : throw new CommandFailure($"{SafeText.OneLine(path)} is no control run, expected a run folder", "`proximal train` makes one from a control recipe");
    }

    /// <summary>Refuses an environment of other spaces.</summary>
    /// <exception cref="CommandFailure">The policy cannot act in it.</exception>
    public void RequireFit(IEnvironment environment) => PolicyFit.Require(Policy, Folder, environment, environment.Specification.Name);

    public void Dispose() => Policy.Dispose();
}
