using Proximal.Tensors.Kernels;

namespace Proximal.Tensors.Operations;

/// <summary>
/// What the head of a language model keeps between forward and backward: the hidden rows it used, statistics a row, and the logits where they are few.
/// Otherwise logits exist for a block of rows at a time and the backward pass computes them again.
/// </summary>
internal readonly unsafe struct HeadMemory
{
    /// <summary>Logits that are kept for the backward pass at most.</summary>
    public const long KeptLogits = 1 << 22;

    /// <summary>Logits of a block of rows.</summary>
    public const long BlockLogits = 1 << 20;

    public HeadMemory(float* memory, int rows, int hidden, int vocabulary, int referenceHidden, bool recorded)
    {
        Kept = recorded && (long)rows * vocabulary <= KeptLogits;
        BlockRows = Kept ? rows : (int)Math.Clamp(BlockLogits / vocabulary, 1, Math.Max(1, rows));
        Hidden = memory;
        Statistics = (LogSoftmaxStatistics*)(Hidden + ((long)rows * hidden));
        Logits = (float*)(Statistics + rows);
        float* end = Logits + ((long)BlockRows * vocabulary);
        ReferenceHidden = end;
        ReferenceStatistics = (LogSoftmaxStatistics*)(ReferenceHidden + ((long)rows * referenceHidden));
        ReferenceLogits = referenceHidden > 0 ? (float*)(ReferenceStatistics + rows) : null;
        Length = (referenceHidden > 0 ? ReferenceLogits + ((long)BlockRows * vocabulary) : end) - memory;
    }

    /// <summary>Whether all logits are kept.</summary>
    public bool Kept { get; }

    /// <summary>Rows whose logits exist at once.</summary>
    public int BlockRows { get; }

    /// <summary>Floats in all.</summary>
    public long Length { get; }

    /// <summary>[rows, hidden]</summary>
    public float* Hidden { get; }

    /// <summary>[rows]</summary>
    public LogSoftmaxStatistics* Statistics { get; }

    /// <summary>[block rows, vocabulary]</summary>
    public float* Logits { get; }

    /// <summary>[rows, reference hidden]</summary>
    public float* ReferenceHidden { get; }

    /// <summary>[rows]</summary>
    public LogSoftmaxStatistics* ReferenceStatistics { get; }

    /// <summary>[block rows, vocabulary]; null without a reference.</summary>
    public float* ReferenceLogits { get; }
}
