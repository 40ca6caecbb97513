using Proximal.Rollouts;
using Proximal.Rollouts.Sharing;

namespace Proximal.Training;

/// <summary>Policy optimization of several models on shared rollouts: each rolls out its share of a step, they exchange what they wrote, and each learns from all of it.</summary>
internal sealed class SharedRolloutTrainer(IReadOnlyList<(string Name, PolicyTrainer Trainer)> models, RolloutExchange exchange) : PeerTrainer<PolicyTrainer>(models)
{
    public override StepReport Step(int step)
    {
        int[] all = [.. Enumerable.Range(0, Models.Count)];
        CollectedRollouts[] own = [.. all.Select(model => Run(model, trainer => trainer.Collect(step)))];
        RolloutBatch[] shared = exchange.Share([.. own.Select(rollouts => rollouts.Batch)]);
        return PeerMetrics.Combine([.. all.Select(model => (Models[model].Name, Run(model, trainer => trainer.Learn(step, own[model], shared[model]))))], exchange.Metrics);
    }
}
