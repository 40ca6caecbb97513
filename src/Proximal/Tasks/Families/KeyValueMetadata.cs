namespace Proximal.Tasks.Families;

/// <summary>A look-up through hidden tables.</summary>
/// <param name="World">Number of the pair of tables.</param>
/// <param name="Keys">How many keys they have.</param>
/// <param name="Key">The key that it starts from.</param>
/// <param name="Tables">The tables in the order of the look-ups, the innermost first.</param>
public sealed record KeyValueMetadata(int World, int Keys, string Key, string Tables) : TaskMetadata;
