using Proximal.Models.Configuration;
using Proximal.Models.Llama;
using Proximal.Tensors;

namespace Proximal.Tests.Supplements;

/// <summary>
/// A model of eight tokens in which token i is followed by token i + 1 with a given probability. Attention and feed-forward layers are 0, so a hidden state is the
/// embedding of its token alone, a unit vector; the head holds the log-probabilities.
/// </summary>
internal sealed class ChainModel : IDisposable
{
    private const int Size = 8;

    public ChainModel(ReadOnlySpan<float> probabilities)
    {
        Model = LlamaModel.Create(
            new LlamaConfiguration
            {
                VocabularySize = Size,
                HiddenSize = Size,
                IntermediateSize = Size,
                Layers = 1,
                Heads = 2,
                TieEmbeddings = false,
                MaximumPositions = 16,
            },
            seed: 1);
        foreach (Parameter parameter in Model.Parameters)
        {
            Span<float> data = parameter.Data;
            switch (parameter.Name)
            {
                case "model.norm.weight":
                    data.Fill(1);
                    break;
                case "model.embed_tokens.weight":
                    data.Clear();
                    for (int i = 0; i < Size; i++)
                    {
                        data[(i * Size) + i] = 1;
                    }

                    break;
                case "lm_head.weight":
                    FillHead(data, probabilities);
                    break;
                default:
                    data.Clear();
                    break;
            }

            parameter.MarkChanged();
        }
    }

    public LlamaModel Model { get; }

    public void Dispose() => Model.Dispose();

    private static void FillHead(Span<float> head, ReadOnlySpan<float> probabilities)
    {
        for (int from = 0; from < Size; from++)
        {
            for (int to = 0; to < Size; to++)
            {
                float next = from < probabilities.Length ? probabilities[from] : 1f / Size;
                float probability = to == (from + 1) % Size ? next : (1 - next) / (Size - 1);

                // The norm of a unit vector has the length of its mean square: its one component becomes the root of the size.
                head[(to * Size) + from] = MathF.Log(probability) / MathF.Sqrt(Size);
            }
        }
    }
}
