namespace Proximal.Tensors.Optimizers;

/// <summary>
/// <see cref="Adam"/> with weight decay of its own: w -= lr decay w before the step, apart from the gradient (Loshchilov and Hutter 2019).
/// The decay is 0.01 unless set.
/// </summary>
public sealed class AdamW : Adam
{
    /// <summary>Creates the optimizer.</summary>
    /// <exception cref="ArgumentException">A setting is outside its range, or two parameters share a name.</exception>
    public AdamW(IReadOnlyList<Parameter> parameters, AdamOptions? options = null, Workers? workers = null)
        : base(parameters, options ?? new AdamOptions { WeightDecay = 0.01 }, workers, decoupled: true)
    {
    }
}
