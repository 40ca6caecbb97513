namespace Proximal.Analysis.Trees;

/// <summary>What actions are in numbers that rules can speak of, as the heating setpoint that each action commands.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">The number of every action [actions].</param>
public sealed record ActionQuantity(string Name, IReadOnlyList<double> Values)
{
    /// <inheritdoc/>
    public bool Equals(ActionQuantity? other) => other is not null && Name == other.Name && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Values.Count);
}
