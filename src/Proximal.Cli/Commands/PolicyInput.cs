using System.CommandLine;

namespace Proximal.Cli.Commands;

/// <summary>The argument by which commands take a trained model, and the options by which its tokens are drawn.</summary>
internal sealed class PolicyInput
{
    public Argument<string> Folder { get; } = new("model")
    {
        HelpName = "MODEL",
        Description = "A run folder, or a model folder in Hugging Face layout (config.json, model.safetensors and the tokenizer).",
    };

    public Option<double?> Temperature { get; } = Parsing.NumberOptions.Number(
        "--temperature", "T", "Divides the logits; 0 takes the most likely token. 1 by default, 0 where there is one sample.", 0, 100);

    public Option<double?> TopP { get; } = Parsing.NumberOptions.Number(
        "--top-p", "P", "Samples from the most likely tokens that together have this probability; 1 by default.", 1e-6, 1);

    public Option<int?> Seed { get; } = Parsing.NumberOptions.Integer("--seed", "N", "Seed of the random draws.", 0, int.MaxValue);

    /// <summary>How tokens are drawn.</summary>
    public Models.Generation.SamplingOptions Sampling(ParseResult line, int samples) => new()
    {
        Temperature = line.GetValue(Temperature) ?? (samples == 1 ? 0 : 1),
        TopP = line.GetValue(TopP) ?? 1,
    };
}
