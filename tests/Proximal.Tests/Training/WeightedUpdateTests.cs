using Proximal.Models.Configuration;
using Proximal.Models.Generation;
using Proximal.Models.Llama;
using Proximal.Tensors;
using Proximal.Training;
using Proximal.Weighting;

namespace Proximal.Tests.Training;

/// <summary>The weights of demonstrations are constants of the loss.</summary>
public sealed class WeightedUpdateTests
{
    private static readonly LlamaConfiguration Configuration = new()
    {
        VocabularySize = 7,
        HiddenSize = 8,
        IntermediateSize = 12,
        Layers = 1,
        Heads = 2,
        KeyValueHeads = 2,
        HeadDimension = 4,
        MaximumPositions = 16,
        EndOfSequence = [1],
    };

    [Fact]
    public void No_gradient_flows_through_the_weights()
    {
        using LlamaModel model = LlamaModel.Create(Configuration, 5);
        DemonstrationBatch batch = Batch();
        ITokenWeighting pear = new PearWeighting(new PearWeightingOptions { Discount = 0.9 });
        Frozen frozen = new(pear);
        Loss(model, batch, frozen);
        frozen.IsFrozen = true;
        Dictionary<string, float[]> gradients = model.Parameters.ToDictionary(p => p.Name, p => p.Gradient.ToArray());

        // The derivative of the loss with the weights held fast, by central differences along the gradient.
        double squares = gradients.Values.Sum(g => g.Sum(x => (double)x * x)), step = 1e-2 / Math.Sqrt(squares);
        double forward = Moved(+step), backward = Moved(-step);
        Assert.Equal(squares, (forward - backward) / (2 * step), 2e-3 * squares);

        double Moved(double by)
        {
            Move(by);
            double loss = Loss(model, batch, frozen);
            Move(-by);
            return loss;
        }

        void Move(double by)
        {
            foreach (Parameter parameter in model.Parameters)
            {
                for (int i = 0; i < parameter.Length; i++)
                {
                    parameter.Data[i] += (float)(by * gradients[parameter.Name][i]);
                }

                parameter.MarkChanged();
            }
        }
    }

    [Fact]
    public void Weights_of_one_have_the_bits_of_no_weighting()
    {
        using LlamaModel model = LlamaModel.Create(Configuration, 5);
        double plain = Loss(model, Batch(), null);
        float[][] expected = [.. model.Parameters.Select(p => p.Gradient.ToArray())];
        double weighted = Loss(model, Batch(), new PearWeighting(new PearWeightingOptions { Variant = PearVariant.Block, Block = 100 }));
        Assert.Equal(plain, weighted);
        Assert.Equal(expected, model.Parameters.Select(p => p.Gradient.ToArray()));
    }

    private static double Loss(LlamaModel model, DemonstrationBatch batch, ITokenWeighting? weighting)
    {
        using Workers workers = new(1);
        using UpdateLanes lanes = new(model, workers, 10);
        foreach (Parameter parameter in model.Parameters)
        {
            parameter.Gradient.Clear();
        }

        return new SupervisedUpdater(lanes).Update(batch, weighting);
    }

    private static DemonstrationBatch Batch()
    {
        TokenTree[] trees = [Tree([2, 3], [4, 5, 6, 1], [-0.4f, -1, -0.2f, -2]), Tree([3], [2, 2, 1], [-0.1f, -3, -1]), Tree([6, 6, 2], [5, 1], [-1, -1])];
        return new DemonstrationBatch(trees, [true, true, true]);
    }

    private static TokenTree Tree(int[] prompt, int[] response, float[] logProbs)
    {
        TokenTree tree = new(prompt);
        TokenSegment segment = tree.Branch(0, SegmentOrigin.Teacher);
        for (int i = 0; i < response.Length; i++)
        {
            segment.Append(response[i], logProbs[i], 0);
        }

        return tree;
    }

    /// <summary>Gives the same weights again once it is frozen.</summary>
    private sealed class Frozen(ITokenWeighting inner) : ITokenWeighting
    {
        private readonly Dictionary<string, float[]> known = [];

        public bool IsFrozen { get; set; }

        public Proximal.Recipes.ComponentInfo Info => inner.Info;

        public bool NeedsTeacher => true;

        public void Weigh(ScoredDemonstration demonstration, Span<float> weights)
        {
            string key = string.Join(' ', demonstration.Teacher.ToArray());
            if (!IsFrozen)
            {
                inner.Weigh(demonstration, weights);
                known[key] = weights.ToArray();
            }

            known[key].CopyTo(weights);
        }
    }
}
