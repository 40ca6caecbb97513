using Proximal.Models.Generation;
using Proximal.Models.Llama;
using Proximal.Objectives;
using Proximal.Rollouts;
using Proximal.Tensors;

namespace Proximal.Training;

/// <summary>Computes log-probabilities of rollouts under a model, and the gradient of an objective with respect to the policy.</summary>
/// <param name="lanes">The policy, and who goes through the trees.</param>
/// <param name="reference">The reference model; only needed where an objective uses the full divergence from it.</param>
/// <param name="routes">The routes of a step where the policy is a mixture of experts.</param>
internal sealed class PolicyUpdater(UpdateLanes lanes, LlamaModel? reference, ExpertRoutes? routes = null)
{
    private float[] currentGradient = [];
    private float[] entropyGradient = [];
    private float[] divergenceGradient = [];

    /// <summary>A column of a batch.</summary>
    public delegate Span<float> Column(PathBatch paths);

    /// <summary>The largest difference between the log-probability that the objective saw and the one that the backward pass computed, over the last update.</summary>
    public float LargestMismatch { get; private set; }

    /// <summary>What the routers of a mixture did over the last update; null for a dense policy.</summary>
    public RoutingStatistics? Routing { get; private set; }

    /// <summary>Begins a step whose rollouts are the policy's own: the recorded log-probabilities are those of the policy as it is.</summary>
    public void BeginOnPolicy(RolloutBatch batch)
    {
        routes?.Begin([]);
        batch.Paths.Behaviour.CopyTo(batch.Paths.Current);
    }

    /// <summary>Begins a step with the log-probabilities and entropies of the policy as it is, without gradients.</summary>
    public void BeginOffPolicy(RolloutBatch batch)
    {
        routes?.Begin(batch.Trees);
        ScorePolicy(batch, 0, batch.Trees.Count, forOld: true);
    }

    /// <summary>Fills columns of the trees <paramref name="start"/> up to <paramref name="end"/> with what a model says, without gradients.</summary>
    /// <param name="batch">All rollouts of the step.</param>
    /// <param name="start">First tree.</param>
    /// <param name="end">One past the last tree.</param>
    /// <param name="scorer">The model.</param>
    /// <param name="logProbs">Column that receives log-probabilities.</param>
    /// <param name="entropies">Column that receives entropies; null for none.</param>
    public void Score(RolloutBatch batch, int start, int end, LlamaModel scorer, Column logProbs, Column? entropies) =>
        lanes.Score(batch.Trees, start, end, (lane, from, to) =>
        {
            TreePacking packing = lane.Packing;
            Tensor logProb = scorer.Score(lane.Forward(scorer), packing.ScoredRows, packing.ScoredTokens, out Tensor entropy);
            batch.Spread(packing, from, to, logProb.Data, logProbs(batch.Paths));
            if (entropies is not null)
            {
                batch.Spread(packing, from, to, entropy.Data, entropies(batch.Paths));
            }
        });

    /// <summary>Fills log-probabilities and entropies of the policy as it is, and with them the hidden states from which tokens are predicted.</summary>
    /// <param name="batch">The minibatch.</param>
    public void ScoreOutputLayer(RolloutBatch batch)
    {
        batch.Paths.SetOutputLayer(lanes.Model.OutputWeights, lanes.Model.Configuration.HiddenSize);
        ScorePolicy(batch, 0, batch.Trees.Count, forOld: false, withHidden: true);
    }

