namespace Proximal.Tensors.Kernels.Lanes;

/// <summary>A piece of work that can be divided into ranges which do not depend on each other, written once for every lane set.</summary>
internal interface ILaneWork
{
    /// <summary>Does items <paramref name="start"/> up to but not including <paramref name="end"/>.</summary>
    /// <param name="start">First item.</param>
    /// <param name="end">One past the last item.</param>
    /// <param name="worker">Which worker runs it: an index for scratch memory.</param>
    void Run<T>(int start, int end, int worker)
        where T : struct, ILanes<T>;
}
