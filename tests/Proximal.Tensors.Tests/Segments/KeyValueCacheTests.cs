using Proximal.Tensors.Kernels;
using Proximal.Tensors.Segments;
using Proximal.Tensors.Tests.Operations;

namespace Proximal.Tensors.Tests.Segments;

public sealed unsafe class KeyValueCacheTests
{
    [Theory]
    [InlineData(4, 2, 16)]
    [InlineData(4, 4, 32)]
    [InlineData(3, 1, 24)]
    [InlineData(1, 1, 7)]
    public void Token_by_token_gives_the_bits_of_the_packed_tree(int heads, int keyHeads, int dimension)
    {
        SegmentLayout layout = new();
        AttentionTests.Grow(layout, [(-1, 21), (0, 33), (0, 16), (2, 3), (2, 18), (-1, 1), (5, 40)]);
        AttentionTests.Case packed = new(layout, heads, keyHeads, dimension);
        using Tape tape = new();
        packed.Run(tape, out Tensor expected);
        using KeyValueCache cache = new(2, new AttentionHeads(heads, keyHeads, dimension));
        CpuBackend backend = new(Workers.Shared);
        foreach (InstructionSet set in Enum.GetValues<InstructionSet>())
        {
            backend.InstructionSet = set;
            cache.Reset();
            float[] actual = new float[layout.Rows * packed.QueryStride];
            for (int segment = 0; segment < layout.Count; segment++)
            {
                Assert.Equal(segment, cache.Add(layout.Parent[segment]));
                Assert.Equal(layout.Depth[segment], cache.Depth(segment));
                for (int i = 0; i < layout.Length[segment]; i++)
                {
                    Feed(backend, cache, packed, layout.Start[segment] + i, segment, 1, actual);
                }

                Assert.Equal(layout.Length[segment], cache.Length(segment));
            }

            Differences.AssertSameBits(expected.Data, actual);
        }
    }

    [Fact]
    public void A_prompt_at_once_gives_the_bits_of_its_tokens_one_by_one()
    {
        SegmentLayout layout = new();
        AttentionTests.Grow(layout, [(-1, 50), (0, 20)]);
        AttentionTests.Case packed = new(layout, 4, 2, 16);
        using Tape tape = new();
        packed.Run(tape, out Tensor expected);
        using KeyValueCache cache = new(2, new AttentionHeads(4, 2, 16));
        using Workers two = new(2);
        CpuBackend backend = new(two);
        float[] actual = new float[layout.Rows * packed.QueryStride];
        cache.Add(-1);
        Feed(backend, cache, packed, 0, 0, 37, actual);
        Feed(backend, cache, packed, 37, 0, 13, actual);
        cache.Add(0);
        Feed(backend, cache, packed, 50, 1, 20, actual);
        Differences.AssertSameBits(expected.Data, actual);
    }

    [Fact]
    public void A_prompt_that_others_continue_can_no_longer_grow()
    {
        using KeyValueCache cache = new(1, new AttentionHeads(1, 1, 8));
        int prompt = cache.Add(-1);
        cache.Extend(prompt, 3);
        cache.Add(prompt);
        Assert.Throws<InvalidOperationException>(() => cache.Extend(prompt, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => cache.Add(7));
    }

    [Fact]
    public void Memory_is_used_again_and_warm_steps_allocate_nothing()
    {
        AttentionHeads heads = new(2, 2, 16);
        using KeyValueCache cache = new(1, heads);
        using Workers one = new(1);
        CpuBackend backend = new(one);
        float[] x = Differences.Normal(heads.QueryStride, 1), output = new float[heads.QueryStride];
        long bytes = 0, held = 0;
        for (int round = 0; round < 4; round++)
        {
            bytes = round == 3 ? GC.GetAllocatedBytesForCurrentThread() : 0;
            held = round == 3 ? cache.BytesHeld : 0;
            cache.Reset();
            int segment = cache.Add(-1);
            for (int i = 0; i < 100; i++)
            {
                int place = cache.Extend(segment, 1);
                fixed (float* source = x, target = output)
                {
                    cache.Write(0, 1, &segment, &place, source, source);
                    backend.AttendCached(cache, 0, 1, &segment, &place, source, target);
                }
            }
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - bytes);
        Assert.Equal(held, cache.BytesHeld);
    }

    private static void Feed(CpuBackend backend, KeyValueCache cache, AttentionTests.Case packed, int firstRow, int segment, int count, float[] output)
    {
        int[] segments = new int[count], places = new int[count];
        int first = cache.Extend(segment, count);
        for (int i = 0; i < count; i++)
        {
            segments[i] = segment;
            places[i] = first + i;
        }

        fixed (float* queries = packed.Inputs[0], keys = packed.Inputs[1], values = packed.Inputs[2], target = output)
        fixed (int* rowSegments = segments, rowPlaces = places)
        {
            nint query = (nint)firstRow * packed.QueryStride, key = (nint)firstRow * packed.KeyStride;
            cache.Write(1, count, rowSegments, rowPlaces, keys + key, values + key);
            backend.AttendCached(cache, 1, count, rowSegments, rowPlaces, queries + query, target + query);
        }
    }
}
