using Proximal.Tensors.Random;

namespace Proximal.Tensors.Tests.Random;

public sealed class RandomStreamsTests
{
    [Fact]
    public void Many_streams_at_once_give_the_words_of_each()
    {
        long[] steps = new long[21];
        int[] prompts = new int[21];
        for (int i = 0; i < steps.Length; i++)
        {
            steps[i] = (i * 77_777_777_777L) - 5;
            prompts[i] = 40 - (i * 3);
        }

        double[] uniforms = new double[4 * 24];
        RandomStreams.FourUniforms(17, RandomPurpose.Environment, steps, prompts, (1L << 40) + 9, uniforms, 24);
        for (int i = 0; i < steps.Length; i++)
        {
            RandomStream stream = new(17, RandomPurpose.Environment, steps[i], prompts[i]);
            (uint word0, uint word1, uint word2, uint word3) = stream.Block((1L << 40) + 9);
            Assert.Equal(stream.Bits((1L << 40) + 9), ((ulong)word1 << 32) | word0);
            Assert.Equal([word0 / 4294967296.0, word1 / 4294967296.0, word2 / 4294967296.0, word3 / 4294967296.0], new[] { uniforms[i], uniforms[24 + i], uniforms[48 + i], uniforms[72 + i] });
        }
    }

    [Fact]
    public void Lengths_that_do_not_agree_are_refused() =>
        Assert.Throws<ArgumentException>(() => RandomStreams.FourUniforms(1, RandomPurpose.User, [1, 2], [1], 0, new double[8], 2));
}
