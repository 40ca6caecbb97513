using Proximal.Tensors;

namespace Proximal.Models.Llama;

/// <summary>
/// Divides the passes over a batch into lanes with gradients of their own, so that threads run whole passes beside each other instead of sharing every
/// operation. How many lanes there are depends on the model and on the batch alone, and their gradients are summed in order, so the bits are the same on
/// any number of threads.
/// </summary>
public sealed class LlamaLanes : IDisposable
{
    /// <summary>The most lanes.</summary>
    public const int Maximum = 8;

    // Fewer tokens do not repay the products of narrow operands.
    private const int FewestTokens = 256;

    // What all gradients beside the model's own may take.
    private const long GradientBytes = 64L << 20;

    private readonly LlamaModel model;
    private readonly Workers workers;
    private readonly List<LlamaLane> lanes = [];
    private readonly Tape[] tapes;
    private readonly int most;

    /// <summary>Creates lanes for a model.</summary>
    /// <param name="model">The model; its own gradients are those of the first lane, and receive the sums.</param>
    /// <param name="workers">Threads; <see cref="Workers.Shared"/> when null.</param>
    public LlamaLanes(LlamaModel model, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        this.model = model;
        this.workers = workers ?? Workers.Shared;
        tapes = [.. Enumerable.Range(0, this.workers.Count).Select(_ => new Tape(this.workers))];
        lanes.Add(new LlamaLane(model));
        most = Maximum;
        while (most > 1 && (most - 1) * model.ParameterCount * sizeof(float) > GradientBytes)
        {
            most /= 2;
        }
    }

    /// <summary>Bytes that the tapes hold.</summary>
    public long BytesHeld => tapes.Sum(tape => tape.BytesHeld);

    /// <summary>The lanes of a batch: a power of two, and one for batches that are small and for models whose gradients are large.</summary>
    /// <param name="tokens">Tokens of the batch.</param>
    public int CountFor(long tokens)
    {
        int count = most;
        while (count > 1 && tokens < (long)count * FewestTokens)
        {
            count /= 2;
        }

        return count;
    }

    /// <summary>Runs a pass in each lane. Lanes run beside each other where that keeps most threads busy; otherwise one after the other, and the threads share their operations.</summary>
    /// <param name="count">Number of lanes, as <see cref="CountFor"/> gives it.</param>
    /// <param name="recording">Whether backward passes follow.</param>
    /// <param name="pass">Told the lane and its index.</param>
    public void Run(int count, bool recording, Action<LlamaLane, int> pass)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, most);
        ArgumentNullException.ThrowIfNull(pass);
        while (lanes.Count < count)
        {
            lanes.Add(new LlamaLane(model.Lane()));
        }

        foreach (Tape tape in tapes)
        {
            tape.Recording = recording;
        }

        LaneWork work = new() { Lanes = lanes, Tapes = tapes, Pass = pass };
        int rounds = (count + workers.Count - 1) / workers.Count;
        if (count > 1 && 4 * rounds * workers.Count <= 5 * count)
        {
            model.Pack(workers, recording);
            workers.For(count, 1, ref work);
        }
        else
        {
            work.Run(0, count, 0);
        }
    }

    /// <summary>Adds the gradients of the lanes after the first to the model's, in order, and forgets them.</summary>
    /// <param name="count">Number of lanes that ran.</param>
    public void SumGradients(int count)
    {
        if (count > 1)
        {
            SumWork work = new() { Lanes = lanes, Count = count };
            workers.For(model.Parameters.Count, 1, ref work);
        }
    }

    /// <summary>Frees tapes and gradients; the model stays.</summary>
    public void Dispose()
    {
        foreach (Tape tape in tapes)
        {
            tape.Dispose();
        }

        foreach (LlamaLane lane in lanes.Skip(1))
        {
            lane.Model.Dispose();
        }

        lanes.Clear();
    }

    private struct LaneWork : IRangeWork
    {
        public List<LlamaLane> Lanes;
        public Tape[] Tapes;
        public Action<LlamaLane, int> Pass;

        public readonly void Run(int start, int end, int worker)
        {
            for (int lane = start; lane < end; lane++)
            {
                Lanes[lane].Tape = Tapes[worker];
                Pass(Lanes[lane], lane);
                Tapes[worker].Reset();
            }
        }
    }

    private struct SumWork : IRangeWork
    {
        public List<LlamaLane> Lanes;
        public int Count;

        public readonly void Run(int start, int end, int worker)
        {
            for (int i = start; i < end; i++)
            {
                for (int lane = 1; lane < Count; lane++)
                {
                    Lanes[0].Model.Parameters[i].TakeGradient(Lanes[lane].Model.Parameters[i]);
                }
            }
        }
    }
}
