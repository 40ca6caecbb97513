using Proximal.Recipes;
using Proximal.Rollouts;

namespace Proximal.Ratios;

/// <summary>Current and old log-probabilities to importance ratios.</summary>
public interface IRatio : IComponent
{
    /// <summary>Writes the ratio of every token; 1 where the mask is 0.</summary>
    /// <param name="batch">The minibatch.</param>
    /// <param name="ratio">Receives the ratios. [tokens]</param>
    /// <param name="clipped">All zero at the call; a ratio that clips by itself sets <see cref="Clipping.ClipMark.TrustRegion"/> where it did. [tokens]</param>
    void Compute(PathBatch batch, Span<float> ratio, Span<byte> clipped);

    /// <summary>Adds to the gradient with respect to <see cref="PathBatch.Current"/>, given the gradient with respect to the ratios.</summary>
    /// <param name="batch">The minibatch of the last <see cref="Compute"/>.</param>
    /// <param name="ratio">The ratios that <see cref="Compute"/> wrote. [tokens]</param>
    /// <param name="ratioGradient">Derivative of the loss with respect to each ratio. [tokens]</param>
    /// <param name="currentGradient">Receives the sum. [tokens]</param>
    void Backward(PathBatch batch, ReadOnlySpan<float> ratio, ReadOnlySpan<float> ratioGradient, Span<float> currentGradient);
}
