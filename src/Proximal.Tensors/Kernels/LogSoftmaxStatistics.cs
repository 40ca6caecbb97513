using System.Runtime.CompilerServices;
using Proximal.Tensors.Kernels.Lanes;

namespace Proximal.Tensors.Kernels;

/// <summary>What turns a row of logits into log-probabilities.</summary>
internal struct LogSoftmaxStatistics
{
    /// <summary>Floats of a row's statistics.</summary>
    public const int Floats = 3;

    /// <summary>The largest logit.</summary>
    public float Maximum;

    /// <summary>log Σ exp(x - maximum).</summary>
    public float LogSum;

    /// <summary>-Σ p log p.</summary>
    public float Entropy;

    /// <summary>Log-probabilities of lanes of logits, bounded below so that p log p is 0 where p is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly T LogProbs<T>(T logits)
        where T : struct, ILanes<T> =>
        T.Max(T.Broadcast(CpuBackend.SmallestLogProb), logits - T.Broadcast(Maximum) - T.Broadcast(LogSum));
}
