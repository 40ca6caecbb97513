using Proximal.Control.Environments;
using Proximal.Control.Policies;
using Proximal.Control.State;
using Proximal.Tensors;

namespace Proximal.Control.Learning;

/// <summary>
/// Updates a policy with its own rollouts: collect T steps of N copies, estimate advantages and returns (<see cref="AdvantageEstimation.Generalized"/>,
/// R = A + V), update, forget.
/// </summary>
public abstract class OnPolicyLearner : Learner
{
    private readonly OnPolicyOptions options;
    private readonly ActorCriticPolicy policy;
    private readonly RolloutCollector collector;

    /// <summary>Creates policy and copies.</summary>
    /// <param name="environment">What is to be controlled.</param>
    /// <param name="options">Settings.</param>
    /// <param name="seed">Seed of first weights, episodes, actions and batches.</param>
    /// <param name="workers">Threads; <see cref="Workers.Shared"/> when null.</param>
    /// <param name="capacity">The most steps of a rollout.</param>
    /// <exception cref="ArgumentException">A setting or a space cannot be used; the message says which and why.</exception>
    protected OnPolicyLearner(IEnvironment environment, OnPolicyOptions options, ulong seed, Workers? workers, int capacity)
        : base(seed)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        this.options = options;
        Workers = workers ?? Workers.Shared;
        EnvironmentSpecification specification = environment.Specification;
        policy = new ActorCriticPolicy(specification.Observations, specification.Actions, options.Policy, seed, Workers);
        collector = new RolloutCollector(policy, environment, options, seed, Workers);
        Rollout = new Rollout(policy, specification.MaskWidth, capacity, options.Environments);
    }

    /// <inheritdoc/>
    public override Policy Policy => policy;

    /// <inheritdoc/>
    public override EpisodeLog Episodes => collector.Episodes;

    /// <summary>The policy with its critic.</summary>
    protected ActorCriticPolicy ActorCritic => policy;

    /// <summary>The rollout of this iteration.</summary>
    protected Rollout Rollout { get; }

    /// <summary>Threads.</summary>
    protected Workers Workers { get; }

    /// <summary>The learning rate of this iteration.</summary>
    protected double LearningRate => options.AnnealLearningRate ? options.LearningRate * (1 - Progress) : options.LearningRate;

    internal RolloutCollector Collector => collector;

    /// <inheritdoc/>
    protected override long Iterate()
    {
        Collector.Collect(Rollout);
        EstimateAdvantages();
        Update();
        Metrics.Add("value/explained-variance", AdvantageEstimation.ExplainedVariance(Rollout.Values, Rollout.Returns));
        return Rollout.Count;
    }

    /// <summary>Changes the policy with <see cref="Rollout"/>.</summary>
    protected abstract void Update();

    /// <summary>Writes advantages and returns of the rollout.</summary>
    protected void EstimateAdvantages()
    {
        AdvantageEstimation.Generalized(Rollout.Rewards, Rollout.Values, Rollout.Ended, Rollout.LastValues, options.Discount, options.GaeLambda, Rollout.Advantages);
        for (int i = 0; i < Rollout.Count; i++)
        {
            Rollout.Returns[i] = Rollout.Advantages[i] + Rollout.Values[i];
        }
    }

    /// <summary>Refuses a number that is not finite.</summary>
    /// <exception cref="LearningException">The number is not finite.</exception>
    protected void CheckFinite(double value, string quantity)
    {
        if (!double.IsFinite(value))
        {
            throw new LearningException(GetType().Name, Steps, quantity, value);
        }
    }

    /// <inheritdoc/>
    protected override void TransferState(StateTransfer state)
    {
        TransferParameters(state, policy.NetworkParameters);
        collector.Transfer(state);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            collector.Dispose();
            policy.Dispose();
        }
    }
}
