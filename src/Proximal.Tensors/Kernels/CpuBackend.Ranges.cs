using Proximal.Tensors.Kernels.Lanes;

namespace Proximal.Tensors.Kernels;

internal sealed partial class CpuBackend
{
    /// <summary>Elements that a range of work holds at least: handing it out must cost little against doing it.</summary>
    private const int ElementsPerRange = 16384;

    private static int ItemsPerRange(long elementsPerItem) => (int)Math.Max(1, ElementsPerRange / Math.Max(1, elementsPerItem));

    /// <summary>Spreads work over the workers on the registers in use.</summary>
    private void Spread<TWork>(int count, int grain, TWork work)
        where TWork : struct, ILaneWork
    {
        LaneRanges<TWork> job = new() { Set = LaneSet, Work = work };
        Workers.For(count, grain, ref job);
    }

    private struct LaneRanges<TWork> : IRangeWork
        where TWork : struct, ILaneWork
    {
        public LaneSet Set;
        public TWork Work;

        public void Run(int start, int end, int worker)
        {
            switch (Set)
            {
                case LaneSet.One512:
                    Work.Run<Lanes512>(start, end);
                    break;
                case LaneSet.Two256:
                    Work.Run<Lanes256>(start, end);
                    break;
                default:
                    Work.Run<Lanes128>(start, end);
                    break;
            }
        }
    }
}
