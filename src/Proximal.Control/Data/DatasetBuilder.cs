using Proximal.Control.Spaces;

namespace Proximal.Control.Data;

/// <summary>Gathers transitions one by one.</summary>
public sealed class DatasetBuilder
{
    private readonly List<float> observations = [];
    private readonly List<float> actions = [];
    private readonly List<float> rewards = [];
    private readonly List<float> nextObservations = [];
    private readonly List<bool> terminated = [];
    private readonly List<bool> ends = [];

    /// <summary>Begins without transitions.</summary>
    /// <param name="observationSpace">Where observations come from.</param>
    /// <param name="actionSpace">Where actions come from.</param>
    /// <param name="information">Where the transitions come from.</param>
    public DatasetBuilder(Space observationSpace, Space actionSpace, DatasetInformation? information = null)
    {
        ArgumentNullException.ThrowIfNull(observationSpace);
        ArgumentNullException.ThrowIfNull(actionSpace);
        (ObservationSpace, ActionSpace, Information) = (observationSpace, actionSpace, information ?? new DatasetInformation());
    }

    /// <summary>Where observations come from.</summary>
    public Space ObservationSpace { get; }

    /// <summary>Where actions come from.</summary>
    public Space ActionSpace { get; }

    /// <summary>Where the transitions come from.</summary>
    public DatasetInformation Information { get; }

    /// <summary>Transitions so far.</summary>
    public int Count => rewards.Count;

    /// <summary>Adds a transition, which belongs to the trajectory of the one before unless that ended.</summary>
    /// <exception cref="ArgumentException">A row has another width than its space.</exception>
    public void Add(ReadOnlySpan<float> observation, ReadOnlySpan<float> action, float reward, ReadOnlySpan<float> nextObservation, bool isTerminated, bool isEnd)
    {
        CheckWidth("observation", observation, ObservationSpace);
        CheckWidth("action", action, ActionSpace);
        CheckWidth("next observation", nextObservation, ObservationSpace);
        observations.AddRange(observation);
        actions.AddRange(action);
        rewards.Add(reward);
        nextObservations.AddRange(nextObservation);
        terminated.Add(isTerminated);
        ends.Add(isEnd || isTerminated);
    }

    /// <summary>Adds transitions of a data set.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="start">The first one.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentException">Its spaces have other widths.</exception>
    public void Add(OfflineDataset dataset, int start, int count)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        for (int i = start; i < start + count; i++)
        {
            Add(dataset.Observation(i), dataset.Action(i), dataset.Rewards[i], dataset.NextObservation(i), dataset.Terminated[i], dataset.Ends[i]);
        }
    }

    /// <summary>Ends the trajectory after the last transition.</summary>
    public void EndTrajectory()
    {
        if (Count > 0)
        {
            ends[^1] = true;
        }
    }

    /// <summary>The data set.</summary>
    /// <exception cref="ArgumentException">There is no transition, a number is not finite or an action is not of its space.</exception>
    public OfflineDataset ToDataset() =>
        new(ObservationSpace, ActionSpace, [.. observations], [.. actions], [.. rewards], [.. nextObservations], [.. terminated], [.. ends]) { Information = Information };

    private void CheckWidth(string name, ReadOnlySpan<float> row, Space space)
    {
        if (row.Length != space.Width)
        {
            throw new ArgumentException($"The {name} of transition {Count} has {row.Length} numbers, expected {space.Width}.", name);
        }
    }
}
