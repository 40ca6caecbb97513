using Proximal.Control.Environments;
using Proximal.Control.Policies;
using Proximal.Control.State;
using Proximal.Tensors;
using Proximal.Tensors.Files;
using Proximal.Tensors.Optimizers;

namespace Proximal.Control.Learning;

/// <summary>
/// An algorithm at work: it has a policy and everything that learning it needs, counts its steps, and can be saved whole. A learner that was
/// saved, loaded and taken further goes on to the same bits as one that was never interrupted.
/// </summary>
public abstract class Learner : IStateful, IDisposable
{
    /// <summary>Name of the learner's state within a checkpoint.</summary>
    public const string StateName = "learner.bin";

    private long steps;
    private long iterations;
    private long target;

    /// <summary>Creates a learner.</summary>
    /// <param name="seed">Seed of first weights, episodes, actions and batches.</param>
    protected Learner(ulong seed) => Seed = seed;

    /// <summary>The seed.</summary>
    public ulong Seed { get; }

    /// <summary>Steps of the environment taken so far, over all copies; updates for a learner from a data set.</summary>
    public long Steps => steps;

    /// <summary>Iterations done: rounds of collecting and updating.</summary>
    public long Iterations => iterations;

    /// <summary>Steps at which the current learning ends: what schedules run towards.</summary>
    public long Target => target;

    /// <summary>The share of the current learning that is done, 0 to 1.</summary>
    public double Progress => target == 0 ? 0 : Math.Min(1, (double)steps / target);

    /// <summary>What is learned.</summary>
    public abstract Policy Policy { get; }

    /// <summary>Numbers of the last iteration.</summary>
    public MetricTable Metrics { get; } = new();

    /// <summary>Returns and lengths of the training episodes; null for a learner without an environment.</summary>
    public virtual EpisodeLog? Episodes => null;

    /// <summary>Learns for a number of steps more.</summary>
    /// <param name="count">Steps of the environment (over all copies), or updates for a learner from a data set.</param>
    /// <param name="observer">Is told after every iteration.</param>
    /// <param name="cancellation">Ends learning after the current iteration.</param>
    /// <exception cref="LearningException">A loss or gradient is not finite.</exception>
    public void Learn(long count, ILearningObserver? observer = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        LearnUntil(steps + count, observer, cancellation);
    }

    /// <summary>Learns until a number of steps is reached: with the same number, a learner that was saved on the way goes on as if nothing had happened.</summary>
    /// <param name="total">Steps since the learner was created.</param>
    /// <param name="observer">Is told after every iteration.</param>
    /// <param name="cancellation">Ends learning after the current iteration.</param>
    /// <exception cref="LearningException">A loss or gradient is not finite.</exception>
    public void LearnUntil(long total, ILearningObserver? observer = null, CancellationToken cancellation = default)
    {
        target = total;
        while (steps < total && !cancellation.IsCancellationRequested)
        {
            Metrics.Clear();
            steps += Iterate();
            iterations++;
            observer?.OnIteration(this);
        }
    }

    /// <summary>Writes the whole learner into a folder, which appears only when it is complete.</summary>
    /// <param name="folder">A folder that does not exist or holds an older checkpoint.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Save(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string partial = folder.TrimEnd('/', '\\') + AtomicFile.TemporaryExtension;
        if (Directory.Exists(partial))
        {
            Directory.Delete(partial, recursive: true);
        }

        AtomicFile.CreateFolder(partial);
        PolicyFile.Save(Policy, partial);
        AtomicFile.Write(Path.Combine(partial, StateName), stream => Transfer(StateTransfer.Save(stream)));
        if (Directory.Exists(folder))
        {
            string old = folder.TrimEnd('/', '\\') + ".old" + AtomicFile.TemporaryExtension;
            if (Directory.Exists(old))
            {
                Directory.Delete(old, recursive: true);
            }

            Directory.Move(folder, old);
            Directory.Move(partial, folder);
            Directory.Delete(old, recursive: true);
        }
        else
        {
            Directory.Move(partial, folder);
        }
    }

    /// <summary>Takes over the state that <see cref="Save"/> wrote, for a learner with the same settings.</summary>
    /// <exception cref="IOException">The folder has no checkpoint.</exception>
    /// <exception cref="InvalidDataException">The checkpoint belongs to other settings.</exception>
    public void Load(string folder)
    {
        string path = Path.Combine(folder, StateName);
        using FileStream file = File.OpenRead(path);
        using BufferedStream buffered = new(file, 1 << 16);
        Transfer(StateTransfer.Load(buffered, path));
    }

    /// <inheritdoc/>
    public void Transfer(StateTransfer state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Section(GetType().Name);
        state.Value(ref steps);
        state.Value(ref iterations);
        state.Value(ref target);
        TransferState(state);
    }

    /// <summary>Frees networks, optimizers and environments.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Collects and updates once.</summary>
    /// <returns>Steps taken.</returns>
    protected abstract long Iterate();

    /// <summary>Carries every field of the state: parameters, optimizers, environments, buffers.</summary>
    protected abstract void TransferState(StateTransfer state);

    /// <summary>Frees networks, optimizers and environments.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>Carries the values of parameters.</summary>
    protected static void TransferParameters(StateTransfer state, IReadOnlyList<Parameter> parameters) => state.Parameters(parameters);

    /// <summary>Carries the state of an optimizer.</summary>
    protected static void TransferOptimizer(StateTransfer state, Optimizer optimizer) => state.Optimizer(optimizer);
}
