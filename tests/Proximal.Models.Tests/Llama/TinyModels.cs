using Proximal.Models.Configuration;
using Proximal.Models.Llama;
using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Models.Tests.Llama;

/// <summary>Small models of every architecture, with norms and biases that are no ones and zeros.</summary>
internal static class TinyModels
{
    public static TheoryData<string> Names => ["tied", "untied, grouped queries, attention biases", "one key head, all biases, odd sizes", "mixture of experts"];

    public static LlamaModel Create(string name, int positions = 512)
    {
        LlamaConfiguration configuration = name switch
        {
            "tied" => new()
            {
                VocabularySize = 24,
                HiddenSize = 16,
                IntermediateSize = 24,
                Layers = 2,
                Heads = 2,
                TieEmbeddings = true,
                MaximumPositions = positions,
            },
            "untied, grouped queries, attention biases" => new()
            {
                VocabularySize = 33,
                HiddenSize = 24,
                IntermediateSize = 20,
                Layers = 2,
                Heads = 4,
                KeyValueHeads = 2,
                HeadDimension = 8,
                AttentionBias = true,
                MaximumPositions = positions,
            },
            "mixture of experts" => new()
            {
                VocabularySize = 29,
                HiddenSize = 20,
                IntermediateSize = 19,
                Layers = 2,
                Heads = 2,
                Experts = 5,
                ExpertsPerToken = 2,
                MaximumPositions = positions,
            },
            _ => new()
            {
                VocabularySize = 37,
                HiddenSize = 20,
                IntermediateSize = 27,
                Layers = 1,
                Heads = 3,
                KeyValueHeads = 1,
                HeadDimension = 6,
                AttentionBias = true,
                MlpBias = true,
                MaximumPositions = positions,
            },
        };
        LlamaModel model = LlamaModel.Create(configuration, seed: 7);
        RandomStream random = new(8, RandomPurpose.User);
        int position = 0;
        foreach (Parameter parameter in model.Parameters.Where(p => p.Shape.Rank == 1))
        {
            foreach (ref float value in parameter.Data)
            {
                value += 0.2f * (float)random.Normal(position++);
            }

            parameter.MarkChanged();
        }

        return model;
    }
}
