using Proximal.Models.Generation;
using Proximal.Models.Llama;
using Proximal.Tensors;

namespace Proximal.Models.Tests.Llama;

public sealed class TokenTreeExactnessTests
{
    [Theory]
    [MemberData(nameof(TinyModels.Names), MemberType = typeof(TinyModels))]
    public void A_packed_tree_scores_its_tokens_as_the_separate_paths_do(string name)
    {
        using LlamaModel model = TinyModels.Create(name);
        using Workers workers = new(2), alone = new(1);
        TokenTree[] trees = [.. Enumerable.Range(0, 12).Select(i => RandomTrees.Create((ulong)i, model.Configuration.VocabularySize, 7, 9))];
        (float, float)[][] packed = Scores.Of(model, workers, trees);
        List<int> leaves = [];
        for (int i = 0; i < trees.Length; i++)
        {
            trees[i].WriteLeaves(leaves);
            foreach (int leaf in leaves)
            {
                int[] places = Scores.Places(trees[i], leaf);
                Assert.Equal(places.Skip(1).Select(place => packed[i][place - 1]).ToArray(), Scores.Of(model, alone, Scores.Chain(trees[i], leaf))[0]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(TinyModels.Names), MemberType = typeof(TinyModels))]
    public void The_gradient_of_a_tree_is_the_sum_of_those_of_its_paths(string name)
    {
        using LlamaModel model = TinyModels.Create(name);
        using Workers workers = new(2);
        List<int> leaves = [];
        for (ulong seed = 20; seed < 26; seed++)
        {
            TokenTree tree = RandomTrees.Create(seed, model.Configuration.VocabularySize, 8, 6);
            float[] weights = new float[tree.TokenCount - 1];
            Clear(model);
            tree.WriteLeaves(leaves);
            foreach (int leaf in leaves)
            {
                int[] places = Scores.Places(tree, leaf);
                float[] own = [.. places.Skip(1).Select(place => MathF.Sin((17 * leaf) + place))];
                for (int i = 0; i < own.Length; i++)
                {
                    weights[places[i + 1] - 1] += own[i];
                }

                if (own.Length > 0)
                {
                    Scores.AddGradient(model, workers, Scores.Chain(tree, leaf), own);
                }
            }

            float[][] separate = Gradients(model);
            Clear(model);
            if (weights.Length > 0)
            {
                Scores.AddGradient(model, workers, tree, weights);
            }

            float[][] packed = Gradients(model);
            for (int p = 0; p < packed.Length; p++)
            {
                float scale = 1e-5f * (1e-3f + separate[p].Max(Math.Abs));
                Assert.All(packed[p].Zip(separate[p]), pair => Assert.InRange(pair.First - pair.Second, -scale, scale));
            }
        }
    }

    private static float[][] Gradients(LlamaModel model) =>
        [.. model.Parameters.Select(p => p.Gradient.IsEmpty ? new float[p.Length] : p.Gradient.ToArray())];

    private static void Clear(LlamaModel model)
    {
        foreach (Parameter parameter in model.Parameters)
        {
            parameter.ClearGradient();
        }
    }
}
