using System.Text.Json;
using System.Text.Json.Nodes;
using Proximal.Models.Configuration;
using Proximal.Tensors.Safetensors;

namespace Proximal.Models.Tests.Configuration;

public sealed class LlamaConfigurationTests : IDisposable
{
    private const string Small = """
        {"model_type":"llama","vocab_size":16,"hidden_size":8,"intermediate_size":12,"num_hidden_layers":2,"num_attention_heads":4}
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SharedDataFact("models/digit-completion")]
    public void The_sample_is_read_and_written_back_byte_for_byte()
    {
        string path = SharedData.PathOf("models/digit-completion/config.json");
        LlamaConfiguration configuration = LlamaConfiguration.Read(path);
        Assert.Equal(16, configuration.VocabularySize);
        Assert.Equal(128, configuration.HiddenSize);
        Assert.Equal(344, configuration.IntermediateSize);
        Assert.Equal(4, configuration.Layers);
        Assert.Equal(4, configuration.KeyValueHeads);
        Assert.Equal(32, configuration.HeadDimension);
        Assert.Equal(1e-6, configuration.NormEpsilon);
        Assert.Equal(SafetensorsType.BFloat16, configuration.WeightType);
        Assert.Equal([1], configuration.EndOfSequence);
        Assert.Equal(2, configuration.Padding);
        Assert.Null(configuration.BeginOfSequence);
        configuration.Write(folder.File("config.json"));
        Assert.Equal(File.ReadAllText(path).TrimEnd(), File.ReadAllText(folder.File("config.json")).TrimEnd());
    }

    [Fact]
    public void A_new_configuration_comes_back()
    {
        LlamaConfiguration written = new()
        {
            VocabularySize = 109,
            HiddenSize = 64,
            IntermediateSize = 96,
            Layers = 3,
            Heads = 4,
            KeyValueHeads = 2,
            HeadDimension = 32,
            MaximumPositions = 512,
            RotaryBase = 500_000.5,
            NormEpsilon = 1e-5,
            TieEmbeddings = true,
            WeightType = SafetensorsType.Float32,
            BeginOfSequence = 1,
            EndOfSequence = [2, 3],
        };
        written.Write(folder.File("config.json"));
        LlamaConfiguration read = LlamaConfiguration.Read(folder.File("config.json"));
        Assert.Equal(written.EndOfSequence, read.EndOfSequence);
        Assert.Equal(written with { EndOfSequence = [], Original = read.Original }, read with { EndOfSequence = [] });
    }

    [Fact]
    public void Unknown_keys_are_kept_and_changed_values_are_written()
    {
        File.WriteAllText(folder.File("a"), With("\"z_custom\":{\"a\":[1,2.50]},\"rope_theta\":1e4,\"torch_dtype\":\"float16\""));
        LlamaConfiguration changed = LlamaConfiguration.Read(folder.File("a")) with { WeightType = SafetensorsType.Float32, EndOfSequence = [5] };
        changed.Write(folder.File("b"));
        JsonObject json = JsonNode.Parse(File.ReadAllText(folder.File("b")))!.AsObject();
        Assert.Equal("{\"a\":[1,2.50]}", json["z_custom"]!.ToJsonString());
        Assert.Equal("1e4", json["rope_theta"]!.ToJsonString());
        Assert.Equal("float32", json["torch_dtype"]!.GetValue<string>());
        Assert.Equal(5, json["eos_token_id"]!.GetValue<int>());
    }

    [Fact]
    public void The_newer_names_of_rotary_base_and_type_are_read_and_kept()
    {
        File.WriteAllText(folder.File("a"), With("\"dtype\":\"bfloat16\",\"rope_parameters\":{\"rope_theta\":500000.0,\"rope_type\":\"default\"}"));
        LlamaConfiguration read = LlamaConfiguration.Read(folder.File("a"));
        Assert.Equal(500_000, read.RotaryBase);
        Assert.Equal(SafetensorsType.BFloat16, read.WeightType);
        (read with { RotaryBase = 20_000 }).Write(folder.File("b"));
        Assert.Equal(20_000, LlamaConfiguration.Read(folder.File("b")).RotaryBase);
    }

    [Theory]
    [InlineData("\"model_type\":\"gpt2\"", "model_type")]
    [InlineData("\"model_type\":\"mixtral\",\"num_local_experts\":0", "num_local_experts")]
    [InlineData("\"model_type\":\"mixtral\",\"num_local_experts\":100000", "num_local_experts")]
    [InlineData("\"model_type\":\"mixtral\",\"num_local_experts\":4,\"num_experts_per_tok\":5", "num_experts_per_tok 5, expected an integer from 1 to num_local_experts 4")]
    [InlineData("\"model_type\":\"mixtral\",\"mlp_bias\":true", "mlp_bias true, expected false in a mixture of experts")]
    [InlineData("\"model_type\":\"mixtral\",\"sliding_window\":100,\"max_position_embeddings\":200", "sliding_window \"100\", expected null")]
    [InlineData("\"hidden_act\":\"gelu\"", "hidden_act \"gelu\", expected \"silu\"")]
    [InlineData("\"rope_scaling\":{\"rope_type\":\"llama3\",\"factor\":8}", "rope_scaling.rope_type \"llama3\"")]
    [InlineData("\"rope_scaling\":{\"type\":\"linear\",\"factor\":8}", "rope_scaling.type \"linear\"")]
    [InlineData("\"rope_parameters\":{\"rope_type\":\"yarn\"}", "rope_parameters.rope_type \"yarn\"")]
    [InlineData("\"hidden_size\":0", "hidden_size \"0\", expected an integer from 1")]
    [InlineData("\"hidden_size\":1e300", "hidden_size")]
    [InlineData("\"hidden_size\":\"8\"", "hidden_size")]
    [InlineData("\"hidden_size\":9", "num_attention_heads 4, expected a divisor of hidden_size 9")]
    [InlineData("\"num_hidden_layers\":100000", "num_hidden_layers")]
    [InlineData("\"num_key_value_heads\":3", "num_key_value_heads 3, expected a divisor")]
    [InlineData("\"num_key_value_heads\":8", "num_key_value_heads")]
    [InlineData("\"head_dim\":3", "head_dim 3, expected an even number")]
    [InlineData("\"vocab_size\":4194304,\"hidden_size\":4096", "the largest matrix")]
    [InlineData("\"rms_norm_eps\":-1", "rms_norm_eps")]
    [InlineData("\"rope_theta\":0.5", "rope_theta")]
    [InlineData("\"tie_word_embeddings\":\"yes\"", "tie_word_embeddings")]
    [InlineData("\"eos_token_id\":16", "eos_token_id")]
    [InlineData("\"eos_token_id\":[1,16]", "eos_token_id")]
    [InlineData("\"eos_token_id\":[1,\"x\"]", "eos_token_id")]
    [InlineData("\"torch_dtype\":\"int8\"", "torch_dtype \"int8\", expected one of")]
    [InlineData("\"\\ud800\":1", "not valid JSON")]
    public void Values_out_of_range_are_refused_in_one_line(string field, string expected)
    {
        File.WriteAllText(folder.File("a"), With(field));
        ModelFormatException thrown = Assert.Throws<ModelFormatException>(() => LlamaConfiguration.Read(folder.File("a")));
        Assert.StartsWith(folder.File("a"), thrown.Message, StringComparison.Ordinal);
        Assert.Contains(expected, thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', thrown.Message);
    }

    [Fact]
    public void A_mixture_is_read_with_the_defaults_of_its_architecture()
    {
        File.WriteAllText(folder.File("a"), With("\"model_type\":\"mixtral\",\"num_local_experts\":6,\"sliding_window\":null"));
        LlamaConfiguration read = LlamaConfiguration.Read(folder.File("a"));
        Assert.Equal((6, 2, 4), (read.Experts, read.ExpertsPerToken, read.RouteLength));
        Assert.Equal((1e-5, 1e6), (read.NormEpsilon, read.RotaryBase));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"model_type\":\"llama\"}")]
    [InlineData("{\"model_type\":\"llama\",\"model_type\":\"llama\"}")]
    public void Broken_files_are_refused(string text)
    {
        File.WriteAllText(folder.File("a"), text);
        Assert.Throws<ModelFormatException>(() => LlamaConfiguration.Read(folder.File("a")));
    }

    [Fact]
    public void A_configuration_made_in_code_is_checked_as_well()
    {
        LlamaConfiguration configuration = new() { VocabularySize = 4, HiddenSize = 8, IntermediateSize = 8, Layers = 1, Heads = 3 };
        Assert.Contains("num_attention_heads 3", Assert.Throws<ArgumentException>(configuration.Validate).Message, StringComparison.Ordinal);
    }

    // Fields given replace those of the small configuration.
    private static string With(string fields)
    {
        JsonObject json = JsonNode.Parse(Small)!.AsObject();
        try
        {
            foreach ((string key, JsonNode? value) in JsonNode.Parse("{" + fields + "}")!.AsObject())
            {
                json[key] = value?.DeepClone();
            }
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            return Small.TrimEnd()[..^1] + "," + fields + "}";
        }

        return json.ToJsonString();
    }
}
