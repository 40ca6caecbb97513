namespace Proximal.Tensors.Optimizers;

/// <summary>Factors for the parameters that a predicate on name and shape picks. The first group that picks a parameter counts.</summary>
public sealed record ParameterGroup
{
    /// <summary>Which parameters belong to the group.</summary>
    public required Func<Parameter, bool> Contains { get; init; }

    /// <summary>Factor on the learning rate, finite and 0 or more.</summary>
    public double LearningRateFactor { get; init; } = 1;

    /// <summary>Factor on the weight decay, finite and 0 or more.</summary>
    public double WeightDecayFactor { get; init; } = 1;

    /// <summary>No weight decay on scalars and vectors (norms, biases), as is usual.</summary>
    public static IReadOnlyList<ParameterGroup> NoDecayOnVectors { get; } =
        [new ParameterGroup { Contains = parameter => parameter.Shape.Rank <= 1, WeightDecayFactor = 0 }];
}
