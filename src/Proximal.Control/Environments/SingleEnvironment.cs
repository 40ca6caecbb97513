using System.Globalization;
using Proximal.Control.Rendering;
using Proximal.Control.State;
using Proximal.Tensors;

namespace Proximal.Control.Environments;

/// <summary>
/// One environment with the state of one episode: what a user writes. Learners make as many copies as they need. The base keeps the random
/// numbers and the step count, applies the limit of the specification, and refuses actions outside the space and numbers that are not finite.
/// </summary>
public abstract class SingleEnvironment : IEnvironment, IStateful
{
    [ThreadStatic]
    private static MemoryStream? scratch;

    private EpisodeRandom random;
    private int copy;
    private int steps;
    private bool running;

    /// <inheritdoc/>
    public abstract EnvironmentSpecification Specification { get; }

    /// <summary>Steps of the episode so far.</summary>
    public int Steps => steps;

    /// <summary>The random numbers of the episode.</summary>
    protected ref EpisodeRandom Random => ref random;

    /// <summary>Begins an episode.</summary>
    /// <param name="episodeRandom">Its random numbers.</param>
    /// <param name="observation">Receives the first observation.</param>
    /// <exception cref="EnvironmentException">An observation is not finite.</exception>
    public void Reset(EpisodeRandom episodeRandom, Span<float> observation)
    {
        random = episodeRandom;
        steps = 0;
        running = true;
        Begin(observation);
        CheckObservation(observation);
    }

    /// <summary>Begins the episode of a seed.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="observation">Receives the first observation.</param>
    /// <exception cref="EnvironmentException">An observation is not finite.</exception>
    public void Reset(ulong seed, Span<float> observation) => Reset(new EpisodeRandom(seed), observation);

    /// <summary>Takes a step.</summary>
    /// <param name="action">The action, of the width of its space.</param>
    /// <param name="observation">Receives the observation.</param>
    /// <exception cref="EnvironmentException">The action is not of the space, or a reward or observation is not finite.</exception>
    /// <exception cref="InvalidOperationException">The episode has ended, or none was begun.</exception>
    public StepOutcome Step(ReadOnlySpan<float> action, Span<float> observation)
    {
        if (!running)
        {
            throw new InvalidOperationException($"{Specification.Name}: no episode is running; call Reset first.");
        }

        if (VectorEnvironment.ActionFault(Specification.Actions, action) is { } fault)
        {
            throw new EnvironmentException(Specification.Name, copy, steps + 1, $"the action is {fault}");
        }

        steps++;
        StepOutcome outcome = Advance(action, observation);
        if (!double.IsFinite(outcome.Reward))
        {
            throw new EnvironmentException(Specification.Name, copy, steps, $"the reward is {outcome.Reward}, expected a finite number");
        }

        CheckObservation(observation);
        if (!outcome.Terminated && Specification.MaximumSteps > 0 && steps >= Specification.MaximumSteps)
        {
            outcome = outcome with { Truncated = true };
        }

        running = !outcome.Terminated && !outcome.Truncated;
        return outcome;
    }

    /// <summary>Writes which actions are legal now; all of them where this is not overridden.</summary>
    /// <param name="mask">[mask width].</param>
    public virtual void WriteActionMask(Span<bool> mask) => mask.Fill(true);

    /// <summary>Writes the named numbers of an episode that has just ended.</summary>
    /// <param name="metrics">One for each name of the specification.</param>
    public virtual void WriteMetrics(Span<float> metrics) => metrics.Clear();

    /// <summary>Draws the state. The base writes the text of <see cref="WriteText"/>.</summary>
    /// <param name="canvas">Receives the picture; white before.</param>
    public virtual void Draw(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        using StringWriter writer = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        WriteText(writer);
        string[] lines = writer.ToString().TrimEnd('\n').Split('\n');
        int columns = Math.Max(20, lines.Max(line => line.Length));
        canvas.SetWorld(-1, (2 * lines.Length) + 1, columns + 1, -1);
        for (int i = 0; i < lines.Length; i++)
        {
            canvas.Text(new Point(0, (2 * i) + 1), 1, lines[i], Color.Ink, TextAnchor.Left);
        }
    }

    /// <summary>Writes the state as lines of text for a terminal, at most 80 columns wide. The base writes name and step.</summary>
    /// <param name="writer">Receives the lines.</param>
    public virtual void WriteText(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Specification.Name}, step {steps}"));
    }

    /// <inheritdoc/>
    public void Transfer(StateTransfer state)
    {
        random.Transfer(state);
        state.Value(ref steps);
        state.Value(ref running);
        TransferState(state);
    }

    /// <summary>An environment with the same settings in the same state, which goes its own way from here.</summary>
    public SingleEnvironment Clone()
    {
        SingleEnvironment clone = Create(copy);
        clone.CopyStateFrom(this);
        return clone;
    }

    /// <summary>Takes the state of another copy with the same settings.</summary>
    /// <param name="other">The environment to follow.</param>
    public void CopyStateFrom(SingleEnvironment other)
    {
        ArgumentNullException.ThrowIfNull(other);
        MemoryStream memory = scratch ??= new MemoryStream();
        memory.SetLength(0);
        other.Transfer(StateTransfer.Save(memory));
        memory.Position = 0;
        Transfer(StateTransfer.Load(memory, "another copy"));
    }

    /// <inheritdoc/>
    public virtual VectorEnvironment CreateVector(int count, Workers? workers = null) => new LiftedEnvironment(this, count, workers);

    /// <summary>Gives the rest of the episode other random numbers: a planner must not foresee those of the real one.</summary>
    /// <param name="other">The numbers from here on.</param>
    public void ReplaceRandom(EpisodeRandom other) => random = other;

    internal SingleEnvironment Create(int index)
    {
        SingleEnvironment created = NewCopy();
        created.copy = index;
        return created;
    }

    /// <summary>An environment with the same settings and a fresh state.</summary>
    protected abstract SingleEnvironment NewCopy();

    /// <summary>Begins an episode: draws the first state from <see cref="Random"/>.</summary>
    /// <param name="observation">Receives the first observation.</param>
    protected abstract void Begin(Span<float> observation);

    /// <summary>Changes the state by one step.</summary>
    /// <param name="action">An action of the space (box values are not clipped).</param>
    /// <param name="observation">Receives the observation.</param>
    protected abstract StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation);

    /// <summary>Carries every field of the state.</summary>
    /// <param name="state">Takes each by reference.</param>
    protected abstract void TransferState(StateTransfer state);

    private void CheckObservation(ReadOnlySpan<float> observation)
    {
        int index = VectorEnvironment.IndexOfNonFinite(observation);
        if (index >= 0)
        {
            throw new EnvironmentException(Specification.Name, copy, steps, $"the observation is {observation[index]} at position {index}, expected a finite number");
        }
    }
}
