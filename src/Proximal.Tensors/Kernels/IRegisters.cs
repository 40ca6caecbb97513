namespace Proximal.Tensors.Kernels;

/// <summary>The few vector instructions of a matrix kernel, so that one source serves every width.</summary>
/// <typeparam name="TVector">The vector type.</typeparam>
internal unsafe interface IRegisters<TVector>
    where TVector : struct
{
    /// <summary>Floats a vector holds.</summary>
    static abstract int Count { get; }

    /// <summary>Rows of the largest tile of two vectors that the register file holds beside its operands.</summary>
    static abstract int MaximumRows { get; }

    static abstract TVector Load(float* source);

    static abstract void Store(TVector value, float* destination);

    /// <summary>Asks for a cache line that will be needed soon, whether it exists or not; nothing where there is no such instruction.</summary>
    static abstract void Prefetch(float* address);

    static abstract TVector Broadcast(float* source);

    /// <summary>left * right + addend; rounded once where the processor can.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);
}
