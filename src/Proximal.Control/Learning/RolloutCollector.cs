using Proximal.Control.Environments;
using Proximal.Control.Normalization;
using Proximal.Control.Policies;
using Proximal.Control.State;
using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Control.Learning;

/// <summary>
/// Lets a policy act in copies of an environment and writes down what happens. Random numbers of actions are named by the step of the learner and
/// the copy.
/// </summary>
internal sealed class RolloutCollector : IStateful, IDisposable
{
    // From so many copies on, stepping them is worth more than handing them to other threads costs.
    private const int CopiesThatShareThreads = 256;

    private readonly ActorCriticPolicy policy;
    private readonly OnPolicyOptions options;
    private readonly VectorEnvironment environment;
    private readonly RewardNormalizer? rewards;
    private readonly StepBatch batch;
    private readonly float[] states;
    private readonly float[] distributions;
    private readonly float[] finalValues;
    private readonly float[] finalObservations;
    private readonly bool[] began;
    private readonly bool[] ended;
    private readonly ulong seed;
    private long step;
    private bool running;

    public RolloutCollector(ActorCriticPolicy policy, IEnvironment environment, OnPolicyOptions options, ulong seed, Workers workers)
    {
        int copies = options.Environments;
        this.policy = policy;
        this.options = options;
        this.seed = seed;
        this.environment = environment.CreateVector(copies, copies >= CopiesThatShareThreads ? workers : null);
        batch = this.environment.CreateBatch();
        rewards = options.NormalizeRewards ? new RewardNormalizer(copies, options.Discount, options.RewardClip) : null;
        Episodes = new EpisodeLog(this.environment.Specification, copies);
        states = new float[copies * policy.StateWidth];
        distributions = new float[copies * policy.Distribution.ParameterWidth];
        finalValues = new float[copies];
        finalObservations = new float[copies * policy.EncodedWidth];
        began = new bool[copies];
        ended = new bool[copies];
    }

    public EpisodeLog Episodes { get; }

    /// <summary>Begins new episodes in all copies.</summary>
    public void Reset(ulong episodeSeed)
    {
        environment.Reset(episodeSeed, batch);
        Episodes.Restart();
        rewards?.Restart();
        states.AsSpan().Clear();
        began.AsSpan().Fill(true);
        policy.Observe(batch.Observations);
        running = true;
    }

    /// <summary>Fills a rollout; episodes go on from one to the next.</summary>
    public void Collect(Rollout rollout)
    {
        if (!running)
        {
            Reset(seed);
        }

        Begin(rollout);
        for (int t = 0; t < rollout.Steps; t++)
        {
            Step(rollout, t);
        }

        Finish(rollout);
    }

    /// <summary>Notes the states before the first step.</summary>
    public void Begin(Rollout rollout) => states.CopyTo(rollout.States);

    /// <summary>Takes a step and writes it down.</summary>
    public void Step(Rollout rollout, int t)
    {
        int copies = environment.Count, row = t * copies, width = policy.EncodedWidth;
        Span<float> observations = rollout.Observations.Slice(row * width, copies * width);
        Span<float> actions = rollout.Actions.Slice(row * rollout.ActionWidth, copies * rollout.ActionWidth);
        policy.Encode(batch.Observations, observations);
        batch.ActionMasks.CopyTo(rollout.Masks.Slice(row * rollout.MaskWidth, copies * rollout.MaskWidth));
        for (int copy = 0; copy < copies; copy++)
        {
            rollout.Keep[row + copy] = began[copy] ? 0 : 1;
        }

        // Without a memory, the values are computed for the whole rollout at once when it is finished.
        policy.Infer(copies, observations, states, distributions, policy.StateWidth > 0 ? rollout.Values.Slice(row, copies) : default);
        Draw(rollout, row, actions);
        environment.Step(actions, batch);
        step++;
        policy.Observe(batch.Observations);
        CheckRewards();
        Episodes.Add(batch);
        Reward(rollout, row);
    }

    /// <summary>Computes the values of the rollout and of the states after it.</summary>
    public void Finish(Rollout rollout)
    {
        if (policy.StateWidth == 0)
        {
            policy.Infer(rollout.Count, rollout.Observations, default, default, rollout.Values);
        }

        policy.Encode(batch.Observations, finalObservations);
        policy.Values(environment.Count, finalObservations, states, rollout.LastValues);
    }

    public void Transfer(StateTransfer state)
    {
        state.Value(ref step);
        state.Value(ref running);
        state.Values<bool>(began);
        state.Values<float>(states);
        state.Values(batch.Observations);
        state.Values(batch.ActionMasks);
        environment.Transfer(state);
        Episodes.Transfer(state);
        policy.Normalizer?.Transfer(state);
        rewards?.Transfer(state);
    }

    public void Dispose() => environment.Dispose();

    private void Draw(Rollout rollout, int row, Span<float> actions)
    {
        int width = policy.Distribution.ParameterWidth;
        for (int copy = 0; copy < environment.Count; copy++)
        {
            ReadOnlySpan<float> distribution = distributions.AsSpan(copy * width, width);
            ReadOnlySpan<bool> mask = rollout.Mask(row + copy);
            Span<float> action = actions.Slice(copy * rollout.ActionWidth, rollout.ActionWidth);
            policy.Distribution.Sample(distribution, mask, new RandomStream(seed, RandomPurpose.Exploration, step, copy), action);
            rollout.LogProbs[row + copy] = (float)policy.Distribution.LogProb(distribution, mask, action, out _);
        }
    }

    private void Reward(Rollout rollout, int row)
    {
        int copies = environment.Count;
        Span<float> received = rollout.Rewards.Slice(row, copies);
        batch.Rewards.CopyTo(received);
        bool truncated = false;
        for (int copy = 0; copy < copies; copy++)
        {
            ended[copy] = began[copy] = batch.Ended(copy);
            truncated |= batch.Truncated[copy];
        }

        ended.CopyTo(rollout.Ended.Slice(row, copies));
        rewards?.Normalize(received, ended);
        if (truncated && options.BootstrapOnTruncation)
        {
            policy.Encode(batch.FinalObservations, finalObservations);
            policy.Values(copies, finalObservations, states, finalValues);
            for (int copy = 0; copy < copies; copy++)
            {
                received[copy] += batch.Truncated[copy] ? (float)(options.Discount * finalValues[copy]) : 0;
            }
        }

        for (int copy = 0; copy < copies; copy++)
        {
            if (ended[copy])
            {
                states.AsSpan(copy * policy.StateWidth, policy.StateWidth).Clear();
            }
        }
    }

    private void CheckRewards()
    {
        int copy = batch.Rewards.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (copy >= 0)
        {
            throw new EnvironmentException(environment.Specification.Name, copy, step, $"the reward is {batch.Rewards[copy]}, expected a finite number");
        }
    }
}
