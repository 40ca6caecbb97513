namespace Proximal.Cli.Terminals;

/// <summary>A column of a <see cref="TextTable"/>.</summary>
/// <param name="Title">What stands above it.</param>
/// <param name="IsNumber">Whether its cells stand at the right.</param>
internal readonly record struct TableColumn(string Title, bool IsNumber = false)
{
    public static implicit operator TableColumn(string title) => new(title);
}
