using Proximal.Control.Policies;
using Proximal.Worlds.TowerDefence;

namespace Proximal.Control.Environments.TowerDefence;

/// <summary>A trained policy that plays games of any level, with its most likely actions.</summary>
public sealed class TowerPolicyAgent : ITowerAgent
{
    private readonly Policy policy;
    private readonly TowerMiniOptions options;
    private readonly float[] observation;
    private readonly float[] action;
    private readonly float[] states;
    private readonly bool[] mask;
    private TowerMini sight;

    /// <summary>Creates the agent.</summary>
    /// <param name="name">Its name in tables.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="options">The environment that it was trained in.</param>
    /// <exception cref="ArgumentException">The policy is of other spaces.</exception>
    public TowerPolicyAgent(string name, Policy policy, TowerMiniOptions options)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(options);
        Name = name;
        this.policy = policy;
        this.options = options;
        sight = new TowerMini(TowerLevels.L1, options);
        EnvironmentSpecification specification = sight.Specification;
        if (policy.Observations.Width != specification.Observations.Width || policy.Actions.ToString() != specification.Actions.ToString())
        {
            throw new ArgumentException($"The policy sees {policy.Observations} and acts by {policy.Actions}, expected {specification.Observations} and {specification.Actions}.", nameof(policy));
        }

        observation = new float[specification.Observations.Width];
        action = new float[specification.Actions.Width];
        states = new float[policy.StateWidth];
        mask = new bool[specification.MaskWidth];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public void Begin(TowerWorld world, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(world);
        Array.Clear(states);
        sight = ReferenceEquals(sight.World.Level, world.Level) ? sight : new TowerMini(world.Level, options);
    }

    /// <inheritdoc/>
    public TowerAction Choose(TowerWorld world)
    {
        sight.See(world, observation);
        if (mask.Length > 0)
        {
            sight.WriteActionMask(mask);
        }

        policy.Act(new PolicyInput(1, observation, mask, states), ActionChoice.Greedy, action);
        return sight.Meaning(action);
    }
}
