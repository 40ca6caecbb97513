using System.Text;
using Proximal.Models.Llama;
using Proximal.Models.Tokenizers;
using Proximal.Tensors;
using Proximal.Tensors.Random;

namespace Proximal.Models.Generation;

/// <summary>Text to text: continues prompts, one after the other.</summary>
public sealed class TextGenerator : IDisposable
{
    private readonly Generator generator;
    private readonly ITokenizer tokenizer;
    private readonly int[] ends;

    /// <summary>Creates a generator.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="sampling">How tokens are drawn.</param>
    /// <param name="workers">Threads; <see cref="Workers.Shared"/> when null.</param>
    public TextGenerator(LlamaModel model, ITokenizer tokenizer, SamplingOptions sampling, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tokenizer);
        this.tokenizer = tokenizer;
        ends = [.. model.Configuration.EndOfSequence.Concat(tokenizer.EndOfSequence is { } end ? [end] : []).Distinct()];
        generator = new Generator(model, sampling, ends, workers);
    }

    /// <summary>Continues a prompt until the end of the sequence, the budget or the end of the context.</summary>
    /// <param name="prompt">The prompt, without what the tokenizer puts around one.</param>
    /// <param name="budget">The most tokens to sample.</param>
    /// <param name="random">Random numbers of this continuation.</param>
    /// <param name="write">Gets the text piece by piece as it comes; whole characters only.</param>
    /// <returns>The whole text, without the end-of-sequence token.</returns>
    /// <exception cref="ArgumentException">The tokenizer has no token for a part of the prompt, or the prompt leaves no room in the context.</exception>
    public GeneratedText Generate(string prompt, int budget, RandomStream random, Action<string>? write = null)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        int[] tokens = tokenizer.EncodePrompt(prompt);
        if (tokens.Length == 0 || tokens.Length >= generator.MaximumPositions)
        {
            throw new ArgumentException($"The prompt has {tokens.Length} tokens, expected 1 to {generator.MaximumPositions - 1} for a context of {generator.MaximumPositions}.", nameof(prompt));
        }

        TokenTree tree = new(tokens);
        TokenSegment segment = tree.Branch(0, SegmentOrigin.Policy);
        TokenTextStream stream = new(tokenizer);
        StringBuilder text = new();
        generator.Run([new GenerationJob(tree, segment, random, budget)], (_, token) => Take(ends.Contains(token) ? "" : stream.Append(token)));
        Take(stream.Flush());
        return new GeneratedText(text.ToString(), segment.Tokens.Length, segment.End);

        void Take(string piece)
        {
            if (piece.Length > 0)
            {
                text.Append(piece);
                write?.Invoke(piece);
            }
        }
    }

    /// <summary>Frees caches and activations.</summary>
    public void Dispose() => generator.Dispose();
}
