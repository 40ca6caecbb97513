using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Proximal.Control.Rendering;
using Proximal.Control.State;
using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Control.Environments.Dynamics;

/// <summary>
/// Copies of an environment given by equations, stepped side by side in the lanes of registers: bit for bit what the same number of
/// <see cref="DynamicsState{TDynamics}"/>s gives, because both run the same equations and draw the same random numbers. State variables
/// lie each in an array of its own.
/// </summary>
/// <typeparam name="TDynamics">The equations.</typeparam>
internal sealed class DynamicsVector<TDynamics> : VectorEnvironment
    where TDynamics : struct, IDynamics
{
    private const int Grain = 512;
    private const int MostLanes = 8;

    private readonly TDynamics dynamics;
    private readonly Workers? workers;
    private readonly int lanes;
    private readonly double[] a;
    private readonly double[] b;
    private readonly double[] c;
    private readonly double[] d;
    private readonly float[] actions;
    private readonly long[] episodes;
    private readonly int[] begins;
    private readonly int[] ended;
    private ulong seed;
    private int now;
    private bool running;

    /// <summary>Creates the copies.</summary>
    /// <param name="specification">Spaces, limits and names.</param>
    /// <param name="dynamics">The equations.</param>
    /// <param name="count">Number of copies.</param>
    /// <param name="workers">Threads that share the copies; the calling thread alone when null.</param>
    /// <param name="lanes">Copies per register: 2, 4 or 8; as many as the processor takes when 0.</param>
    public DynamicsVector(EnvironmentSpecification specification, TDynamics dynamics, int count, Workers? workers, int lanes = 0)
        : base(specification, count)
    {
        this.dynamics = dynamics;
        this.workers = workers;
        this.lanes = lanes != 0 ? lanes : Vector512.IsHardwareAccelerated ? 8 : Vector256.IsHardwareAccelerated ? 4 : 2;

        // A register more than there are copies for: the last one reads and writes past them.
        int length = checked(count + MostLanes);
        a = new double[length];
        b = TDynamics.Variables > 1 ? new double[length] : [];
        c = TDynamics.Variables > 2 ? new double[length] : [];
        d = TDynamics.Variables > 3 ? new double[length] : [];
        actions = new float[length];
        begins = new int[length];
        episodes = new long[count];
        ended = new int[count];
    }

    /// <inheritdoc/>
    public override void Reset(ulong seed, StepBatch batch)
    {
        CheckBatch(batch);
        this.seed = seed;
        running = true;
        now = 0;
        Array.Clear(episodes);
        for (int i = 0; i < Count; i++)
        {
            ended[i] = i;
        }

        BeginEpisodes(ended, batch);
    }

    /// <inheritdoc/>
    public override void Step(ReadOnlySpan<float> actions, StepBatch batch)
    {
        CheckBatch(batch);
        if (!running)
        {
            throw new InvalidOperationException($"{Specification.Name}: no episode is running; call Reset first.");
        }

        CheckActions(actions);
        actions.CopyTo(this.actions);
        now++;
        StepWork work = new(this, batch);
        if (workers is null)
        {
            work.Run(0, Count, 0);
        }
        else
        {
            workers.For(Count, Grain, ref work);
        }
    }

    /// <inheritdoc/>
    public override void Truncate(int copy, StepBatch batch)
    {
        CheckBatch(batch);
        if (!batch.Ended(copy))
        {
            batch.Truncated[copy] = true;
            EndEpisodes<Lanes2>([copy], batch);
        }
    }

    /// <inheritdoc/>
    public override void Draw(int copy, Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        TDynamics.Draw(Value(a, copy), Value(b, copy), Value(c, copy), canvas);
    }

    /// <inheritdoc/>
    public override void WriteText(int copy, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        TDynamics.WriteText(Value(a, copy), Value(b, copy), Value(c, copy), Value(d, copy), writer);
    }

    /// <inheritdoc/>
    public override void Transfer(StateTransfer state)
    {
        state.Section(Specification.Name);
        state.Value(ref running);
        state.Value(ref seed);
        state.Value(ref now);
        state.Values(episodes.AsSpan());
        state.Values(begins.AsSpan(0, Count));
        foreach (double[] variable in (ReadOnlySpan<double[]>)[a, b, c, d])
        {
            state.Values(variable.AsSpan(0, Math.Min(variable.Length, Count)));
        }
    }

    /// <inheritdoc/>
    protected override long StepsOf(int copy) => now - begins[copy];

    private void CheckBatch(StepBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Count != Count || batch.Observations.Length != Count * TDynamics.ObservationWidth)
        {
            throw new ArgumentException($"{Specification.Name}: the results are made for {batch.Count} copies of another environment, not for {Count} of this one.", nameof(batch));
        }
    }

    private void StepCopies<T>(int start, int end, StepBatch batch)
        where T : unmanaged, ILanes<T>
    {
        int count = 0, width = TDynamics.ObservationWidth, i = start;
        ref int endedHere = ref ended[start];
        ref float observations = ref MemoryMarshal.GetReference(batch.Observations), rewards = ref MemoryMarshal.GetReference(batch.Rewards);
        ref byte terminated = ref Unsafe.As<bool, byte>(ref MemoryMarshal.GetReference(batch.Terminated));
        ref byte truncated = ref Unsafe.As<bool, byte>(ref MemoryMarshal.GetReference(batch.Truncated));
        Span<T> columns = stackalloc T[TDynamics.ObservationWidth];
        for (; i <= end - T.Count; i += T.Count)
        {
            uint ends = StepRegister(i, columns, ref Unsafe.Add(ref observations, i * width), ref Unsafe.Add(ref rewards, i), ref Unsafe.Add(ref terminated, i), ref Unsafe.Add(ref truncated, i));
            for (; ends != 0; ends &= ends - 1)
            {
                Unsafe.Add(ref endedHere, count++) = i + BitOperations.TrailingZeroCount(ends);
            }
        }

        if (i < end)
        {
            int rest = end - i;
            Span<float> lastObservations = stackalloc float[MostLanes * TDynamics.ObservationWidth];
            Span<float> lastRewards = stackalloc float[MostLanes];
            Span<byte> lastTerminated = stackalloc byte[MostLanes], lastTruncated = stackalloc byte[MostLanes];
            uint ends = StepRegister(i, columns, ref lastObservations[0], ref lastRewards[0], ref lastTerminated[0], ref lastTruncated[0]);
            for (ends &= (1u << rest) - 1; ends != 0; ends &= ends - 1)
            {
                Unsafe.Add(ref endedHere, count++) = i + BitOperations.TrailingZeroCount(ends);
            }

            lastObservations[..(rest * width)].CopyTo(batch.Observations[(i * width)..]);
            lastRewards[..rest].CopyTo(batch.Rewards[i..]);
            MemoryMarshal.Cast<byte, bool>(lastTerminated[..rest]).CopyTo(batch.Terminated[i..]);
            MemoryMarshal.Cast<byte, bool>(lastTruncated[..rest]).CopyTo(batch.Truncated[i..]);
        }

        EndEpisodes<T>(ended.AsSpan(start, count), batch);
    }

    private void EndEpisodes<T>(ReadOnlySpan<int> copies, StepBatch batch)
        where T : unmanaged, ILanes<T>
    {
        ref float observations = ref MemoryMarshal.GetReference(batch.Observations), finalObservations = ref MemoryMarshal.GetReference(batch.FinalObservations);
        Action<int>? ending = EpisodeEnding;
        foreach (int copy in copies)
        {
            CopyRow(ref Unsafe.Add(ref observations, copy * TDynamics.ObservationWidth), ref Unsafe.Add(ref finalObservations, copy * TDynamics.ObservationWidth));
            ending?.Invoke(copy);
            episodes[copy]++;
        }

        BeginEpisodes<T>(copies, batch);
    }

    /// <summary>Steps the copies of a register and returns which of them ended, as bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint StepRegister<T>(int i, Span<T> columns, ref float observations, ref float rewards, ref byte terminated, ref byte truncated)
        where T : unmanaged, ILanes<T>
    {
        T first = Load<T>(a, i), second = TDynamics.Variables > 1 ? Load<T>(b, i) : 0, third = TDynamics.Variables > 2 ? Load<T>(c, i) : 0, fourth = TDynamics.Variables > 3 ? Load<T>(d, i) : 0;
        T action = T.Load(in Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(actions), i));
        T reward = dynamics.Step(ref first, ref second, ref third, ref fourth, action, out T over);
        Store(a, i, first);
        if (TDynamics.Variables > 1)
        {
            Store(b, i, second);
        }

        if (TDynamics.Variables > 2)
        {
            Store(c, i, third);
        }

        if (TDynamics.Variables > 3)
        {
            Store(d, i, fourth);
        }

        TDynamics.Observe(first, second, third, fourth, columns);
        T.StoreRows(columns, ref observations);
        reward.Store(ref rewards);
        uint terminations = T.Bits(over);
        uint limits = Specification.MaximumSteps > 0 ? T.Behind(in Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(begins), i), now, Specification.MaximumSteps) : 0;
        StoreBits<T>(terminations, ref terminated);
        StoreBits<T>(limits & ~terminations, ref truncated);
        return terminations | limits;
    }

    private void BeginEpisodes(ReadOnlySpan<int> copies, StepBatch batch)
    {
        switch (lanes)
        {
            case 8:
                BeginEpisodes<Lanes8>(copies, batch);
                break;
            case 4:
                BeginEpisodes<Lanes4>(copies, batch);
                break;
            default:
                BeginEpisodes<Lanes2>(copies, batch);
                break;
        }
    }

    private void BeginEpisodes<T>(ReadOnlySpan<int> copies, StepBatch batch)
        where T : unmanaged, ILanes<T>
    {
        int width = TDynamics.ObservationWidth;
        ref float observations = ref MemoryMarshal.GetReference(batch.Observations);
        Span<long> episode = stackalloc long[T.Count];
        Span<double> uniforms = stackalloc double[4 * T.Count];
        Span<double> states = stackalloc double[4 * T.Count];
        Span<T> columns = stackalloc T[TDynamics.ObservationWidth];
        Span<float> rows = stackalloc float[T.Count * TDynamics.ObservationWidth];
        for (int i = 0; i < copies.Length; i += T.Count)
        {
            ReadOnlySpan<int> group = copies.Slice(i, Math.Min(T.Count, copies.Length - i));
            for (int lane = 0; lane < group.Length; lane++)
            {
                episode[lane] = episodes[group[lane]];
            }

            RandomStreams.FourUniforms(seed, RandomPurpose.Environment, episode[..group.Length], group, 0, uniforms, T.Count);
            dynamics.Begin(T.Load(in uniforms[0]), T.Load(in uniforms[T.Count]), T.Load(in uniforms[2 * T.Count]), T.Load(in uniforms[3 * T.Count]), out T first, out T second, out T third, out T fourth);
            first.Store(ref states[0]);
            second.Store(ref states[T.Count]);
            third.Store(ref states[2 * T.Count]);
            fourth.Store(ref states[3 * T.Count]);
            TDynamics.Observe(first, second, third, fourth, columns);
            T.StoreRows(columns, ref rows[0]);
            for (int lane = 0; lane < group.Length; lane++)
            {
                int copy = group[lane];
                begins[copy] = now;
                a[copy] = states[lane];
                if (TDynamics.Variables > 1)
                {
                    b[copy] = states[T.Count + lane];
                }

                if (TDynamics.Variables > 2)
                {
                    c[copy] = states[(2 * T.Count) + lane];
                }

                if (TDynamics.Variables > 3)
                {
                    d[copy] = states[(3 * T.Count) + lane];
                }

                CopyRow(ref Unsafe.Add(ref rows[0], lane * width), ref Unsafe.Add(ref observations, copy * width));
            }
        }
    }

    private static double Value(double[] variable, int copy) => variable.Length == 0 ? 0 : variable[copy];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyRow(ref float source, ref float destination)
    {
        int j = 0;
        for (; j <= TDynamics.ObservationWidth - Vector128<float>.Count; j += Vector128<float>.Count)
        {
            Vector128.LoadUnsafe(ref source, (nuint)j).StoreUnsafe(ref destination, (nuint)j);
        }

        for (; j < TDynamics.ObservationWidth; j++)
        {
            Unsafe.Add(ref destination, j) = Unsafe.Add(ref source, j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Load<T>(double[] variable, int i)
        where T : unmanaged, ILanes<T> => T.Load(in Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(variable), i));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(double[] variable, int i, T value)
        where T : unmanaged, ILanes<T> => value.Store(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(variable), i));

    /// <summary>Writes bits as one byte each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreBits<T>(uint bits, ref byte destination)
        where T : unmanaged, ILanes<T>
    {
        // Byte i keeps bit i of its copy of the bits; adding 0x7F carries it, wherever it is, into the byte's highest bit.
        ulong bytes = ((((bits * 0x0101010101010101UL) & 0x8040201008040201UL) + 0x7F7F7F7F7F7F7F7FUL) >> 7) & 0x0101010101010101UL;
        switch (T.Count)
        {
            case 8:
                Unsafe.WriteUnaligned(ref destination, bytes);
                break;
            case 4:
                Unsafe.WriteUnaligned(ref destination, (uint)bytes);
                break;
            default:
                Unsafe.WriteUnaligned(ref destination, (ushort)bytes);
                break;
        }
    }

    private readonly struct StepWork(DynamicsVector<TDynamics> owner, StepBatch batch) : IRangeWork
    {
        public void Run(int start, int end, int worker)
        {
            switch (owner.lanes)
            {
                case 8:
                    owner.StepCopies<Lanes8>(start, end, batch);
                    break;
                case 4:
                    owner.StepCopies<Lanes4>(start, end, batch);
                    break;
                default:
                    owner.StepCopies<Lanes2>(start, end, batch);
                    break;
            }
        }
    }
}
