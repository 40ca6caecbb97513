using Proximal.Control.Recipes;
using Proximal.Recipes;

namespace Proximal.Control.Environments.RigidBodies;

/// <summary>The environments of rigid bodies that recipes can name.</summary>
internal static class RigidBodyModule
{
    public static void Register(ComponentCatalog<IEnvironment> catalog) => catalog
        .Add(new ComponentDefinition<IEnvironment, LanderOptions>(
            new ComponentInfo("lander", Seam.Environments, "A spacecraft is to come down softly on its pad.", "", "LunarLander-v3 of Gymnasium, on legs that are springs"),
            LanderOptions.Schema,
            options => new Lander(options)))
        .Add(new ComponentDefinition<IEnvironment, NoOptions>(
            new ComponentInfo("hopper2d", Seam.Environments, "A torso on one leg hops to the right.", "", "Hopper-v5 of Gymnasium, in the plane and on ground that is a spring"),
            NoOptions.Schema,
            _ => new Hopper2D()))
        .Add(new ComponentDefinition<IEnvironment, NoOptions>(
            new ComponentInfo("walker2d", Seam.Environments, "A torso on two legs walks to the right.", "", "Walker2d-v5 of Gymnasium, in the plane and on ground that is a spring"),
            NoOptions.Schema,
            _ => new Walker2D()))
        .Add(new ComponentDefinition<IEnvironment, TrackQuadOptions>(
            new ComponentInfo("trackquad2d", Seam.Environments, "A robot on four legs runs at a commanded speed while it is pushed.", "", "a planar stand-in for the quadrupeds of robust locomotion, with rewards as in legged_gym (Rudin et al. 2021)"),
            TrackQuadOptions.Schema,
            options => new TrackQuad2D(options)));
}
