namespace Proximal.Tensors.Random;

/// <summary>What a stream of random numbers is for. Streams of different purposes never share numbers.</summary>
public enum RandomPurpose
{
    /// <summary>Initial values of parameters.</summary>
    Initialization = 1,

    /// <summary>Choice of prompts and order of data.</summary>
    Prompts = 2,

    /// <summary>Sampling of tokens.</summary>
    Sampling = 3,

    /// <summary>Dropout masks.</summary>
    Dropout = 4,

    /// <summary>Choices that a component of the update makes.</summary>
    Component = 5,

    /// <summary>Order of minibatches.</summary>
    Minibatches = 6,

    /// <summary>Demonstrations and their noise.</summary>
    Demonstrations = 7,

    /// <summary>Evaluation.</summary>
    Evaluation = 8,

    /// <summary>Resampling statistics, such as the bootstrap.</summary>
    Statistics = 9,

    /// <summary>Whatever a user wants.</summary>
    User = 10,

    /// <summary>States and events of an environment.</summary>
    Environment = 11,

    /// <summary>Actions and their noise.</summary>
    Exploration = 12,

    /// <summary>What is drawn from a replay buffer or a data set.</summary>
    Replay = 13,

    /// <summary>What a teacher writes.</summary>
    Teacher = 14,

    /// <summary>Pairs of responses, and which of the two is preferred.</summary>
    Preferences = 15,

    /// <summary>Seeds of models that train side by side.</summary>
    Peers = 16,

    /// <summary>What a policy writes to learn from beside its rollouts.</summary>
    Supplements = 17,
}

/// <summary>
/// Counter-based random numbers: the k-th number of the stream (seed, purpose, step, prompt, rollout) is a pure function of these and k, so the
/// order of execution changes nothing and nothing has to be saved to resume. Philox 4x32-10 (Salmon et al. 2011).
/// </summary>
public readonly struct RandomStream
{
    internal const uint Multiplier0 = 0xD2511F53;
    internal const uint Multiplier1 = 0xCD9E8D57;
    internal const uint Weyl0 = 0x9E3779B9;
    internal const uint Weyl1 = 0xBB67AE85;
    internal const int Rounds = 10;

    private readonly uint key0;
    private readonly uint key1;
    private readonly uint prompt;
    private readonly uint rollout;

    /// <summary>Names a stream.</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="purpose">What the numbers are for.</param>
    /// <param name="step">Update or other outer counter.</param>
    /// <param name="prompt">Prompt of the step.</param>
    /// <param name="rollout">Rollout of the prompt.</param>
    public RandomStream(ulong seed, RandomPurpose purpose, long step = 0, int prompt = 0, int rollout = 0)
    {
        ulong key = Mix(Origin(seed, purpose) ^ (ulong)step);
        key0 = (uint)key;
        key1 = (uint)(key >> 32);
        this.prompt = (uint)prompt;
        this.rollout = (uint)rollout;
    }

    /// <summary>64 random bits at a position.</summary>
    public ulong Bits(long position)
    {
        (uint word0, uint word1, _, _) = Block(position);
        return ((ulong)word1 << 32) | word0;
    }

    /// <summary>128 random bits at a position, of which <see cref="Bits"/> gives the first two words.</summary>
    public (uint Word0, uint Word1, uint Word2, uint Word3) Block(long position)
    {
        uint c0 = (uint)position, c1 = (uint)(position >> 32), c2 = prompt, c3 = rollout, k0 = key0, k1 = key1;
        for (int round = 0; round < Rounds; round++)
        {
            ulong p0 = (ulong)Multiplier0 * c0, p1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += Weyl0;
            k1 += Weyl1;
        }

        return (c0, c1, c2, c3);
    }

    /// <summary>A uniform number in [0, 1) at a position, with 53 random bits.</summary>
    public double Uniform(long position) => (Bits(position) >> 11) * (1.0 / (1UL << 53));

    /// <summary>An integer in [0, bound) at a position.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not positive.</exception>
    public int Integer(long position, int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        return (int)Math.BigMul(Bits(position), (ulong)bound, out _);
    }

    /// <summary>A standard normal number at a position (Box-Muller; uses positions 2k and 2k+1 of the uniform stream).</summary>
    public double Normal(long position)
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - Uniform(2 * position)));
        return radius * Math.Cos(2 * Math.PI * Uniform((2 * position) + 1));
    }

    /// <summary>A random order of the elements (Fisher-Yates with positions <paramref name="position"/> onward).</summary>
    public void Shuffle<T>(Span<T> values, long position = 0)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = Integer(position + i, i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    internal static ulong Origin(ulong seed, RandomPurpose purpose) => Mix(seed + 0x9E3779B97F4A7C15) ^ ((ulong)purpose << 56);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
