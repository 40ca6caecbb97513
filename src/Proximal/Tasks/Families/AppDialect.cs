namespace Proximal.Tasks.Families;

/// <summary>The names of arguments, another choice in every world: only <c>help</c> tells them.</summary>
/// <param name="Id">Which row: of <c>get</c>, <c>update</c> and <c>send</c>.</param>
/// <param name="Value">The new digit: of <c>update</c>.</param>
/// <param name="Recipient">Who gets it: of <c>send</c>.</param>
public sealed record AppDialect(string Id, string Value, string Recipient)
{
    /// <summary>Names of the first argument.</summary>
    public static IReadOnlyList<string> Ids { get; } = ["id", "key", "ref"];

    /// <summary>Names of the second argument of <c>update</c>.</summary>
    public static IReadOnlyList<string> Values { get; } = ["new", "val", "put"];

    /// <summary>Names of the second argument of <c>send</c>.</summary>
    public static IReadOnlyList<string> Recipients { get; } = ["to", "for", "who"];
}
