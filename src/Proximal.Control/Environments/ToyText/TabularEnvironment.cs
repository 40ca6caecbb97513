using Proximal.Control.Spaces;
using Proximal.Control.State;

namespace Proximal.Control.Environments.ToyText;

/// <summary>An environment that follows a <see cref="TransitionTable"/>: the observation is the number of the state.</summary>
public abstract class TabularEnvironment : SingleEnvironment, ITabularEnvironment
{
    private int state;

    /// <summary>Creates the environment.</summary>
    /// <param name="table">The process.</param>
    /// <param name="name">The name.</param>
    /// <param name="maximumSteps">Steps after which an episode is truncated; 0 for no limit.</param>
    /// <param name="threshold">The mean return at which it counts as solved.</param>
    protected TabularEnvironment(TransitionTable table, string name, int maximumSteps, double? threshold = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        Table = table;
        Specification = new EnvironmentSpecification
        {
            Name = name,
            Observations = new DiscreteSpace(table.StateCount),
            Actions = new DiscreteSpace(table.ActionCount),
            MaximumSteps = maximumSteps,
            RewardThreshold = threshold,
        };
    }

    /// <inheritdoc/>
    public override EnvironmentSpecification Specification { get; }

    /// <inheritdoc/>
    public int StateCount => Table.StateCount;

    /// <inheritdoc/>
    public int ActionCount => Table.ActionCount;

    /// <inheritdoc/>
    public ReadOnlySpan<double> InitialProbabilities => Table.InitialProbabilities;

    /// <summary>The state of the episode.</summary>
    public int State => state;

    /// <summary>The process, which copies share.</summary>
    protected TransitionTable Table { get; }

    /// <inheritdoc/>
    public ReadOnlySpan<Transition> Transitions(int state, int action) => Table[state, action];

    /// <inheritdoc/>
    protected override void Begin(Span<float> observation)
    {
        state = Table.Start(ref Random);
        observation[0] = state;
    }

    /// <inheritdoc/>
    protected override StepOutcome Advance(ReadOnlySpan<float> action, Span<float> observation)
    {
        Transition transition = Table.Draw(state, (int)action[0], ref Random);
        state = AfterTransition(state, transition.Next);
        observation[0] = state;
        return new StepOutcome(transition.Reward, transition.Terminated);
    }

    /// <summary>The state that takes the place of the one the table leads to; that one itself where this is not overridden.</summary>
    /// <param name="from">The state before.</param>
    /// <param name="next">Where the table leads.</param>
    protected virtual int AfterTransition(int from, int next) => next;

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state) => state.Value(ref this.state);
}
