using Proximal.Recipes;

namespace Proximal.Control.Environments.MiniGrid;

/// <summary>The tasks in a MiniGrid that recipes can name.</summary>
internal static class MiniGridModule
{
    public static void Register(ComponentCatalog<IEnvironment> catalog) => catalog
        .Add(EnvironmentModule.Define("minigrid-doorkey", "A key opens the door to the room of the goal.", "Chevalier-Boisvert et al. 2023, MiniGrid-DoorKey", DoorKeyOptions.Schema, o => new DoorKey(o)))
        .Add(EnvironmentModule.Define("minigrid-unlockpickup", "A key opens the door to the room of a box that is to be picked up.", "Chevalier-Boisvert et al. 2023, MiniGrid-UnlockPickup", MiniGridOptions.Schema, o => new UnlockPickup(o)))
        .Add(EnvironmentModule.Define("minigrid-fourrooms", "A goal somewhere in four rooms with a gap in each wall.", "Chevalier-Boisvert et al. 2023, MiniGrid-FourRooms", MiniGridOptions.Schema, o => new FourRooms(o)));
}
