namespace Proximal.Tensors.Kernels;

/// <summary>Inputs of <see cref="CpuBackend.HeadBackward"/>, each with one row or one number a row.</summary>
internal unsafe struct LogSoftmaxGradients
{
    /// <summary>Length of a row.</summary>
    public int Columns;

    /// <summary>Logits. [rows, columns]</summary>
    public float* Logits;

    /// <summary>Statistics of the logits. [rows]</summary>
    public LogSoftmaxStatistics* Statistics;

    /// <summary>The token of each row. [rows]</summary>
    public int* Tokens;

    /// <summary>Gradient of the log-probability, or null. [rows]</summary>
    public float* LogProb;

    /// <summary>Gradient of the entropy, or null. [rows]</summary>
    public float* Entropy;

    /// <summary>Gradient of the divergence, or null. [rows]</summary>
    public float* Divergence;

    /// <summary>The divergence, where it has a gradient. [rows]</summary>
    public float* Divergences;

    /// <summary>Logits of the reference, where the divergence has a gradient. [rows, columns]</summary>
    public float* Reference;

    /// <summary>Statistics of the reference. [rows]</summary>
    public LogSoftmaxStatistics* ReferenceStatistics;

    /// <summary>Where the gradients go; may be the logits. [rows, columns]</summary>
    public float* Target;
}
