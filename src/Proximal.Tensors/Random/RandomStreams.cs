using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Proximal.Tensors.Random;

/// <summary>Numbers of many <see cref="RandomStream"/>s at once, eight streams to a register where the processor can.</summary>
public static class RandomStreams
{
    /// <summary>What makes a word of 32 random bits a uniform number in [0, 1).</summary>
    public const double WordScale = 1.0 / (1UL << 32);

    /// <summary>The four words of <see cref="RandomStream.Block"/> as uniform numbers in [0, 1), for streams that differ in step and prompt.</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="purpose">What the numbers are for.</param>
    /// <param name="steps">Step of each stream.</param>
    /// <param name="prompts">Prompt of each stream.</param>
    /// <param name="position">Position in each stream.</param>
    /// <param name="uniforms">[4, stride].</param>
    /// <param name="stride">From a first number to the second one of the same stream; at least the number of streams.</param>
    /// <exception cref="ArgumentException">The lengths do not agree.</exception>
    public static void FourUniforms(ulong seed, RandomPurpose purpose, ReadOnlySpan<long> steps, ReadOnlySpan<int> prompts, long position, Span<double> uniforms, int stride)
    {
        int count = steps.Length;
        if (prompts.Length != count || stride < count || uniforms.Length != 4 * stride)
        {
            throw new ArgumentException($"{count} streams take {count} prompts and 4 times {stride} numbers, not {prompts.Length} and {uniforms.Length}.", nameof(uniforms));
        }

        int i = 0;
        if (Avx512F.IsSupported && Avx512DQ.IsSupported)
        {
            for (; i <= count - Vector512<long>.Count; i += Vector512<long>.Count)
            {
                EightBlocks(RandomStream.Origin(seed, purpose), ref Unsafe.AsRef(in steps[i]), ref Unsafe.AsRef(in prompts[i]), position, ref uniforms[i], stride);
            }
        }

        for (; i < count; i++)
        {
            (uint word0, uint word1, uint word2, uint word3) = new RandomStream(seed, purpose, steps[i], prompts[i]).Block(position);
            uniforms[i] = word0 * WordScale;
            uniforms[stride + i] = word1 * WordScale;
            uniforms[(2 * stride) + i] = word2 * WordScale;
            uniforms[(3 * stride) + i] = word3 * WordScale;
        }
    }

    // The upper halves of the 64-bit lanes hold what is left of earlier products: the multiplication takes the lower ones only.
    private static void EightBlocks(ulong origin, ref long steps, ref int prompts, long position, ref double uniforms, int stride)
    {
        Vector512<ulong> key = Mix(Vector512.Create(origin) ^ Vector512.LoadUnsafe(ref steps).AsUInt64());
        Vector512<ulong> key0 = key, key1 = key >>> 32;
        Vector512<ulong> c0 = Vector512.Create((ulong)position), c1 = c0 >>> 32, c3 = Vector512<ulong>.Zero;
        (Vector256<ulong> lower, Vector256<ulong> upper) = Vector256.Widen(Vector256.LoadUnsafe(ref prompts).AsUInt32());
        Vector512<ulong> c2 = Vector512.Create(lower, upper);
        Vector512<uint> multiplier0 = Vector512.Create((ulong)RandomStream.Multiplier0).AsUInt32(), multiplier1 = Vector512.Create((ulong)RandomStream.Multiplier1).AsUInt32();
        Vector512<ulong> weyl0 = Vector512.Create((ulong)RandomStream.Weyl0), weyl1 = Vector512.Create((ulong)RandomStream.Weyl1);
        for (int round = 0; round < RandomStream.Rounds; round++)
        {
            Vector512<ulong> p0 = Avx512F.Multiply(c0.AsUInt32(), multiplier0), p1 = Avx512F.Multiply(c2.AsUInt32(), multiplier1);
            c0 = (p1 >>> 32) ^ c1 ^ key0;
            c1 = p1;
            c2 = (p0 >>> 32) ^ c3 ^ key1;
            c3 = p0;
            key0 += weyl0;
            key1 += weyl1;
        }

        Store(c0, ref uniforms);
        Store(c1, ref Unsafe.Add(ref uniforms, stride));
        Store(c2, ref Unsafe.Add(ref uniforms, 2 * stride));
        Store(c3, ref Unsafe.Add(ref uniforms, 3 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<ulong> words, ref double destination) =>
        (Avx512DQ.ConvertToVector512Double(words & Vector512.Create((ulong)uint.MaxValue)) * Vector512.Create(WordScale)).StoreUnsafe(ref destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Mix(Vector512<ulong> z)
    {
        z = (z ^ (z >>> 30)) * Vector512.Create(0xBF58476D1CE4E5B9);
        z = (z ^ (z >>> 27)) * Vector512.Create(0x94D049BB133111EB);
        return z ^ (z >>> 31);
    }
}
