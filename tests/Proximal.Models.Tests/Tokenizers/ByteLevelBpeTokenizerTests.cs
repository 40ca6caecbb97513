using System.Text;
using System.Text.Json.Nodes;
using Proximal.Models.Tokenizers;
using Proximal.Tensors.Random;
using static Proximal.Models.Tests.Tokenizers.BpeFixture;

namespace Proximal.Models.Tests.Tokenizers;

public sealed class ByteLevelBpeTokenizerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Pairs_merge_in_the_order_of_their_ranks()
    {
        ITokenizer tokenizer = BpeFixture.Load(Json(), folder);

        // h e l l o -> he l l o -> he ll o -> hell o -> hello; " world": " w" first, then "or", " wor", "ld".
        Assert.Equal([Hello, SpaceWor, Ld], tokenizer.Encode("hello world"));
        Assert.Equal([He, 'l', 'o'], tokenizer.Encode("helo"));

        // Of three l the left two merge.
        Assert.Equal([Hell, 'l', 'o'], tokenizer.Encode("helllo"));
        Assert.Equal([Ll, Ll, 'l'], tokenizer.Encode("lllll"));
        Assert.Equal([EAcute], tokenizer.Encode("é"));
        Assert.Equal(267, tokenizer.VocabularySize);
    }

    [Fact]
    public void Pieces_of_the_gpt2_pattern_do_not_merge_with_each_other()
    {
        // Two spaces before a word: the first is a piece alone, the second begins the word.
        ITokenizer tokenizer = BpeFixture.Load(Json(), folder);
        Assert.Equal([' ', SpaceW], tokenizer.Encode("  w"));

        // "he'll": the contraction is cut before the ll, which then merges with nothing to its left.
        Assert.Equal([He, '\'', Ll], tokenizer.Encode("he'll"));
    }

    [Fact]
    public void A_tokenizer_that_asks_for_the_normal_form_gets_it_where_globalization_is_invariant()
    {
        JsonObject json = Json();
        Assert.Equal(['e', 0xCC, 0x81], BpeFixture.Load(json, folder).Encode("e\u0301"));
        json["normalizer"] = new JsonObject { ["type"] = "NFC" };
        Assert.Equal([EAcute], BpeFixture.Load(json, folder).Encode("e\u0301"));
    }

    [Fact]
    public void Merges_as_pairs_and_ignored_merges_are_read()
    {
        JsonObject json = Json();
        json["model"]!["merges"] = new JsonArray([.. Merges.Select(merge => (JsonNode)new JsonArray([.. merge.Split(' ').Select(part => (JsonNode)part)]))]);
        Assert.Equal([Hello, SpaceWor, Ld], BpeFixture.Load(json, folder).Encode("hello world"));
        json["model"]!["merges"] = new JsonArray();
        Assert.Equal(['h', 'e', 'l', 'l', 'o'], BpeFixture.Load(json, folder).Encode("hello"));
        json["model"]!["ignore_merges"] = true;
        Assert.Equal([Hello], BpeFixture.Load(json, folder).Encode("hello"));
    }

    [Fact]
    public void Added_tokens_are_found_before_anything_else_and_the_longest_wins()
    {
        ITokenizer tokenizer = BpeFixture.Load(Json(), folder);
        Assert.Equal([He, End, He, Turn, End], tokenizer.Encode("he<|end|>he<|end|>turn<|end|>"));
        Assert.Equal("he<|end|>turn", tokenizer.DecodePlain([He, Turn, End]));
        Assert.Equal("he<|end|>turn<|end|>", tokenizer.Decode([He, Turn, End]));
    }

    [Fact]
    public void A_template_puts_tokens_around_a_prompt_and_the_configuration_names_tokens()
    {
        JsonObject json = Json();
        json["post_processor"] = JsonNode.Parse("""
            {"type":"Sequence","processors":[{"type":"ByteLevel"},{"type":"TemplateProcessing",
             "single":[{"SpecialToken":{"id":"<|end|>","type_id":0}},{"Sequence":{"id":"A","type_id":0}}],
             "special_tokens":{"<|end|>":{"id":"<|end|>","ids":[265],"tokens":["<|end|>"]}}}]}
            """);
        ITokenizer tokenizer = BpeFixture.Load(json, folder, """{"bos_token":{"content":"<|end|>"},"eos_token":"<|end|>turn","pad_token":null}""");
        Assert.Equal([End, He], tokenizer.EncodePrompt("he"));
        Assert.Equal([He], tokenizer.Encode("he"));
        Assert.Equal((End, Turn, null), (tokenizer.BeginOfSequence, tokenizer.EndOfSequence, tokenizer.Padding));
        Directory.CreateDirectory(folder.File("copy"));
        tokenizer.Save(folder.File("copy"));
        Assert.Equal(File.ReadAllBytes(folder.File("tokenizer.json")), File.ReadAllBytes(folder.File("copy/tokenizer.json")));
    }

    [Theory]
    [InlineData("I'm 12345 ok", "I|'m| |123|45| ok")]
    [InlineData("a\n\n b", "a|\n\n| b")]
    [InlineData("x = (y)\n", "x| =| (|y|)\n")]
    [InlineData("\U00020000\U00020001中 \U0001D7D8\U0001D7D9\U0001D7DA\U0001D7DB", "\U00020000\U00020001中| |\U0001D7D8\U0001D7D9\U0001D7DA|\U0001D7DB")]
    [InlineData("\U0001F600\U0001F601a", "\U0001F600\U0001F601|a")]
    public void The_llama3_pattern_counts_code_points(string text, string pieces)
    {
        using System.Text.Json.JsonDocument document = System.Text.Json.JsonDocument.Parse(
            new JsonObject { ["pre_tokenizer"] = Llama3PreTokenizer() }.ToJsonString());
        PreTokenizer splitter = PreTokenizer.Read("file", new Proximal.Models.Files.JsonFields("file", document.RootElement));
        Assert.Equal(pieces, string.Join('|', splitter.Split(text).Select(piece => text[piece])));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decoding_gives_back_any_text(bool llama3)
    {
        JsonObject json = Json();
        if (llama3)
        {
            json["pre_tokenizer"] = Llama3PreTokenizer();
        }

        ITokenizer tokenizer = BpeFixture.Load(json, folder);
        RandomStream random = new(3, RandomPurpose.User);
        string[] frequent = ["hello", " world", "'ll", " ", "\n", "\r\n", "é", "12", "<|end|>", "<|", "\u0000", "e\u0301", "\u200D", "\U0001F468\u200D\U0001F469"];
        for (int i = 0; i < 400; i++)
        {
            StringBuilder text = new();
            for (int j = 0; j < 30; j++)
            {
                long position = (i * 1000L) + (j * 3);
                text.Append(random.Integer(position, 2) == 0
                    ? frequent[random.Integer(position + 1, frequent.Length)]
                    : AnyRune(random.Integer(position + 2, 0x10F800)).ToString());
            }

            int[] tokens = tokenizer.Encode(text.ToString());
            Assert.Equal(text.ToString(), tokenizer.Decode(tokens));
            TokenTextStream stream = new(tokenizer);
            string[] parts = [.. tokens.Select(stream.Append)];
            Assert.Equal(text.ToString(), string.Concat(parts) + stream.Flush());
            Assert.All(parts, part => Assert.DoesNotContain('\uFFFD', part.Replace(AnyRune(0xFFFD - 0x800).ToString(), "", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Merging_equals_the_plain_algorithm()
    {
        ITokenizer tokenizer = BpeFixture.Load(Json(), folder);
        Dictionary<(string Left, string Right), int> ranks = Merges.Select((merge, rank) => (merge.Split(' '), rank))
            .ToDictionary(entry => (entry.Item1[0], entry.Item1[1]), entry => entry.rank);
        RandomStream random = new(5, RandomPurpose.User);
        for (int i = 0; i < 500; i++)
        {
            string text = string.Concat(Enumerable.Range(0, 12).Select(j => "hello"[random.Integer((i * 100) + j, 5)]));
            List<string> expected = [.. text.Select(c => c.ToString())];
            while (Enumerable.Range(0, expected.Count - 1).Where(k => ranks.ContainsKey((expected[k], expected[k + 1]))).ToList() is { Count: > 0 } places)
            {
                int best = places.MinBy(k => ranks[(expected[k], expected[k + 1])]);
                expected[best] += expected[best + 1];
                expected.RemoveAt(best + 1);
            }

            Assert.Equal(expected, tokenizer.Encode(text).Select(token => tokenizer.TokenText(token)));
        }
    }

    [Fact]
    public void A_very_long_word_is_no_problem()
    {
        int[] tokens = BpeFixture.Load(Json(), folder).Encode(new string('l', 200_001));
        Assert.Equal(100_001, tokens.Length);
    }

    [Fact]
    public void Lone_surrogates_become_the_replacement_character()
    {
        ITokenizer tokenizer = BpeFixture.Load(Json(), folder);
        Assert.Equal("a\uFFFDb", tokenizer.Decode(tokenizer.Encode("a\uD800b")));
    }

    [Fact]
    public void Tokens_are_shown_on_one_line()
    {
        ITokenizer tokenizer = BpeFixture.Load(Json(), folder);
        Assert.Equal("<0xC3>", tokenizer.TokenText(0xC3));
        Assert.Equal("\\n", tokenizer.TokenText('\n'));
        Assert.Equal(" wor", tokenizer.TokenText(SpaceWor));
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.TokenText(267));
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.TokenText(-1));
    }

    [Fact]
    public void A_stream_waits_for_the_whole_character()
    {
        TokenTextStream stream = new(BpeFixture.Load(Json(), folder), keepSpecial: false);
        Assert.Equal(["", "", "", "\U0001F600", "", "a"], new[] { 0xF0, 0x9F, 0x98, 0x80, End, 'a' }.Select(stream.Append));
        Assert.Equal("", stream.Append(0xE2));
        Assert.Equal("\uFFFD", stream.Flush());
        Assert.Equal("a", stream.Append('a'));
    }

    [Theory]
    [InlineData("model.byte_fallback", "true", "byte_fallback")]
    [InlineData("model.continuing_subword_prefix", "\"##\"", "continuing_subword_prefix")]
    [InlineData("model.dropout", "0.1", "dropout")]
    [InlineData("model.merges", "[\"h e x\"]", "two tokens")]
    [InlineData("model.merges", "[[\"h\"]]", "two tokens")]
    [InlineData("model.merges", "[3]", "two tokens")]
    [InlineData("model.merges", "[\"h q\"]", "both parts and the result")]
    [InlineData("model.vocab", "{\"a\":0}", "a token for each of the 256 bytes")]
    [InlineData("model.vocab", "{\"a\":0,\"b\":0}", "an id of its own")]
    [InlineData("model.vocab", "{\"a\":4000000000}", "expected an integer")]
    [InlineData("model.vocab", "{\"a b\":0}", "byte-level alphabet")]
    [InlineData("normalizer", "{\"type\":\"Lowercase\"}", "normalizer.type \"Lowercase\"")]
    [InlineData("decoder", "{\"type\":\"Metaspace\"}", "decoder.type \"Metaspace\"")]
    [InlineData("pre_tokenizer", "{\"type\":\"Metaspace\"}", "\"Metaspace\"")]
    [InlineData("pre_tokenizer", "{\"type\":\"ByteLevel\"}", "add_prefix_space")]
    [InlineData("pre_tokenizer", "{\"type\":\"Digits\"}", "without ByteLevel")]
    [InlineData("pre_tokenizer", "{\"type\":\"Split\",\"behavior\":\"Removed\",\"pattern\":{\"Regex\":\"a\"}}", "\"Isolated\"")]
    [InlineData("pre_tokenizer", "{\"type\":\"Split\",\"behavior\":\"Isolated\",\"pattern\":{\"Regex\":\"(\"}}", "a regular expression")]
    [InlineData("added_tokens", "[{\"id\":300,\"content\":\"x\",\"single_word\":true}]", "single_word")]
    [InlineData("added_tokens", "[{\"id\":300,\"content\":\"\"}]", "a text of its own")]
    [InlineData("added_tokens", "[{\"id\":97,\"content\":\"x\"}]", "an id of its own")]
    public void Features_that_would_change_the_tokens_are_refused(string key, string value, string expected)
    {
        JsonObject json = Json();
        JsonObject parent = key.StartsWith("model.", StringComparison.Ordinal) ? json["model"]!.AsObject() : json;
        parent[key.Split('.')[^1]] = JsonNode.Parse(value);
        ModelFormatException thrown = Assert.Throws<ModelFormatException>(() => BpeFixture.Load(json, folder));
        Assert.Contains(expected, thrown.Message, StringComparison.Ordinal);
        Assert.StartsWith(folder.File("tokenizer.json"), thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', thrown.Message);
    }

    // The code points without the surrogates.
    private static Rune AnyRune(int index) => new(index < 0xD800 ? index : index + 0x800);
}
