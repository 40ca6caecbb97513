namespace Proximal.Control.Learning;

/// <summary>
/// A loss over the rows of a batch, by its derivatives with respect to what the networks give out. The two methods may run at the same time on
/// two threads.
/// </summary>
public abstract class ActorCriticLoss
{
    /// <summary>The part of the loss that the distributions over actions decide.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="distributions">Parameters of the distributions [rows, parameter width].</param>
    /// <param name="gradient">Receives the derivatives [rows, parameter width].</param>
    public abstract void Policy(RolloutBatch batch, ReadOnlySpan<float> distributions, Span<float> gradient);

    /// <summary>The part of the loss that the values decide.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="values">[rows].</param>
    /// <param name="gradient">Receives the derivatives [rows].</param>
    public abstract void Value(RolloutBatch batch, ReadOnlySpan<float> values, Span<float> gradient);
}
