using Proximal.Aggregation;
using Proximal.Rollouts;

namespace Proximal.Objectives;

/// <summary>
/// The loss of the critic, <c>c_v/2 Σ_t a_t max((V - Ret)², (V_c - Ret)²)</c> with <c>V_c = clip(V, V_old - ε_v, V_old + ε_v)</c>. Schulman et al. 2017;
/// the clipping follows the authors' implementation.
/// </summary>
public sealed class ValueObjective(ValueObjectiveOptions options, IAggregation aggregation)
{
    private float[] weights = [];

    /// <summary>What the last minibatch showed.</summary>
    public ValueMetrics Metrics { get; } = new();

    /// <summary>Loss of one token, its derivative with respect to the value, and whether the clip was active.</summary>
    /// <param name="value">V.</param>
    /// <param name="oldValue">V_old.</param>
    /// <param name="target">Ret.</param>
    /// <param name="clip">ε_v, or 0 for none.</param>
    public static (double Loss, double Gradient, bool Clipped) Token(double value, double oldValue, double target, double clip)
    {
        double error = value - target;
        double clippedError = clip == 0 ? error : Math.Clamp(value, oldValue - clip, oldValue + clip) - target;
        bool active = clippedError * clippedError > error * error;
        return active ? (0.5 * clippedError * clippedError, 0, true) : (0.5 * error * error, error, false);
    }

    /// <summary>Loss, metrics and gradient of a minibatch.</summary>
    /// <param name="batch">The minibatch with values, old values and returns.</param>
    /// <param name="gradient">Receives the gradient with respect to <see cref="PathBatch.Values"/>. [tokens]</param>
    /// <exception cref="NonFiniteException">A value or return that is not finite.</exception>
    public ValueMetrics Evaluate(PathBatch batch, Span<float> gradient)
    {
        Prepare(batch);
        EvaluatePart(batch, 0, gradient);
        return Metrics;
    }

    /// <summary>Begins a minibatch that is evaluated in parts, and resets <see cref="Metrics"/>.</summary>
    /// <param name="minibatch">The whole minibatch.</param>
    public void Prepare(PathBatch minibatch)
    {
        ArgumentNullException.ThrowIfNull(minibatch);
        Metrics.Reset();
        aggregation.Compute(minibatch, Columns.Rent(ref weights, minibatch.TokenCount));
    }

    /// <summary>Adds one part of the minibatch of <see cref="Prepare"/>.</summary>
    /// <param name="part">A window of whole groups on the minibatch.</param>
    /// <param name="firstToken">Where the part begins in the minibatch.</param>
    /// <param name="gradient">Receives the gradient of this part. [tokens of the part]</param>
    /// <returns>The part's share of the loss.</returns>
    /// <exception cref="NonFiniteException">A value or return that is not finite.</exception>
    public double EvaluatePart(PathBatch part, int firstToken, Span<float> gradient)
    {
        ArgumentNullException.ThrowIfNull(part);
        Columns.RequireFinite("critic", part, part.Values, "value");
        Columns.RequireFinite("critic", part, part.Returns, "return");
        double total = 0;
        for (int t = 0; t < part.TokenCount; t++)
        {
            gradient[t] = 0;
            if (part.Mask[t] != 0)
            {
                double weight = options.Coefficient * weights[firstToken + t];
                (double loss, double slope, bool clipped) = Token(part.Values[t], part.OldValues[t], part.Returns[t], options.Clip);
                gradient[t] = (float)(weight * slope);
                total += weight * loss;
                Metrics.AddToken(part.Values[t], part.Returns[t], clipped);
            }
        }

        Metrics.AddLoss(total);
        return total;
    }
}
