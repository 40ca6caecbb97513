namespace Proximal.Tasks.Families;

/// <summary>What a clue of a zebra puzzle says of one or two values.</summary>
internal enum ZebraRelation
{
    /// <summary>The value is in this house.</summary>
    At,

    /// <summary>The value is not in this house.</summary>
    NotAt,

    /// <summary>Both are in one house.</summary>
    Same,

    /// <summary>The first is directly left of the second.</summary>
    DirectlyLeft,

    /// <summary>They are neighbours.</summary>
    Adjacent,

    /// <summary>The first is somewhere left of the second.</summary>
    Left,
}
