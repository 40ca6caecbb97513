using Proximal.Control.Data;
using Proximal.Control.Learning;
using Proximal.Tensors;

namespace Proximal.Control.Algorithms.Offline;

/// <summary>A learner from a data set: its steps are updates, and it never touches an environment.</summary>
public abstract class OfflineLearner : Learner
{
    private const int UpdatesPerIteration = 100;

    private protected OfflineLearner(OfflineDataset data, OfflineOptions options, Workers? workers)
        : base(Checked(options).Seed)
    {
        ArgumentNullException.ThrowIfNull(data);
        Data = data;
        Tape = new Tape(workers);
    }

    /// <summary>What is learned from.</summary>
    public OfflineDataset Data { get; }

    /// <summary>Where updates are recorded.</summary>
    private protected Tape Tape { get; }

    /// <summary>Makes one update.</summary>
    /// <param name="update">Its number, from 0: names its random numbers.</param>
    private protected abstract void Update(long update);

    /// <inheritdoc/>
    protected override long Iterate()
    {
        long count = Math.Min(UpdatesPerIteration, Target - Steps);
        for (int i = 0; i < count; i++)
        {
            Update(Steps + i);
        }

        return count;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Tape.Dispose();
        }
    }

    /// <summary>Refuses a loss that is not finite before it reaches the parameters.</summary>
    private protected double Finite(Tensor loss, string quantity, long update) => Finite(loss.Item, quantity, update);

    /// <summary>Refuses a loss that is not finite before it reaches the parameters.</summary>
    private protected double Finite(double loss, string quantity, long update) =>
        double.IsFinite(loss) ? loss : throw new LearningException(GetType().Name, update, quantity, loss);

    private static OfflineOptions Checked(OfflineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return options;
    }
}
