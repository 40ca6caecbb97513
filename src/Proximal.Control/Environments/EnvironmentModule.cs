using Proximal.Control.Environments.Buildings;
using Proximal.Control.Environments.ClassicControl;
using Proximal.Control.Environments.Generation;
using Proximal.Control.Environments.MinAtar;
using Proximal.Control.Environments.MiniGrid;
using Proximal.Control.Environments.Navigation;
using Proximal.Control.Environments.RigidBodies;
using Proximal.Control.Environments.SideScrolling;
using Proximal.Control.Environments.TowerDefence;
using Proximal.Control.Environments.ToyText;
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
        ClassicControlModule.Register(catalog);
        ToyTextModule.Register(catalog);
        MiniGridModule.Register(catalog);
        NavigationModule.Register(catalog);
        RigidBodyModule.Register(catalog);
        MinAtarModule.Register(catalog);
        SideScrollingModule.Register(catalog);
        BuildingModule.Register(catalog);
        GenerationModule.Register(catalog);
        TowerDefenceModule.Register(catalog);
    }

    internal static ComponentDefinition<IEnvironment, NoOptions> Define(string key, string summary, string source, Func<IEnvironment> create) =>
        Define(key, summary, source, NoOptions.Schema, _ => create());

    internal static ComponentDefinition<IEnvironment, TOptions> Define<TOptions>(
        string key, string summary, string source, OptionSchema<TOptions> options, Func<TOptions, IEnvironment> create)
        where TOptions : class => new(new ComponentInfo(key, Seam.Environments, summary, "", source), options, create);
}
