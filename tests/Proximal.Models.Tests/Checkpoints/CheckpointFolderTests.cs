using Proximal.Models.Checkpoints;
using Proximal.Models.Configuration;
using Proximal.Models.Tokenizers;
using Proximal.Tensors;
using Proximal.Tensors.Safetensors;

namespace Proximal.Models.Tests.Checkpoints;

public sealed class CheckpointFolderTests : IDisposable
{
    private static readonly LlamaConfiguration Small = new()
    {
        VocabularySize = 12,
        HiddenSize = 8,
        IntermediateSize = 10,
        Layers = 2,
        Heads = 4,
        KeyValueHeads = 2,
        EndOfSequence = [2, 3],
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SharedDataFact("models/digit-completion")]
    public void The_sample_is_loaded_and_saved_to_the_same_files()
    {
        string original = SharedData.PathOf("models/digit-completion");
        LlamaConfiguration configuration = CheckpointFolder.ReadConfiguration(original);
        Parameter[] parameters = Make(configuration);
        CheckpointFolder.Load(original, parameters);
        CheckpointFolder.Save(folder.Path, configuration, CheckpointFolder.ReadTokenizer(original), parameters);
        Assert.Equal(Directory.GetFiles(original).Select(Path.GetFileName).Order(), Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
        foreach (string path in Directory.GetFiles(original))
        {
            byte[] expected = File.ReadAllBytes(path);
            byte[] actual = File.ReadAllBytes(folder.File(Path.GetFileName(path)));
            Assert.True(expected.AsSpan().TrimEnd((byte)'\n').SequenceEqual(actual.AsSpan().TrimEnd((byte)'\n')), Path.GetFileName(path));
        }
    }

    [Fact]
    public void A_new_model_comes_back_with_its_values_and_type()
    {
        Parameter[] written = Make(Small);
        for (int i = 0; i < written.Length; i++)
        {
            written[i].Data.Fill(i + 0.25f);
        }

        CheckpointFolder.Save(folder.File("new/deep"), Small, SymbolTokenizer.Default, written, SafetensorsType.BFloat16);
        Parameter[] read = Make(Small);
        CheckpointFolder.Load(folder.File("new/deep"), read);
        Assert.All(written.Zip(read), pair => Assert.Equal(pair.First.Data.ToArray(), pair.Second.Data.ToArray()));
        Assert.All(read, parameter => Assert.Equal(1, parameter.Version));
        Assert.Equal(SafetensorsType.BFloat16, CheckpointFolder.ReadConfiguration(folder.File("new/deep")).WeightType);
        Assert.Equal(109, CheckpointFolder.ReadTokenizer(folder.File("new/deep")).VocabularySize);
        Assert.Empty(Directory.GetFiles(folder.Path, "*.partial", SearchOption.AllDirectories));
    }

    [Fact]
    public void Missing_unexpected_and_misshapen_tensors_are_listed_and_nothing_is_changed()
    {
        CheckpointFolder.Save(folder.Path, Small, null, Make(Small));
        Parameter[] other = [new Parameter(LlamaTensors.Embedding, new Shape(12, 9)), new Parameter(LlamaTensors.FinalNorm, new Shape(8)), new Parameter("model.extra", new Shape(1))];
        other[1].Data.Fill(5);
        ModelFormatException thrown = Assert.Throws<ModelFormatException>(() => CheckpointFolder.Load(folder.Path, other));
        Assert.Contains("missing \"model.extra\"", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("model.embed_tokens.weight [12, 8] instead of [12, 9]", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("unexpected \"model.layers.0.", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("and 13 more", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(5, other[1].Data[0]);
    }

    [Fact]
    public void A_tied_model_ignores_the_copy_of_the_output_layer()
    {
        CheckpointFolder.Save(folder.Path, Small, null, Make(Small));
        CheckpointFolder.Load(folder.Path, Make(Small with { TieEmbeddings = true }));
    }

    [Fact]
    public void Weights_saved_over_shards_are_the_ones_that_load()
    {
        File.WriteAllText(folder.File(SafetensorsFolder.IndexName), "{\"weight_map\":{\"a\":\"old.safetensors\"}}");
        Parameter[] written = Make(Small);
        written[0].Data.Fill(3);
        CheckpointFolder.Save(folder.Path, Small, null, written);
        Parameter[] read = Make(Small);
        CheckpointFolder.Load(folder.Path, read);
        Assert.Equal(3, read[0].Data[0]);
    }

    [Fact]
    public void Biases_appear_where_the_configuration_has_them()
    {
        string[] names = [.. LlamaTensors.Of(Small with { AttentionBias = true, MlpBias = true }).Select(tensor => tensor.Name)];
        Assert.Contains("model.layers.1.self_attn.o_proj.bias", names);
        Assert.Contains("model.layers.1.mlp.down_proj.bias", names);
        Assert.Equal((9 * 2) + 3, LlamaTensors.Of(Small).Count);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named()
    {
        File.WriteAllText(folder.File("file"), "");
        IOException thrown = Assert.Throws<IOException>(() => CheckpointFolder.Save(folder.File("file/inside"), Small, null, Make(Small)));
        Assert.Contains(folder.File("file/inside"), thrown.Message, StringComparison.Ordinal);
    }

    private static Parameter[] Make(LlamaConfiguration configuration) =>
        [.. LlamaTensors.Of(configuration).Select(tensor => new Parameter(tensor.Name, tensor.Shape))];
}
