using Proximal.Control.Environments.ClassicControl;
using Proximal.Control.Recipes;
using Proximal.Recipes;

namespace Proximal.Control.Environments;

/// <summary>The environments that recipes can name.</summary>
public static class EnvironmentModule
{
    /// <summary>Adds all of them.</summary>
    public static void Register(ComponentCatalog<IEnvironment> catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        catalog
            .Add(Define("cartpole", "A pole on a cart that is pushed left or right, to be kept upright.", "Barto, Sutton and Anderson 1983; CartPole-v1 of Gymnasium", () => new CartPole()));
    }

    private static ComponentDefinition<IEnvironment, NoOptions> Define(string key, string summary, string source, Func<IEnvironment> create) =>
        new(new ComponentInfo(key, Seam.Environments, summary, "", source), NoOptions.Schema, _ => create());
}
