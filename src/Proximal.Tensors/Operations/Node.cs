namespace Proximal.Tensors.Operations;

/// <summary>One use of an operation, as the tape records it. A value type in a reused array, so that recording allocates nothing.</summary>
internal unsafe struct Node
{
    public Operation Operation;
    public Tensor Output;

    /// <summary>A second output (the entropy next to the log-probability, for instance).</summary>
    public Tensor? SecondOutput;

    /// <summary>A third output (the divergence from a reference, for instance).</summary>
    public Tensor? ThirdOutput;

    public Tensor A;
    public Tensor? B;
    public Tensor? C;
    public Tensor? D;

    /// <summary>Small settings: axes, flags, sizes.</summary>
    public int I0;
    public int I1;
    public int I2;
    public int I3;

    public float F0;
    public float F1;

    /// <summary>Memory of the arena that the forward pass left for the backward pass.</summary>
    public float* Saved;
    public float* Saved2;

    /// <summary>Indices that the forward pass copied into the arena.</summary>
    public int* Indices;
    public int* Indices2;

    /// <summary>A shared immutable structure, such as a segment layout.</summary>
    public object? State;
}
