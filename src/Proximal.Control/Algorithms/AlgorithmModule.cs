using Proximal.Control.Algorithms.Evolution;
using Proximal.Control.Algorithms.Flow;
using Proximal.Control.Algorithms.Meta;
using Proximal.Control.Algorithms.Planning;
using Proximal.Recipes;

namespace Proximal.Control.Algorithms;

/// <summary>The algorithms that recipes can name.</summary>
public static class AlgorithmModule
{
    /// <summary>Adds all of them.</summary>
    public static void Register(ComponentCatalog<Algorithm> catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        OffPolicy.OffPolicyModule.Register(catalog);
        Offline.OfflineModule.Register(catalog);
        catalog
            .Add(Ppo.Definition)
            .Add(Ppo.ContinuousDefinition)
            .Add(A2c.Definition)
            .Add(Reinforce.Definition)
            .Add(Trpo.Definition)
            .Add(EvolutionStrategies.Definition)
            .Add(AugmentedRandomSearch.Definition)
            .Add(CrossEntropyMethod.Definition)
            .Add(Reptile.Definition)
            .Add(VeriHvac.Definition)
            .Add(FlowGrpo.Definition)
            .Add(FlowGrpo.GuardDefinition);
    }
}
