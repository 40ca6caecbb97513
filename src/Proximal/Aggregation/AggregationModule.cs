using Proximal.Recipes;

namespace Proximal.Aggregation;

/// <summary>The aggregations that recipes can name.</summary>
public static class AggregationModule
{
    /// <summary>Adds every aggregation of this folder.</summary>
    public static void Register(ComponentCatalog<IAggregation> catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        catalog
            .Add(MeanAggregation.TokenMeanDefinition)
            .Add(MeanAggregation.SequenceMeanTokenSumDefinition)
            .Add(MeanAggregation.SequenceMeanTokenMeanDefinition)
            .Add(ConstantLengthAggregation.Definition);
    }
}
