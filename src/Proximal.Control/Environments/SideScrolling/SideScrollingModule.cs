using Proximal.Control.Recipes;
using Proximal.Recipes;

namespace Proximal.Control.Environments.SideScrolling;

/// <summary>The side-scrolling games that recipes can name.</summary>
internal static class SideScrollingModule
{
    public static void Register(ComponentCatalog<IEnvironment> catalog) => catalog
        .Add(new ComponentDefinition<IEnvironment, PlatformerOptions>(
            new ComponentInfo("platformer", Seam.Environments, "A player runs and jumps to the end of a level, past gaps, pipes and walkers.", "", "in the manner of Super Mario Bros.; levels are generated"),
            PlatformerOptions.Schema,
            options => new Platformer(options)));
}
