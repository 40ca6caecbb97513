using System.Text.Json;
using Proximal.Models.Checkpoints;
using Proximal.Models.Llama;
using Proximal.Models.Tokenizers;
using Proximal.Recipes;
using Proximal.Runs;
using Proximal.Tensors.Safetensors;
using Proximal.Training;

namespace Proximal.Tests.Training;

/// <summary>The model of a run is a Hugging Face folder like the one that it came from.</summary>
public sealed class CheckpointLayoutTests
{
    private const string Source = "models/digit-completion";

    [SharedDataFact(Source)]
    public void The_trained_model_has_the_configuration_tokenizer_names_and_types_of_its_source()
    {
        using TemporaryFolder folder = new();
        string source = SharedData.PathOf(Source), model = new RunFolder(folder.Path).Model;
        TrainingOutcome outcome = TinyRuns.Train(SourceRecipe(), folder.Path);

        Assert.Equal(Fields(source, "config.json"), Fields(model, "config.json"));
        Assert.Equal(Fields(source, "tokenizer_config.json"), Fields(model, "tokenizer_config.json"));
        using (SafetensorsFile before = Open(source))
        using (SafetensorsFile after = Open(model))
        {
            Assert.Equal(Tensors(before), Tensors(after));
            Assert.Equal("pt", after.Metadata["format"]);
            Assert.NotEqual(before.ReadSingles("lm_head.weight"), after.ReadSingles("lm_head.weight"));
        }

        Assert.Equal(3, outcome.Evaluations.Count);
    }

    [SharedDataFact(Source)]
    public void The_trained_model_loads_and_is_the_last_checkpoint_rounded()
    {
        using TemporaryFolder folder = new();
        TinyRuns.Train(SourceRecipe(), folder.Path);
        string exported = new RunFolder(folder.Path).Model, last = Path.Combine(folder.Path, "checkpoints", "4-finished-0000000");
        using LlamaModel loaded = LlamaModel.Load(exported), exact = LlamaModel.Load(last);

        Assert.All(loaded.Parameters.Zip(exact.Parameters), pair =>
        {
            Assert.Equal(pair.Second.Name, pair.First.Name);
            Assert.All(pair.First.Data.ToArray().Zip(pair.Second.Data.ToArray()), value => Assert.InRange(value.First, value.Second - (Math.Abs(value.Second) / 256), value.Second + (Math.Abs(value.Second) / 256)));
        });
        ITokenizer tokenizer = CheckpointFolder.ReadTokenizer(exported), original = CheckpointFolder.ReadTokenizer(SharedData.PathOf(Source));
        Assert.Equal(original.EncodePrompt("1,3:9,4"), tokenizer.EncodePrompt("1,3:9,4"));
        Assert.Equal(original.EndOfSequence, tokenizer.EndOfSequence);
        using SafetensorsFile checkpoint = Open(last);
        Assert.All(checkpoint.Tensors, tensor => Assert.Equal(SafetensorsType.Float32, tensor.Type));
    }

    private static Recipe SourceRecipe() => TinyRuns.Recipe("objective: grpo") with
    {
        Model = new ModelSettings { Checkpoint = SharedData.PathOf(Source) },
        Evaluation = new EvaluationSettings { Every = 0, Prompts = 4 },
    };

    private static SafetensorsFile Open(string folder) => SafetensorsFile.Open(Path.Combine(folder, "model.safetensors"));

    private static string[] Tensors(SafetensorsFile file) => [.. file.Tensors.Select(tensor => $"{tensor.Name} {tensor.ShapeText()} {tensor.Type}").Order(StringComparer.Ordinal)];

    private static Dictionary<string, string> Fields(string folder, string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, file)));
        return document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => JsonSerializer.Serialize(p.Value));
    }
}
