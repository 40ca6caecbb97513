using Proximal.Models.Generation;
using Proximal.Models.Llama;
using Proximal.Rewards;
using Proximal.Rollouts;
using Proximal.Tensors;

namespace Proximal.Training;

/// <summary>A trunk of the policy's shape and a linear head that reads the score of a response from its last token.</summary>
internal sealed class RewardNetwork : ITrajectoryScorer, IDisposable
{
    /// <summary>Name of its file in a checkpoint.</summary>
    public const string Name = "reward-model";

    private readonly Parameter[] heads;
    private readonly UpdateLanes lanes;

    /// <summary>A new network: the trunk of a model, and a head of zeros.</summary>
    public RewardNetwork(LlamaModel model, int microbatchTokens, Workers workers)
    {
        Trunk = model.Clone(trainable: true);
        Head = new Parameter("score_head.weight", new Shape(1, model.Configuration.HiddenSize));
        Head.MarkChanged();
        heads = [Head, .. Enumerable.Range(1, LlamaLanes.Maximum - 1).Select(_ => Head.Lane())];
        lanes = new UpdateLanes(Trunk, workers, microbatchTokens);
    }

    public LlamaModel Trunk { get; }

    public Parameter Head { get; }

    public IReadOnlyList<Parameter> Parameters => [.. Trunk.Parameters, Head];

    /// <inheritdoc/>
    public void Score(IReadOnlyList<Trajectory> trajectories, Span<float> scores)
    {
        List<TokenTree> trees = [];
        List<int> offsets = [];
        for (int i = 0; i < trajectories.Count; i++)
        {
            if (i == 0 || !ReferenceEquals(trajectories[i].Tree, trajectories[i - 1].Tree))
            {
                trees.Add(trajectories[i].Tree);
                offsets.Add(i);
            }
        }

        offsets.Add(trajectories.Count);
        float[] values = new float[trajectories.Count];
        lanes.Score(trees, 0, trees.Count, (lane, from, to) =>
        {
            int first = offsets[from];
            int[] rows = new int[offsets[to] - first];
            for (int tree = from; tree < to; tree++)
            {
                for (int i = offsets[tree]; i < offsets[tree + 1]; i++)
                {
                    rows[i - first] = lane.Packing.LastRow(tree - from, trees[tree], trajectories[i].Leaf);
                }
            }

            Values(lane, rows).Data.CopyTo(values.AsSpan(first));
        });
        values.CopyTo(scores);
    }

    /// <summary>Adds the gradient of the mean of <c>-log σ(r(y_w) - r(y_l))</c>, and returns that loss and the share of pairs that are ordered as they should be.</summary>
    public (double Loss, double Accuracy) Update(IReadOnlyList<PreferencePair> pairs)
    {
        double[] right = new double[LlamaLanes.Maximum];
        double loss = 0;
        TokenTree[] trees = [.. pairs.Select(pair => pair.Tree)];
        ReadOnlySpan<UpdateLane> used = lanes.Update(trees, 0, trees.Length, SegmentOrigin.Policy, Backward);
        foreach (UpdateLane lane in used)
        {
            loss += lane.Result;
        }

        foreach (UpdateLane lane in used[1..])
        {
            Head.TakeGradient(heads[lane.Index]);
        }

        return (loss / pairs.Count, right.Sum() / pairs.Count);

        void Backward(UpdateLane lane, int from, int to)
        {
            int[] rows = new int[2 * (to - from)];
            for (int i = from; i < to; i++)
            {
                rows[2 * (i - from)] = lane.Packing.LastRow(i - from, trees[i], pairs[i].Preferred);
                rows[(2 * (i - from)) + 1] = lane.Packing.LastRow(i - from, trees[i], pairs[i].Other);
            }

            Tensor values = Values(lane, rows);
            Span<float> gradient = lane.Seeds(values.Length);
            for (int i = 0; i < rows.Length; i += 2)
            {
                double margin = (double)values.Data[i] - values.Data[i + 1];
                (double negativeLogProbability, double slope) = PreferencePair.Loss(margin);
                lane.Result += negativeLogProbability;
                right[lane.Index] += margin > 0 ? 1 : 0;
                gradient[i] = (float)(slope / pairs.Count);
                gradient[i + 1] = -gradient[i];
            }

            lane.Tape.Seed(values, gradient);
        }
    }

    public void Dispose()
    {
        lanes.Dispose();
        Trunk.Dispose();
        foreach (Parameter head in heads.Reverse())
        {
            head.Dispose();
        }
    }

    private Tensor Values(UpdateLane lane, ReadOnlySpan<int> rows) => lane.Forward(lane.Model).IndexSelect(0, rows).Linear(heads[lane.Index]);
}
