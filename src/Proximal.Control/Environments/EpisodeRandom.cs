using Proximal.Control.State;
using Proximal.Tensors.Random;

namespace Proximal.Control.Environments;

/// <summary>
/// The random numbers of one episode: a pure function of the seed, the copy of the environment and the number of the episode, so that
/// results depend neither on how many copies there are nor on threads.
/// </summary>
public struct EpisodeRandom : IStateful, IEquatable<EpisodeRandom>
{
    private ulong seed;
    private int copy;
    private long episode;
    private long position;
    private RandomStream stream;

    /// <summary>Names the numbers of an episode.</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="copy">Which copy of the environment.</param>
    /// <param name="episode">Episodes that the copy had before.</param>
    public EpisodeRandom(ulong seed, int copy = 0, long episode = 0)
    {
        this.seed = seed;
        this.copy = copy;
        this.episode = episode;
        stream = new RandomStream(seed, RandomPurpose.Environment, episode, copy);
    }

    /// <summary>A uniform number in [0, 1).</summary>
    public double Uniform() => stream.Uniform(position++);

    /// <summary>A uniform number in [low, high).</summary>
    public double Uniform(double low, double high) => low + ((high - low) * stream.Uniform(position++));

    /// <summary>Four uniform numbers in [0, 1) with 32 random bits each, at the price of one.</summary>
    public void FourUniforms(out double first, out double second, out double third, out double fourth)
    {
        (uint word0, uint word1, uint word2, uint word3) = stream.Block(position++);
        first = word0 * RandomStreams.WordScale;
        second = word1 * RandomStreams.WordScale;
        third = word2 * RandomStreams.WordScale;
        fourth = word3 * RandomStreams.WordScale;
    }

    /// <summary>A uniform whole number in [0, bound).</summary>
    public int Integer(int bound) => stream.Integer(position++, bound);

    /// <summary>A uniform whole number in [low, high], both included.</summary>
    public int Integer(int low, int high) => low + stream.Integer(position++, high - low + 1);

    /// <summary>True with the given probability.</summary>
    public bool Chance(double probability) => stream.Uniform(position++) < probability;

    /// <summary>A standard normal number.</summary>
    public double Normal()
    {
        long pair = (position + 1) / 2;
        position = (2 * pair) + 2;
        return stream.Normal(pair);
    }

    /// <summary>A random order of the elements.</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = Integer(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    /// <summary>The numbers of the next episode of the same copy.</summary>
    public readonly EpisodeRandom NextEpisode() => new(seed, copy, episode + 1);

    /// <inheritdoc/>
    public void Transfer(StateTransfer state)
    {
        state.Value(ref seed);
        state.Value(ref copy);
        state.Value(ref episode);
        state.Value(ref position);
        if (state.Reading)
        {
            stream = new RandomStream(seed, RandomPurpose.Environment, episode, copy);
        }
    }

    /// <inheritdoc/>
    public readonly bool Equals(EpisodeRandom other) =>
        (seed, copy, episode, position) == (other.seed, other.copy, other.episode, other.position);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is EpisodeRandom other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(seed, copy, episode, position);

    /// <summary>Whether two sources are at the same place of the same numbers.</summary>
    public static bool operator ==(EpisodeRandom left, EpisodeRandom right) => left.Equals(right);

    /// <summary>Whether two sources differ.</summary>
    public static bool operator !=(EpisodeRandom left, EpisodeRandom right) => !left.Equals(right);
}
