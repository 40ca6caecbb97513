using Proximal.Control.Recipes;
using Proximal.Recipes;

namespace Proximal.Control.Environments.MinAtar;

/// <summary>The games that recipes can name.</summary>
internal static class MinAtarModule
{
    public static void Register(ComponentCatalog<IEnvironment> catalog) => catalog
        .Add(Define("minatar-breakout", "A paddle keeps a ball in play that knocks out bricks.", options => new Breakout(options)))
        .Add(Define("minatar-asterix", "Gold is collected and enemies are avoided, faster and faster.", options => new Asterix(options)))
        .Add(Define("minatar-freeway", "A chicken crosses a road of eight lanes.", options => new Freeway(options)))
        .Add(Define("minatar-spaceinvaders", "A cannon shoots at marching aliens that shoot back.", options => new SpaceInvaders(options)))
        .Add(Define("minatar-seaquest", "A submarine shoots, takes divers aboard and surfaces for air.", options => new Seaquest(options)));

    private static ComponentDefinition<IEnvironment, MinAtarOptions> Define(string key, string summary, Func<MinAtarOptions, IEnvironment> create) =>
        new(new ComponentInfo(key, Seam.Environments, summary, "", "Young and Tian 2019, arXiv:1903.03176"), MinAtarOptions.Schema, create);
}
