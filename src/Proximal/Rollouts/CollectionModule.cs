using Proximal.Recipes;
using Proximal.Rollouts.Probes;
using Proximal.Rollouts.Steps;

namespace Proximal.Rollouts;

/// <summary>The ways to collect rollouts that recipes can name.</summary>
public static class CollectionModule
{
    /// <summary>Adds every way of this folder.</summary>
    public static void Register(ComponentCatalog<CollectionSettings> catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        catalog
            .Add(OnPolicyCollection.Definition)
            .Add(StaleCollection.Definition)
            .Add(StagedCollection.Definition)
            .Add(ReplayCollection.Definition)
            .Add(PartialCollection.Definition)
            .Add(RexRagCollection.Definition)
            .Add(GoldStepCollection.Definition);
    }
}
