namespace Proximal;

/// <summary>A component that remembers something from update to update, which a resumed run must know again.</summary>
public interface IStateful
{
    /// <summary>Writes the state as named lists of numbers.</summary>
    void Save(IDictionary<string, double[]> state);

    /// <summary>Takes up a state that <see cref="Save"/> wrote.</summary>
    void Load(IReadOnlyDictionary<string, double[]> state);
}
