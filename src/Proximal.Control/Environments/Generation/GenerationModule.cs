using Proximal.Recipes;

namespace Proximal.Control.Environments.Generation;

/// <summary>The generative problems that recipes can name.</summary>
internal static class GenerationModule
{
    public static void Register(ComponentCatalog<IEnvironment> catalog) => catalog
        .Add(EnvironmentModule.Define("flow2d", "Points on a ring of eight normal distributions, judged by a proxy with a loophole.", "", Flow2DOptions.Schema, o => new Flow2D(o)));
}
