using Proximal.Tensors.Random;

namespace Proximal.Models.Networks;

/// <summary>Random numbers for first weights, named by the network so that two networks of one seed differ.</summary>
public static class NetworkRandom
{
    /// <summary>The numbers of a layer.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="name">Name of the network.</param>
    /// <param name="layer">Number of the layer.</param>
    public static RandomStream Stream(ulong seed, string name, int layer)
    {
        ArgumentNullException.ThrowIfNull(name);
        ulong hash = 14695981039346656037;
        foreach (char letter in name)
        {
            hash = (hash ^ letter) * 1099511628211;
        }

        return new RandomStream(seed ^ hash, RandomPurpose.Initialization, layer);
    }
}
