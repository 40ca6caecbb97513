using Proximal.Tasks;
using Proximal.Tensors.Random;

namespace Proximal.Tests.Tasks;

public sealed class SuiteRandomTests
{
    [Theory]
    [InlineData("", 0xCBF29CE484222325)]
    [InlineData("a", 0xAF63DC4C8601EC8C)]
    public void Hash_equals_published_vectors(string text, ulong expected) => Assert.Equal(expected, SuiteHash.Fnv1a64(text));

    [Theory]
    [InlineData(0, 0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F)]
    [InlineData(42, 0xBDD732262FEB6E95, 0x28EFE333B266F103, 0x47526757130F9F52)]
    public void Bits_equal_published_vectors(ulong state, ulong first, ulong second, ulong third)
    {
        SuiteRandom random = new(state);
        Assert.Equal([first, second, third], [random.Bits(), random.Bits(), random.Bits()]);
    }

    [Fact]
    public void Integers_are_the_high_bits_of_the_product()
    {
        SuiteRandom random = new(42);
        Assert.Equal([7, 1, 2], [random.Int(10), random.Int(10), random.Int(10)]);
    }

    [Fact]
    public void Ranges_include_both_ends()
    {
        SuiteRandom random = new(1);
        HashSet<int> seen = [.. Enumerable.Range(0, 200).Select(_ => random.Range(-1, 2))];
        Assert.Equal([-1, 0, 1, 2], seen.Order());
    }

    [Fact]
    public void Shuffle_keeps_the_values()
    {
        int[] values = [.. Enumerable.Range(0, 50)];
        new SuiteRandom(3).Shuffle<int>(values);
        Assert.NotEqual(Enumerable.Range(0, 50), values);
        Assert.Equal(Enumerable.Range(0, 50), values.Order());
    }
}
