namespace Proximal.Tensors.Random;

/// <summary>
/// The sequential generator of procedural suites and worlds: SplitMix64 (Steele, Lea and Flood 2014). Instances are defined by its exact draws, so it must never change.
/// The n-th draw depends only on the first state and n, so a copy continues where the original stands.
/// </summary>
public sealed class SuiteRandom
{
    private ulong state;

    /// <summary>Starts a stream at a state.</summary>
    public SuiteRandom(ulong state) => this.state = state;

    /// <summary>Starts the stream that a name and a suite seed select.</summary>
    public SuiteRandom(string name, ulong seed)
        : this(SuiteHash.Fnv1a64(name) ^ seed)
    {
    }

    /// <summary>The stream of a world: <c>FNV1a64(name) ^ (seed · 0x9E3779B97F4A7C15) ^ (stream · 0xBF58476D1CE4E5B9)</c> is its first state.</summary>
    /// <param name="name">Name of the world's kind.</param>
    /// <param name="seed">Seed of the world.</param>
    /// <param name="stream">What is drawn: streams of one seed never share numbers.</param>
    public static SuiteRandom OfWorld(string name, ulong seed, WorldStream stream) =>
        new(unchecked(SuiteHash.Fnv1a64(name) ^ (seed * 0x9E3779B97F4A7C15) ^ ((ulong)stream * 0xBF58476D1CE4E5B9)));

    /// <summary>A stream that goes on where this one stands.</summary>
    public SuiteRandom Clone() => new(state);

    /// <summary>The next 64 random bits.</summary>
    public ulong Bits()
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>An integer in [0, bound).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not positive.</exception>
    public int Int(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        return (int)Math.BigMul(Bits(), (ulong)bound, out _);
    }

    /// <summary>An integer in [minimum, maximum], both included.</summary>
    public int Range(int minimum, int maximum) => minimum + Int(maximum - minimum + 1);

    /// <summary>A number in [0, 1) with 53 random bits.</summary>
    public double Double() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>One of the values.</summary>
    public T Pick<T>(IReadOnlyList<T> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values[Int(values.Count)];
    }

    /// <summary>One character of a text.</summary>
    public char Pick(string characters)
    {
        ArgumentNullException.ThrowIfNull(characters);
        return characters[Int(characters.Length)];
    }

    /// <summary>Puts the values into a random order, in place.</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = Int(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }
}
