using System.Text.Json.Nodes;
using Proximal.Models.Tokenizers;

namespace Proximal.Models.Tests.Tokenizers;

public sealed class SymbolTokenizerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_default_vocabulary_has_109_symbols_and_round_trips()
    {
        SymbolTokenizer tokenizer = SymbolTokenizer.Default;
        const string Text = "<think>3*7=21;29-8=21</think><ans>21 <b>\n</ans><eos>";
        int[] tokens = tokenizer.Encode(Text);
        Assert.Equal(109, tokenizer.VocabularySize);
        Assert.Equal(Text, tokenizer.Decode(tokens));
        Assert.Equal("3*7=21;29-8=2121 <b>\n", tokenizer.DecodePlain(tokens));
        Assert.Equal(tokenizer.Token("<think>"), tokens[0]);
        Assert.Equal(tokenizer.EndOfSequence, tokens[^1]);
        Assert.Equal([1, tokenizer.Token("1")], tokenizer.EncodePrompt("1"));
        Assert.Equal("\\n", tokenizer.TokenText(tokenizer.Token("\n")));
    }

    [Fact]
    public void The_longest_special_token_wins()
    {
        SymbolTokenizer tokenizer = new("ab<", ["<a", "<ab"]);
        Assert.Equal([1, 0, 4, 3], tokenizer.Encode("<ab<a<b"));
    }

    [Fact]
    public void A_character_outside_the_vocabulary_is_named_with_its_position()
    {
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => SymbolTokenizer.Default.Encode("1+é"));
        Assert.Contains("U+00E9", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("position 2", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Symbols_stand_once_and_named_tokens_exist()
    {
        Assert.Throws<ArgumentException>(() => new SymbolTokenizer("aa", []));
        Assert.Throws<ArgumentException>(() => new SymbolTokenizer("a", ["<e>"], end: "<x>"));
        Assert.Throws<ArgumentException>(() => new SymbolTokenizer("a", ["<e>"], end: "a"));
    }

    [Fact]
    public void Saved_files_load_to_the_same_tokenizer_and_save_to_the_same_bytes()
    {
        SymbolTokenizer.Default.Save(folder.Path);
        ITokenizer loaded = TokenizerFolder.Load(folder.Path);
        Assert.Equal(SymbolTokenizer.Default.VocabularySize, loaded.VocabularySize);
        Assert.Equal((1, 2, 0), (loaded.BeginOfSequence, loaded.EndOfSequence, loaded.Padding));
        const string Text = "Is <hint>x</hint> \"a'\\n'?\" <";
        Assert.Equal(SymbolTokenizer.Default.EncodePrompt(Text.Replace('\\', '/')), loaded.EncodePrompt(Text.Replace('\\', '/')));
        byte[] first = File.ReadAllBytes(folder.File("tokenizer.json"));
        loaded.Save(folder.Path);
        Assert.Equal(first, File.ReadAllBytes(folder.File("tokenizer.json")));
    }

    [Theory]
    [InlineData("pre_tokenizer", "{\"type\":\"Whitespace\"}", "pre_tokenizer")]
    [InlineData("pre_tokenizer", "null", "pre_tokenizer is missing")]
    [InlineData("normalizer", "{\"type\":\"Lowercase\"}", "normalizer")]
    [InlineData("post_processor", "null", "post_processor")]
    [InlineData("post_processor", "{\"type\":\"BertProcessing\"}", "BertProcessing")]
    [InlineData("model", "{\"type\":\"Unigram\"}", "\"Unigram\", expected \"BPE\" or \"WordLevel\"")]
    [InlineData("model", "{\"type\":\"WordLevel\",\"vocab\":{}}", "vocab")]
    [InlineData("model", "{\"type\":\"WordLevel\",\"vocab\":{\"a\":1}}", "an id of its own")]
    [InlineData("model", "{\"type\":\"WordLevel\",\"vocab\":{\"ab\":0}}", "single characters")]
    [InlineData("model", "{\"type\":\"WordLevel\",\"vocab\":{\"a\":0}}", "all added tokens")]
    [InlineData("added_tokens", "[{\"id\":0,\"content\":\"<pad>\",\"lstrip\":true}]", "lstrip")]
    [InlineData("added_tokens", "[3]", "added_tokens")]
    public void Features_that_would_change_the_tokens_are_refused(string key, string json, string expected)
    {
        SymbolTokenizer.Default.Save(folder.Path);
        JsonObject tokenizer = JsonNode.Parse(File.ReadAllText(folder.File("tokenizer.json")))!.AsObject();
        tokenizer[key] = JsonNode.Parse(json);
        File.WriteAllText(folder.File("tokenizer.json"), tokenizer.ToJsonString());
        ModelFormatException thrown = Assert.Throws<ModelFormatException>(() => TokenizerFolder.Load(folder.Path));
        Assert.Contains(expected, thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', thrown.Message);
    }
}
