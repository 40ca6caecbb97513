using System.Text.Json;
using Proximal.Control.Spaces;
using Proximal.Models.Files;
using Proximal.Tensors;

namespace Proximal.Control.Policies;

/// <summary>One action for each state of a table, as planning finds it.</summary>
public sealed class TabularPolicy : Policy
{
    internal const string KindName = "tabular";

    private readonly Parameter table;

    /// <summary>Creates a policy.</summary>
    /// <param name="actions">The action of every state.</param>
    /// <param name="actionCount">Number of actions.</param>
    /// <exception cref="ArgumentException">There is no state, or an action does not exist.</exception>
    public TabularPolicy(IReadOnlyList<int> actions, int actionCount)
        : this(new DiscreteSpace(Checked(actions).Count), new DiscreteSpace(actionCount))
    {
        for (int state = 0; state < actions.Count; state++)
        {
            table.Data[state] = (uint)actions[state] < (uint)actionCount
                ? actions[state]
                : throw new ArgumentException($"State {state} has the action {actions[state]}, expected 0 to {actionCount - 1}.", nameof(actions));
        }
    }

    private TabularPolicy(DiscreteSpace observations, DiscreteSpace actions)
        : base(observations, actions) => table = new Parameter("actions", new Shape(observations.Count), trainable: false);

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [table];

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override void Act(PolicyInput input, ActionChoice choice, Span<float> actions)
    {
        int count = ((DiscreteSpace)Actions).Count;
        for (int row = 0; row < input.Count; row++)
        {
            // A file may hold anything; whatever it holds, an action comes out.
            float action = table.Data[(int)input.Observations[row]];
            actions[row] = action >= 0 && action < count ? MathF.Floor(action) : 0;
        }
    }

    /// <inheritdoc/>
    public override void WriteSettings(Utf8JsonWriter writer)
    {
    }

    internal static TabularPolicy Read(Space observations, Space actions, JsonFields fields) => (observations, actions) is (DiscreteSpace states, DiscreteSpace choices)
        ? new TabularPolicy(states, choices)
        : throw fields.Fault("kind", KindName, "discrete observations and actions");

    private static IReadOnlyList<int> Checked(IReadOnlyList<int> actions)
    {
        ArgumentNullException.ThrowIfNull(actions);
        return actions.Count > 0 ? actions : throw new ArgumentException("A table has at least one state.", nameof(actions));
    }
}
