using Proximal.Recipes;

namespace Proximal.Objectives;

/// <summary>The objectives that recipes can name.</summary>
public static class ObjectiveModule
{
    /// <summary>Adds every preset.</summary>
    public static void Register(ComponentCatalog<IObjectivePreset> catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        foreach (ObjectivePreset preset in ObjectivePresets.All.Concat(CollectionObjectives.All))
        {
            catalog.Add(preset.Definition);
        }

        foreach (ObjectivePreset preset in CriticObjectives.All)
        {
            catalog.Add(preset.Definition);
        }

        foreach (ObjectivePreset preset in StabilityObjectives.All)
        {
            catalog.Add(preset.Definition);
        }

        foreach (ObjectivePreset preset in TrustRegionObjectives.All)
        {
            catalog.Add(preset.Definition);
        }

        foreach (ObjectivePreset preset in AdvantageObjectives.All)
        {
            catalog.Add(preset.Definition);
        }

        foreach (ObjectivePreset preset in AgentObjectives.All)
        {
            catalog.Add(preset.Definition);
        }

        foreach (ObjectivePreset preset in SharedRolloutObjectives.All)
        {
            catalog.Add(preset.Definition);
        }

        foreach (ObjectivePreset preset in RetrievalObjectives.All)
        {
            catalog.Add(preset.Definition);
        }

        foreach (ObjectivePreset preset in ExplanationObjectives.All)
        {
            catalog.Add(preset.Definition);
        }
    }
}
