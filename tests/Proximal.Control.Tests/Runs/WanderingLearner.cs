using Proximal.Control.Algorithms;
using Proximal.Control.Environments;
using Proximal.Control.Learning;
using Proximal.Control.Policies;
using Proximal.Control.State;
using Proximal.Tensors.Random;

namespace Proximal.Control.Tests.Runs;

/// <summary>A learner that needs everything a checkpoint holds: its weights take a random walk whose steps depend on what it observes.</summary>
internal sealed class WanderingLearner : Learner
{
    private const int Copies = 4;
    private const int StepsPerIteration = 8;

    private readonly WanderingPolicy policy;
    private readonly VectorEnvironment copies;
    private readonly StepBatch batch;
    private readonly EpisodeLog episodes;
    private readonly WanderingOptions options;
    private bool begun;

    public WanderingLearner(LearningTask task, WanderingOptions options)
        : base(task.Seed)
    {
        this.options = options;
        copies = task.Environment.CreateVector(Copies, task.Workers);
        batch = copies.CreateBatch();
        policy = new WanderingPolicy(copies.Specification.Observations, copies.Specification.Actions);
        episodes = new EpisodeLog(copies.Specification, Copies);
    }

    public override Policy Policy => policy;

    public override EpisodeLog Episodes => episodes;

    protected override long Iterate()
    {
        if (!begun)
        {
            copies.Reset(Seed, batch);
            begun = true;
        }

        RandomStream random = new(Seed, RandomPurpose.User, Iterations);
        float[] actions = new float[Copies];
        for (int step = 0; step < StepsPerIteration; step++)
        {
            policy.Act(new PolicyInput(Copies, batch.Observations), ActionChoice.Greedy, actions);
            copies.Step(actions, batch);
            episodes.Add(batch);
            for (int i = 0; i < policy.Weights.Length; i++)
            {
                policy.Weights.Data[i] += (float)(options.Rate * random.Normal((step * policy.Weights.Length) + i) * batch.Observations[i]);
            }
        }

        if (Steps >= options.FailsAfter)
        {
            throw new LearningException("wandering", Steps, "the loss", double.NaN);
        }

        Metrics.Add("weights/first", policy.Weights.Data[0]);
        return Copies * StepsPerIteration;
    }

    protected override void TransferState(StateTransfer state)
    {
        TransferParameters(state, policy.Parameters);
        copies.Transfer(state);
        state.Values(batch.Observations);
        state.Value(ref begun);
        episodes.Transfer(state);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            copies.Dispose();
            policy.Dispose();
        }
    }
}
