using Proximal.Models.Tokenizers;

namespace Proximal.Models.Tests.Tokenizers;

public sealed class CharacterTokenizerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SharedDataFact("models/digit-completion")]
    public void A_prompt_is_its_characters_and_the_separator()
    {
        ITokenizer tokenizer = TokenizerFolder.Load(SharedData.PathOf("models/digit-completion"));
        Assert.Equal(16, tokenizer.VocabularySize);
        Assert.Equal([4, 14, 7, 15, 13, 14, 6, 0], tokenizer.EncodePrompt("0,3:9,2"));
        Assert.Equal(1, tokenizer.EndOfSequence);
        Assert.Equal(2, tokenizer.Padding);
        Assert.Equal("6,0E", tokenizer.Decode([10, 14, 4, 1]));
        Assert.Equal("6,0", tokenizer.DecodePlain([10, 14, 4, 1]));
        Assert.Equal([3], tokenizer.Encode("x"));
    }

    [Fact]
    public void Its_files_are_kept_as_they_were()
    {
        const string Text = "{ \"char_ords\" : [97, 128512],\n \"chat_template\": \"x\" }";
        File.WriteAllText(folder.File("tokenizer_config.json"), Text);
        ITokenizer tokenizer = TokenizerFolder.Load(folder.Path);
        Assert.Equal([4, 5, 3, 0], tokenizer.Encode("a\U0001F600?S"));
        Directory.CreateDirectory(folder.File("copy"));
        tokenizer.Save(folder.File("copy"));
        Assert.Equal(Text, File.ReadAllText(folder.File("copy/tokenizer_config.json")));
    }

    [Theory]
    [InlineData("{}", "char_ords is missing")]
    [InlineData("{\"char_ords\":[]}", "at least one character")]
    [InlineData("{\"char_ords\":7}", "expected a list")]
    [InlineData("{\"char_ords\":[97,97]}", "each once")]
    [InlineData("{\"char_ords\":[55296]}", "Unicode characters")]
    [InlineData("{\"char_ords\":[1114112]}", "expected an integer from 0 to 1114111")]
    [InlineData("{\"char_ords\":[-1]}", "expected an integer")]
    public void Broken_alphabets_are_refused(string json, string expected)
    {
        File.WriteAllText(folder.File("tokenizer_config.json"), json);
        Assert.Contains(expected, Assert.Throws<ModelFormatException>(() => TokenizerFolder.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_tokenizer_is_refused() => Assert.Throws<ModelFormatException>(() => TokenizerFolder.Load(folder.Path));
}
