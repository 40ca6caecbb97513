namespace Proximal.Control.Environments.SideScrolling;

/// <summary>What the player of the <see cref="Platformer"/> sees.</summary>
public enum PlatformerObservation
{
    /// <summary>13x16 tiles around the player, and five numbers of its motion: 213 numbers.</summary>
    Window = 0,

    /// <summary>Heights and gaps of the next six columns, the two nearest walkers and the motion of the player: 20 numbers.</summary>
    Compact = 1,
}
