using Proximal.Recipes;

namespace Proximal.Control.Environments.Buildings;

/// <summary>The buildings that recipes can name.</summary>
internal static class BuildingModule
{
    public static void Register(ComponentCatalog<IEnvironment> catalog) => catalog
        .Add(EnvironmentModule.Define(
            "hvac-zone",
            "A thermostat's setpoints keep a zone comfortable while people are there, with little effort.",
            "An et al. 2024, \"Go Beyond Black-box Policies\" (Veri-HVAC), with a zone of one resistance and one capacitance in place of EnergyPlus",
            HvacZoneOptions.Schema,
            o => new HvacZone(o)));
}
