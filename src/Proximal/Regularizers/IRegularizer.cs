using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Regularizers;

/// <summary>A penalty (or bonus) on each token next to the surrogate.</summary>
public interface IRegularizer : IComponent
{
    /// <summary>Name of its metric, as <c>kl</c>.</summary>
    string Metric { get; }

    /// <summary>Adds the penalty of every token whose mask is 1, with its derivatives.</summary>
    /// <returns>The sum over those tokens of the quantity itself, before the coefficient: what the metric reports as a mean.</returns>
    double Apply(PathBatch batch, Penalty penalty);
}
