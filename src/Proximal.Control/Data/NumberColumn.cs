namespace Proximal.Control.Data;

/// <summary>A column of a table of numbers.</summary>
/// <param name="Names">What it may be called, the name that messages use first; one with spaces may also be a part of the name in the file.</param>
/// <param name="Low">The smallest number.</param>
/// <param name="High">The largest number.</param>
public sealed record NumberColumn(IReadOnlyList<string> Names, double Low, double High);
