using Proximal.Control.Environments.ClassicControl;
using Proximal.Control.Environments.RigidBodies;
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
            .Add(Define("cartpole", "A pole on a cart that is pushed left or right, to be kept upright.", "Barto, Sutton and Anderson 1983; CartPole-v1 of Gymnasium", () => new CartPole()))
            .Add(Define("lander", "A craft with three engines that is to land between two flags.", "LunarLander-v3 of Gymnasium, with legs that are springs", LanderOptions.Schema, o => new Lander(o)))
            .Add(Define("hopper2d", "A torso on one leg that is to hop to the right.", "Hopper-v5 of Gymnasium, in the plane with contacts that are springs", () => new Hopper2D()))
            .Add(Define("walker2d", "A torso on two legs that is to walk to the right.", "Walker2d-v5 of Gymnasium, in the plane with contacts that are springs", () => new Walker2D()));
    }

    private static ComponentDefinition<IEnvironment, NoOptions> Define(string key, string summary, string source, Func<IEnvironment> create) =>
        Define(key, summary, source, NoOptions.Schema, _ => create());

    private static ComponentDefinition<IEnvironment, TOptions> Define<TOptions>(
        string key, string summary, string source, OptionSchema<TOptions> options, Func<TOptions, IEnvironment> create)
        where TOptions : class => new(new ComponentInfo(key, Seam.Environments, summary, "", source), options, create);
}