    /// <summary>Adds the gradient of the objective on the trees <paramref name="start"/> up to <paramref name="end"/> to the model's parameters.</summary>
    /// <param name="batch">All rollouts of the step.</param>
    /// <param name="start">First tree of the minibatch.</param>
    /// <param name="end">One past the last tree of the minibatch.</param>
    /// <param name="objective">The objective, whose metrics tell of the update.</param>
    /// <param name="currentIsKnown">Whether log-probabilities and entropies of the policy as it is now already stand in the batch.</param>
    public void Update(RolloutBatch batch, int start, int end, PolicyObjective objective, bool currentIsKnown)
    {
        PathBatch minibatch = batch.Paths.Groups(start, end);
        if (!currentIsKnown)
        {
            ScorePolicy(batch, start, end, forOld: false);
        }

        if (reference is not null)
        {
            ScoreDivergence(batch, start, end);
        }

        int tokens = minibatch.TokenCount;
        ObjectiveGradients gradients = new()
        {
            Current = Columns.Rent(ref currentGradient, tokens),
            Entropy = Columns.Rent(ref entropyGradient, tokens),
            FullDivergence = Columns.Rent(ref divergenceGradient, tokens),
        };
        objective.Evaluate(minibatch, gradients);

        int firstToken = batch.Paths.PathOffsets[batch.Paths.GroupOffsets[start]];
        bool hasEntropy = gradients.Entropy.ContainsAnyExcept(0f), hasDivergence = gradients.FullDivergence.ContainsAnyExcept(0f);
        LargestMismatch = 0;
        ReadOnlySpan<UpdateLane> took = lanes.Update(batch.Trees, start, end, SegmentOrigin.Policy, Backward);
        foreach (UpdateLane lane in took)
        {
            LargestMismatch = Math.Max(LargestMismatch, (float)lane.Result);
        }

        Routing = routes is null ? null : RoutingStatistics.Of(took, routes.Experts);

        void Backward(UpdateLane lane, int from, int to)
        {
            Tensor logProb = Forward(lane, batch, from, to, hasDivergence, out Tensor entropy, out Tensor? divergence);
            lane.Result = Math.Max(lane.Result, batch.LargestDifference(lane.Packing, from, to, logProb.Data, batch.Paths.Current));
            Seed(logProb, currentGradient);
            if (hasEntropy)
            {
                Seed(entropy, entropyGradient);
            }

            if (divergence is not null)
            {
                Seed(divergence, divergenceGradient);
            }

            void Seed(Tensor output, float[] column)
            {
                Span<float> scored = lane.Seeds(output.Length);
                batch.Collect(lane.Packing, from, to, column.AsSpan(0, tokens), firstToken, scored);
                lane.Tape.Seed(output, scored);
            }
        }
    }

    private void ScoreDivergence(RolloutBatch batch, int start, int end) =>
        lanes.Score(batch.Trees, start, end, (lane, from, to) =>
        {
            Forward(lane, batch, from, to, withDivergence: true, out _, out Tensor? divergence);
            batch.Spread(lane.Packing, from, to, divergence!.Data, batch.Paths.FullDivergence);
        });

    private void ScorePolicy(RolloutBatch batch, int start, int end, bool forOld, bool withHidden = false) =>
        lanes.Score(batch.Trees, start, end, (lane, from, to) =>
        {
            TreePacking packing = lane.Packing;
            Tensor hidden = Hidden(lane, batch, from, to, forOld);
            Tensor logProb = lanes.Model.Score(hidden, packing.ScoredRows, packing.ScoredTokens, out Tensor entropy);
            batch.Spread(packing, from, to, logProb.Data, batch.Paths.Current);
            batch.Spread(packing, from, to, entropy.Data, batch.Paths.Entropy);
            if (withHidden)
            {
                batch.SpreadHidden(packing, from, to, hidden.Data);
            }
        });

    private Tensor Hidden(UpdateLane lane, RolloutBatch batch, int from, int to, bool forOld) =>
        routes is null ? lane.Forward(lane.Model) : lane.Routes.Forward(routes, lane, batch.Trees, from, to, forOld);

    private Tensor Forward(UpdateLane lane, RolloutBatch batch, int from, int to, bool withDivergence, out Tensor entropy, out Tensor? divergence)
    {
        TreePacking packing = lane.Packing;
        Tensor hidden = Hidden(lane, batch, from, to, forOld: false);
        if (withDivergence)
        {
            return lane.Model.Score(hidden, reference!, lane.Forward(reference!), packing.ScoredRows, packing.ScoredTokens, out entropy, out divergence);
        }

        divergence = null;
        return lane.Model.Score(hidden, packing.ScoredRows, packing.ScoredTokens, out entropy);
    }
}
