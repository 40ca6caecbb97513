namespace Proximal.Cli.Terminals;

/// <summary>A column of a <see cref="TextTable"/>.</summary>
/// <param name="Title">What stands above it.</param>
/// <param name="IsNumber">Whether its cells stand at the right.</param>
/// <param name="IsPath">Whether its cells lose their beginning, not their end, where they are too long.</param>
internal readonly record struct TableColumn(string Title, bool IsNumber = false, bool IsPath = false)
{
    public static implicit operator TableColumn(string title) => new(title);
}
