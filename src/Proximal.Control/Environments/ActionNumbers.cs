namespace Proximal.Control.Environments;

/// <summary>A number that every discrete action stands for, as the heating setpoint that it commands.</summary>
/// <param name="Name">Its name, without spaces.</param>
/// <param name="Values">The number of every action [actions].</param>
public sealed record ActionNumbers(string Name, IReadOnlyList<double> Values);
