using Proximal.Control.Environments.ClassicControl;
using Proximal.Control.Environments.MinAtar;
using Proximal.Control.Environments.RigidBodies;
using Proximal.Control.Environments.SideScrolling;
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
        RigidBodyModule.Register(catalog);
        MinAtarModule.Register(catalog);
        SideScrollingModule.Register(catalog);
    }

    private static ComponentDefinition<IEnvironment, NoOptions> Define(string key, string summary, string source, Func<IEnvironment> create) =>
        Define(key, summary, source, NoOptions.Schema, _ => create());

    private static ComponentDefinition<IEnvironment, TOptions> Define<TOptions>(
        string key, string summary, string source, OptionSchema<TOptions> options, Func<TOptions, IEnvironment> create)
        where TOptions : class => new(new ComponentInfo(key, Seam.Environments, summary, "", source), options, create);
}
