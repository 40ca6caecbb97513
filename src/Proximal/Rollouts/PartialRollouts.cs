using Proximal.Models.Generation;
using Proximal.Tasks;
using Proximal.Tensors.Random;

namespace Proximal.Rollouts;

/// <summary>Slots that write a window of tokens a step.</summary>
/// <param name="rollouts">Generates and judges.</param>
/// <param name="task">Where the problems come from.</param>
/// <param name="settings">Window and bootstrap.</param>
internal sealed class PartialRollouts(ParallelRollouts rollouts, ITask task, PartialCollection settings) : IRollouts, ICriticSource, IStateful, IMetricSource
{
    private const string SlotsKey = "slots";
    private const string FinishedKey = "finished";

    private readonly List<StoredGroup> finished = [];
    private Slot?[] slots = [];

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Metrics =>
        [("rollouts/unfinished", slots.Length == 0 ? 0 : (double)slots.Count(slot => slot is not null) / slots.Length), ("critic/waiting", finished.Count)];

    /// <inheritdoc/>
    public RolloutBatch Generate(IReadOnlyList<TaskInstance> instances, RolloutRequest request)
    {
        ArgumentNullException.ThrowIfNull(instances);
        if (slots.Length == 0)
        {
            slots = new Slot?[instances.Count];
        }

        List<GenerationJob> jobs = [];
        for (int i = 0, next = 0; i < slots.Length; i++)
        {
            Slot slot = slots[i] ??= Begin(instances[next++], request.Step, i);
            slot.Window = slot.Tree.Branch(slot.Leaf, SegmentOrigin.Policy);
            slot.Leaf = slot.Window.Index;
            RandomStream random = new(request.Seed, request.Purpose, slot.Begun, slot.Place);
            jobs.Add(new GenerationJob(slot.Tree, slot.Window, random, Math.Min(settings.Window, rollouts.Room(slot.Window.Depth, slot.Generated))));
        }

        rollouts.Run(jobs);
        return ToBatch([.. slots.Select(slot => Advance(slot!))]);
    }

    /// <inheritdoc/>
    public RolloutBatch? TakeFinished()
    {
        if (finished.Count == 0 || finished.Count < (settings.CriticBatch > 0 ? settings.CriticBatch : slots.Length))
        {
            return null;
        }

        RolloutBatch batch = StoredGroup.ToBatch(finished, rollouts.Budget);
        finished.Clear();
        return batch;
    }

    /// <inheritdoc/>
    public void Save(IDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        NumberWriter waiting = new(), done = new();
        foreach (Slot? slot in slots)
        {
            waiting.Add(slot is null ? 0 : 1);
            if (slot is not null)
            {
                waiting.Add(slot.Begun);
                waiting.Add(slot.Place);
                waiting.Add(slot.Generated);
                new StoredGroup(slot.Tree, [rollouts.Unfinished(slot.Instance, slot.Tree, slot.Leaf, slot.Generated)]).Write(waiting);
            }
        }

        foreach (StoredGroup group in finished)
        {
            group.Write(done);
        }

        (state[SlotsKey], state[FinishedKey]) = (waiting.ToArray(), done.ToArray());
    }

    /// <inheritdoc/>
    public void Load(IReadOnlyDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        NumberReader waiting = new(state[SlotsKey]), done = new(state[FinishedKey]);
        List<Slot?> read = [];
        while (!waiting.IsAtEnd)
        {
            if (waiting.Integer(0, 1) == 0)
            {
                read.Add(null);
                continue;
            }

            long begun = waiting.Long();
            int place = waiting.Integer(0, int.MaxValue), generated = waiting.Integer(0, int.MaxValue);
            StoredGroup group = StoredGroup.Read(waiting, task);
            read.Add(new Slot(group.Trajectories[0].Instance, group.Tree, begun, place) { Leaf = group.Trajectories[0].Leaf, Generated = generated });
        }

        slots = [.. read];
        finished.Clear();
        while (!done.IsAtEnd)
        {
            finished.Add(StoredGroup.Read(done, task));
        }
    }

    private Slot Begin(TaskInstance instance, long step, int place) => new(instance, rollouts.Plant(instance), step, place);

    /// <summary>The trajectory of a slot after its window; a finished one leaves its slot.</summary>
    private Trajectory Advance(Slot slot)
    {
        slot.Generated += slot.Window!.Tokens.Length;
        bool ends = slot.Window.End == EndReason.Finished || rollouts.Room(slot.Window.Depth + slot.Window.Tokens.Length, slot.Generated) == 0;
        if (!ends)
        {
            slot.Window.End = EndReason.Open;
            return rollouts.Unfinished(slot.Instance, slot.Tree, slot.Leaf, slot.Generated);
        }

        Trajectory trajectory = rollouts.Judge(slot.Instance, slot.Tree, slot.Leaf, slot.Generated);
        finished.Add(new StoredGroup(slot.Tree, [trajectory]));
        slots[Array.IndexOf(slots, slot)] = null;
        return trajectory;
    }

    /// <summary>All slots, with only the window's tokens in the mask.</summary>
    private RolloutBatch ToBatch(Trajectory[] trajectories)
    {
        RolloutBatch batch = new([.. trajectories.Select(trajectory => trajectory.Tree)], trajectories, rollouts.Budget);
        PathBatch paths = batch.Paths;
        for (int path = 0; path < paths.PathCount; path++)
        {
            Range tokens = paths.Path(path);
            int window = trajectories[path].Tree.Segments[trajectories[path].Leaf].Tokens.Length;
            paths.Mask[tokens][..^window].Clear();
            paths.Unfinished[path] = settings.Bootstrap && trajectories[path].End == EndReason.Open ? 1 : 0;
        }

        paths.ResetWeights();
        return batch;
    }

    /// <summary>A response that is being written.</summary>
    private sealed class Slot(TaskInstance instance, TokenTree tree, long begun, int place)
    {
        public TaskInstance Instance { get; } = instance;

        public TokenTree Tree { get; } = tree;

        /// <summary>The step in which it was begun, which names its random numbers with <see cref="Place"/>.</summary>
        public long Begun { get; } = begun;

        public int Place { get; } = place;

        public int Leaf { get; set; }

        public int Generated { get; set; }

        public TokenSegment? Window { get; set; }
    }
}
