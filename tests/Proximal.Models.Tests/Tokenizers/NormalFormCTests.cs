using System.Security.Cryptography;
using System.Text;
using Proximal.Models.Tokenizers;

namespace Proximal.Models.Tests.Tokenizers;

/// <summary>The hashes are those of the same texts normalized by ICU with Unicode 17.</summary>
public sealed class NormalFormCTests
{
    [Theory]
    [InlineData("e\u0301", "\u00E9")]
    [InlineData("\u212B", "\u00C5")]
    [InlineData("\u1E9B\u0323", "\u1E9B\u0323")]
    [InlineData("\u0044\u0307\u0323", "\u1E0C\u0307")]
    [InlineData("a\u0315\u0300\u05AE\u0300b", "\u00E0\u05AE\u0300\u0315b")]
    [InlineData("\u0958", "\u0915\u093C")]
    [InlineData("\u1100\u1161\u11A8", "\uAC01")]
    [InlineData("\uAC00\u11A8", "\uAC01")]
    [InlineData("\uAC00\u11A7", "\uAC00\u11A7")]
    [InlineData("\U0001D15E", "\U0001D157\U0001D165")]
    [InlineData("\u0301e", "\u0301e")]
    [InlineData("", "")]
    public void Marks_are_decomposed_ordered_and_composed(string text, string expected) => Assert.Equal(expected, NormalFormC.Of(text));

    [Fact]
    public void Every_character_has_the_normal_form_of_the_reference()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int codePoint = 0; codePoint < 0x110000; codePoint++)
        {
            if (Rune.IsValid(codePoint))
            {
                hash.AppendData(Encoding.UTF8.GetBytes(NormalFormC.Of(new Rune(codePoint).ToString()) + "\n"));
            }
        }

        Assert.Equal("9cc65524a9d8082bf10840c616cd199bd2ac12ee49a3381bd6fb7957711f342b", Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    [Fact]
    public void Random_sequences_have_the_normal_form_of_the_reference()
    {
        (int First, int Last)[] ranges =
        [
            (0x41, 0x7A), (0xC0, 0x17F), (0x300, 0x34E), (0x5B0, 0x5C2), (0x627, 0x655), (0x928, 0x93C), (0x9BE, 0x9D7), (0xB47, 0xB57), (0xDCA, 0xDDF), (0x1100, 0x1112),
            (0x1161, 0x1175), (0x11A7, 0x11C2), (0xAC00, 0xAC1C), (0x1E00, 0x1FFF), (0x2126, 0x212B), (0xF900, 0xFA10), (0xFB1D, 0xFB4E), (0x16121, 0x16129), (0x1D15E, 0x1D172),
        ];
        int[] pool = [.. ranges.SelectMany(range => Enumerable.Range(range.First, range.Last - range.First + 1))];
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        uint state = 1;
        for (int n = 0; n < 50_000; n++)
        {
            StringBuilder text = new();
            for (int k = 0; k < 6; k++)
            {
                state = unchecked((state * 1664525) + 1013904223);
                text.Append(new Rune(pool[(state >> 8) % pool.Length]));
            }

            string normal = NormalFormC.Of(text.ToString());
            hash.AppendData(Encoding.UTF8.GetBytes(normal + "\n"));
            if (n % 100 == 0)
            {
                Assert.Equal(normal, NormalFormC.Of(normal));
            }
        }

        Assert.Equal("f2918d1c2871a7accd013e69e1f84216b9caf0561991fd8db16ce50b3920c6f2", Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    [Fact]
    public void A_long_run_of_marks_takes_no_quadratic_time()
    {
        string text = "a" + string.Concat(Enumerable.Repeat("\u0301\u0323", 200_000));
        Assert.Equal(400_000, NormalFormC.Of(text).Length);
    }
}
