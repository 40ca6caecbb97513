namespace Proximal.Tasks.Bandits;

/// <summary>What a <see cref="BanditTask"/> keeps about an instance.</summary>
/// <param name="Context">Number of the context.</param>
/// <param name="Shown">The arm that the demonstration shows.</param>
public sealed record BanditMetadata(int Context, int Shown) : TaskMetadata;
