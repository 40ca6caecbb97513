namespace Proximal.Tasks.Families;

/// <summary>A clue.</summary>
/// <param name="Relation">What it says.</param>
/// <param name="First">Number of the first value.</param>
/// <param name="Second">Number of the second value, or the house from 0.</param>
/// <param name="Text">The clue as written.</param>
internal readonly record struct ZebraClue(ZebraRelation Relation, int First, int Second, string Text)
{
    /// <summary>Whether the clue holds when value v is in house <c>houses[v]</c>.</summary>
    public bool Holds(ReadOnlySpan<byte> houses) => Relation switch
    {
        ZebraRelation.At => houses[First] == Second,
        ZebraRelation.NotAt => houses[First] != Second,
        ZebraRelation.Same => houses[First] == houses[Second],
        ZebraRelation.DirectlyLeft => houses[First] + 1 == houses[Second],
        ZebraRelation.Adjacent => Math.Abs(houses[First] - houses[Second]) == 1,
        _ => houses[First] < houses[Second],
    };
}
