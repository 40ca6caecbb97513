namespace Proximal.Analysis.Verification;

/// <summary>How two numbers are compared.</summary>
public enum Relation
{
    /// <summary>&lt;</summary>
    Less,

    /// <summary>&lt;=</summary>
    AtMost,

    /// <summary>&gt;</summary>
    Greater,

    /// <summary>&gt;=</summary>
    AtLeast,

    /// <summary>=</summary>
    Equal,

    /// <summary>!=</summary>
    NotEqual,
}

/// <summary>Compares numbers.</summary>
public static class Relations
{
    private static readonly (string Text, Relation Relation)[] Signs =
    [
        ("<", Relation.Less), ("<=", Relation.AtMost), (">", Relation.Greater), (">=", Relation.AtLeast), ("=", Relation.Equal), ("!=", Relation.NotEqual),
    ];

    /// <summary>The signs in rules.</summary>
    public static IReadOnlyList<string> Texts { get; } = [.. Signs.Select(sign => sign.Text)];

    /// <summary>The relation of a sign; null for another text.</summary>
    public static Relation? Parse(string text) => Array.Find(Signs, sign => sign.Text == text) is { Text: not null } found ? found.Relation : null;

    /// <summary>The sign.</summary>
    public static string Sign(this Relation relation) => Array.Find(Signs, sign => sign.Relation == relation).Text;

    /// <summary>Whether the relation holds between two numbers.</summary>
    public static bool Holds(this Relation relation, double left, double right) => relation switch
    {
        Relation.Less => left < right,
        Relation.AtMost => left <= right,
        Relation.Greater => left > right,
        Relation.AtLeast => left >= right,
        Relation.Equal => left == right,
        _ => left != right,
    };
}
