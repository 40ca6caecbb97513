using Proximal.Recipes;

namespace Proximal.Control.Environments.Diagnostic;

/// <summary>Settings of <see cref="StitchGrid"/>.</summary>
public sealed record StitchGridOptions
{
    /// <summary>k: columns of each room, and rows.</summary>
    public int Size { get; init; } = 5;

    /// <summary>Whether episodes begin in the door instead of in the first column, as the second half of a way does.</summary>
    public bool StartInDoor { get; init; }

    /// <summary>Whether episodes end in the door, without a reward, as the first half of a way does.</summary>
    public bool EndInDoor { get; init; }

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<StitchGridOptions> Schema { get; } = new OptionSchema<StitchGridOptions>(() => new StitchGridOptions())
        .Integer("size", o => o.Size, (o, v) => o with { Size = v }, "columns of each room, and rows", 2, 100)
        .Flag("start-in-door", o => o.StartInDoor, (o, v) => o with { StartInDoor = v }, "whether episodes begin in the door instead of in the first column")
        .Flag("end-in-door", o => o.EndInDoor, (o, v) => o with { EndInDoor = v }, "whether episodes end in the door, without a reward")
        .Rule(o => o is { StartInDoor: true, EndInDoor: true } ? "'end-in-door' is true, expected false where episodes begin in the door" : null);
}
