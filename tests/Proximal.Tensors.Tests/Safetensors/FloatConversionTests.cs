using Proximal.Tensors.Random;
using Proximal.Tensors.Safetensors;

namespace Proximal.Tensors.Tests.Safetensors;

public sealed class FloatConversionTests
{
    private static ushort[] AllBits { get; } = [.. Enumerable.Range(0, 1 << 16).Select(bits => (ushort)bits)];

    [Fact]
    public void Every_half_widens_exactly_and_narrows_back()
    {
        float[] wide = new float[AllBits.Length];
        FloatConversion.HalfToSingle(AllBits, wide);
        ushort[] back = new ushort[AllBits.Length];
        FloatConversion.SingleToHalf(wide, back);
        for (int i = 0; i < AllBits.Length; i++)
        {
            Half half = BitConverter.UInt16BitsToHalf(AllBits[i]);
            if (Half.IsNaN(half))
            {
                Assert.True(float.IsNaN(wide[i]));
                Assert.True(Half.IsNaN(BitConverter.UInt16BitsToHalf(back[i])));
            }
            else
            {
                Assert.Equal(BitConverter.SingleToInt32Bits((float)half), BitConverter.SingleToInt32Bits(wide[i]));
                Assert.Equal(AllBits[i], back[i]);
            }
        }
    }

    [Fact]
    public void Every_bfloat16_widens_exactly_and_narrows_back()
    {
        float[] wide = new float[AllBits.Length];
        FloatConversion.BFloat16ToSingle(AllBits, wide);
        ushort[] back = new ushort[AllBits.Length];
        FloatConversion.SingleToBFloat16(wide, back);
        for (int i = 0; i < AllBits.Length; i++)
        {
            Assert.Equal((uint)AllBits[i] << 16, BitConverter.SingleToUInt32Bits(wide[i]));
            if (float.IsNaN(wide[i]))
            {
                Assert.True(float.IsNaN(BitConverter.UInt32BitsToSingle((uint)back[i] << 16)));
            }
            else
            {
                Assert.Equal(AllBits[i], back[i]);
            }
        }
    }

    [Theory]
    [InlineData(0x3F800000u, 0x3F80)] // 1
    [InlineData(0x3F808000u, 0x3F80)] // tie, to even below
    [InlineData(0x3F818000u, 0x3F82)] // tie, to even above
    [InlineData(0x3F808001u, 0x3F81)]
    [InlineData(0x7F7FFFFFu, 0x7F80)] // the largest float rounds to infinity
    [InlineData(0x7F800000u, 0x7F80)]
    [InlineData(0xFF800001u, 0xFFC0)] // NaN stays NaN
    [InlineData(0x00000001u, 0x0000)]
    public void Bfloat16_rounds_to_nearest_even(uint bits, int expected)
    {
        float[] values = [.. Enumerable.Repeat(BitConverter.UInt32BitsToSingle(bits), 33)];
        ushort[] narrow = new ushort[33];
        FloatConversion.SingleToBFloat16(values, narrow);
        Assert.All(narrow, value => Assert.Equal(expected, value));
    }

    [Fact]
    public void Half_rounds_as_the_runtime_does_for_any_bits()
    {
        RandomStream random = new(1, RandomPurpose.User);
        float[] values = new float[100_003];
        for (int i = 0; i < values.Length; i++)
        {
            // Half of them near the range of a half, ties included.
            uint bits = (uint)random.Bits(i);
            values[i] = (i & 1) == 0
                ? BitConverter.UInt32BitsToSingle(bits)
                : BitConverter.UInt32BitsToSingle((bits & 0x80000000) | ((100 + (bits % 46)) << 23) | ((bits >> 3) & 0x7FF000));
        }

        ushort[] narrow = new ushort[values.Length];
        FloatConversion.SingleToHalf(values, narrow);
        for (int i = 0; i < values.Length; i++)
        {
            Half expected = (Half)values[i];
            if (Half.IsNaN(expected))
            {
                Assert.True(Half.IsNaN(BitConverter.UInt16BitsToHalf(narrow[i])));
            }
            else
            {
                Assert.Equal(BitConverter.HalfToUInt16Bits(expected), narrow[i]);
            }
        }
    }
}
