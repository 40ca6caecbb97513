using System.Numerics;
using Proximal.Control.Rendering;
using Proximal.Control.Spaces;
using Proximal.Control.State;

namespace Proximal.Control.Environments;

/// <summary>
/// Copies of one environment that are stepped together. A copy whose episode ends begins the next one within the same step: the batch then
/// holds the first observation of the new episode, and the last one of the old in <see cref="StepBatch.FinalObservations"/>.
/// </summary>
public abstract class VectorEnvironment : IStateful, IDisposable
{
    /// <summary>Creates the copies.</summary>
    /// <param name="specification">Spaces, limits and names.</param>
    /// <param name="count">Number of copies.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    protected VectorEnvironment(EnvironmentSpecification specification, int count)
    {
        ArgumentNullException.ThrowIfNull(specification);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Specification = specification;
        Count = count;
    }

    /// <summary>Spaces, limits and names.</summary>
    public EnvironmentSpecification Specification { get; }

    /// <summary>Number of copies.</summary>
    public int Count { get; }

    /// <summary>Memory for the results of steps.</summary>
    public StepBatch CreateBatch() => new(Specification, Count);

    /// <summary>Begins the first episode of every copy.</summary>
    /// <param name="seed">Seed of all episodes to come.</param>
    /// <param name="batch">Receives observations and masks.</param>
    public abstract void Reset(ulong seed, StepBatch batch);

    /// <summary>Steps every copy.</summary>
    /// <param name="actions">[copies, action width].</param>
    /// <param name="batch">Receives the results.</param>
    /// <exception cref="ArgumentException">The number of actions is not the number of copies times the width.</exception>
    /// <exception cref="EnvironmentException">An action is not of the space, or an environment broke its contract.</exception>
    public abstract void Step(ReadOnlySpan<float> actions, StepBatch batch);

    /// <summary>
    /// Cuts the episode of a copy off after a step, as a limit from outside does: the batch receives the observation as the final one, the metrics and
    /// <see cref="StepBatch.Truncated"/>, and then the first observation and mask of the next episode. Nothing changes for a copy whose episode has just
    /// ended by itself.
    /// </summary>
    /// <param name="copy">Which copy.</param>
    /// <param name="batch">The results of the step.</param>
    public abstract void Truncate(int copy, StepBatch batch);

    /// <summary>
    /// Called with the copy after the last step of an episode and before the next one begins, to look at the last state; null for nobody. Copies that
    /// workers share call it from their threads.
    /// </summary>
    public virtual Action<int>? EpisodeEnding { get; set; }

    /// <summary>Draws the state of a copy. An environment that does not override this leaves the canvas as it is.</summary>
    /// <param name="copy">Which copy.</param>
    /// <param name="canvas">Receives the picture.</param>
    public virtual void Draw(int copy, Canvas canvas)
    {
    }

    /// <summary>Writes the state of a copy as lines of text for a terminal, at most 80 columns wide; nothing where this is not overridden.</summary>
    /// <param name="copy">Which copy.</param>
    /// <param name="writer">Receives the lines.</param>
    public virtual void WriteText(int copy, TextWriter writer)
    {
    }

    /// <inheritdoc/>
    public abstract void Transfer(StateTransfer state);

    /// <summary>Frees what the copies hold.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the copies hold.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>Refuses actions of the wrong number, numbers that are not finite, and indices outside a discrete space. Values outside a box
    /// pass: environments clip them.</summary>
    /// <param name="actions">[copies, action width].</param>
    /// <param name="step">What the error names as the step.</param>
    /// <exception cref="ArgumentException">The number of actions is wrong.</exception>
    /// <exception cref="EnvironmentException">An action cannot be taken.</exception>
    protected void CheckActions(ReadOnlySpan<float> actions, long step) => CheckActions(actions, step, fixedStep: true);

    /// <summary>As the other overload; the error names the step of the copy, <see cref="StepsOf"/> + 1.</summary>
    /// <param name="actions">[copies, action width].</param>
    /// <exception cref="ArgumentException">The number of actions is wrong.</exception>
    /// <exception cref="EnvironmentException">An action cannot be taken.</exception>
    protected void CheckActions(ReadOnlySpan<float> actions) => CheckActions(actions, 0, fixedStep: false);

    /// <summary>Steps of the episode of a copy so far, for errors.</summary>
    /// <param name="copy">Which copy.</param>
    protected virtual long StepsOf(int copy) => 0;

    private void CheckActions(ReadOnlySpan<float> actions, long step, bool fixedStep)
    {
        Space space = Specification.Actions;
        if (actions.Length != Count * space.Width)
        {
            throw new ArgumentException($"{Specification.Name}: {Count} copies take {Count * space.Width} numbers as actions, not {actions.Length}.", nameof(actions));
        }

        if (space is DiscreteSpace discrete ? AllIndices(actions, discrete.Count) : space is BoxSpace && actions.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) < 0)
        {
            return;
        }

        for (int copy = 0; copy < Count; copy++)
        {
            ReadOnlySpan<float> action = actions.Slice(copy * space.Width, space.Width);
            if (ActionFault(space, action) is { } fault)
            {
                throw new EnvironmentException(Specification.Name, copy, fixedStep ? step : StepsOf(copy) + 1, $"the action is {fault}");
            }
        }
    }

    internal static string? ActionFault(Space space, ReadOnlySpan<float> action)
    {
        if (space is not BoxSpace)
        {
            return space.FindFault(action);
        }

        int index = IndexOfNonFinite(action);
        return index < 0 ? null : $"{action[index]} at position {index}, expected a finite number";
    }

    internal static int IndexOfNonFinite(ReadOnlySpan<float> values)
    {
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> part = new(values[i..]);
            if (!Vector.EqualsAll(part - part, Vector<float>.Zero))
            {
                break;
            }
        }

        for (; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool AllIndices(ReadOnlySpan<float> actions, int count)
    {
        int i = 0;
        Vector<float> bound = new(count);
        for (; i <= actions.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> values = new(actions[i..]);
            if (!Vector.GreaterThanOrEqualAll(values, Vector<float>.Zero) || !Vector.LessThanAll(values, bound) || !Vector.EqualsAll(Vector.Floor(values), values))
            {
                return false;
            }
        }

        for (; i < actions.Length; i++)
        {
            if (DiscreteSpace.FindFault(actions[i], count) is not null)
            {
                return false;
            }
        }

        return true;
    }
}
