using Proximal.Tensors;

namespace Proximal.Supplements;

/// <summary>
/// A loss beside that of the objective, from targets that are not the rollouts of the step: explanations, traces of an expert, pairs to prefer. A supplement
/// prepares its targets once a step and adds their gradient in every update.
/// </summary>
public interface ISupplement
{
    /// <summary>What metrics call its loss: <c>loss/name</c>.</summary>
    string Name { get; }

    /// <summary>Networks of its own, by name, which a checkpoint must hold.</summary>
    IEnumerable<(string Name, IReadOnlyList<Parameter> Parameters)> Networks => [];

    /// <summary>Prepares the targets of a step, after its rollouts and before its first update.</summary>
    void Begin(SupplementStep step);

    /// <summary>Adds the gradient of the loss, times its coefficient, to the parameters of the policy.</summary>
    /// <returns>The loss without its coefficient; null where this update has no target.</returns>
    double? AddGradient(SupplementUpdate update);
}
