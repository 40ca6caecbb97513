using System.Globalization;
using Proximal.Runs;

namespace Proximal.Comparisons;

/// <summary>One run of a comparison: a variant with a seed, in a folder from which it continues when it was stopped.</summary>
public abstract class ComparedRun
{
    /// <summary>A run below the folder of the comparison.</summary>
    /// <param name="variant">Name of the variant.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="folder">The folder of the comparison.</param>
    protected ComparedRun(string variant, int seed, string folder)
    {
        Variant = variant;
        Seed = seed;
        Folder = new RunFolder(Path.Combine(folder, NameOf(variant, seed)));
    }

    /// <summary>Name of the variant.</summary>
    public string Variant { get; }

    /// <summary>The seed.</summary>
    public int Seed { get; }

    /// <summary>VARIANT-SEED, the name of its folder.</summary>
    public string Name => NameOf(Variant, Seed);

    /// <summary>Where the run lies.</summary>
    public RunFolder Folder { get; }

    /// <summary>The recipe with every value resolved, as YAML.</summary>
    public abstract string Recipe { get; }

    /// <summary>What decides everything up to the point at which methods begin to differ; runs with the same key can share that part. Null for none.</summary>
    protected internal virtual string? StartKey => null;

    /// <summary>Whether the folder holds the point at which methods begin to differ, from which others with the same <see cref="StartKey"/> can start.</summary>
    protected internal virtual bool HasStart => false;

    /// <summary>The name of the run of a variant with a seed.</summary>
    public static string NameOf(string variant, int seed) => string.Create(CultureInfo.InvariantCulture, $"{variant}-{seed}");

    /// <summary>What the folder tells: whether the run is finished, and its seconds of training so far.</summary>
    /// <exception cref="InvalidDataException">The state of the run is damaged.</exception>
    public abstract (bool Finished, double Seconds) ReadState();

    /// <summary>What keeps the run from being trained in its folder, as a sentence; null where nothing does.</summary>
    public abstract string? FindConflict();

    /// <summary>Makes the folder one of a run that has come to the <see cref="HasStart"/> of another.</summary>
    protected internal virtual void StartFrom(ComparedRun other) =>
        throw new NotSupportedException($"{GetType().Name} shares no start.");

    /// <summary>Trains until everything is done or the token asks to stop.</summary>
    /// <param name="progress">Told of every step.</param>
    /// <param name="startWritten">Told when <see cref="HasStart"/> may have become true.</param>
    /// <param name="cancellation">Asks to stop after a step.</param>
    /// <returns>Whether everything is done.</returns>
    protected internal abstract bool Train(Action<ComparedProgress> progress, Action startWritten, CancellationToken cancellation);
}
