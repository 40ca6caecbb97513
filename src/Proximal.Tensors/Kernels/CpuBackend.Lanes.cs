using Proximal.Tensors.Kernels.Lanes;

namespace Proximal.Tensors.Kernels;

internal sealed partial class CpuBackend
{
    /// <summary>Numbers that an elementwise kernel works through before another thread is worth waking.</summary>
    public const int ElementsPerShare = 1 << 14;

    /// <summary>Divides work over the workers, in the lanes of <see cref="InstructionSet"/>.</summary>
    /// <param name="count">Number of items.</param>
    /// <param name="grain">Items that a range holds at least.</param>
    /// <param name="work">The work.</param>
    public void For<TWork>(int count, int grain, in TWork work)
        where TWork : struct, ILaneWork
    {
        switch (InstructionSet)
        {
            case InstructionSet.Vector512:
                LaneRange<TWork, Lanes512> wide = new(work);
                Workers.For(count, grain, ref wide);
                break;
            case InstructionSet.Vector256:
                LaneRange<TWork, Lanes256> middle = new(work);
                Workers.For(count, grain, ref middle);
                break;
            default:
                LaneRange<TWork, Lanes128> narrow = new(work);
                Workers.For(count, grain, ref narrow);
                break;
        }
    }

    /// <summary>Divides rows of a matrix over the workers.</summary>
    public void ForRows<TWork>(int rows, int columns, in TWork work)
        where TWork : struct, ILaneWork => For(rows, Math.Max(1, ElementsPerShare / Math.Max(1, columns)), in work);

    /// <summary>Does work on the calling thread, in the lanes of <see cref="InstructionSet"/>.</summary>
    public void Here<TWork>(int count, ref TWork work)
        where TWork : struct, ILaneWork
    {
        switch (InstructionSet)
        {
            case InstructionSet.Vector512:
                work.Run<Lanes512>(0, count, 0);
                break;
            case InstructionSet.Vector256:
                work.Run<Lanes256>(0, count, 0);
                break;
            default:
                work.Run<Lanes128>(0, count, 0);
                break;
        }
    }

    private struct LaneRange<TWork, TLanes>(TWork work) : IRangeWork
        where TWork : struct, ILaneWork
        where TLanes : struct, ILanes<TLanes>
    {
        private TWork work = work;

        public void Run(int start, int end, int worker) => work.Run<TLanes>(start, end, worker);
    }
}
