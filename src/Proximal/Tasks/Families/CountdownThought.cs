namespace Proximal.Tasks.Families;

/// <summary>What the chain of thought of Countdown shows.</summary>
public enum CountdownThought
{
    /// <summary>The steps of the solution.</summary>
    Direct,

    /// <summary>Failed attempts, then the solution, with the chosen behaviours.</summary>
    Search,

    /// <summary>As many dots as the direct steps have characters: a control for length without content.</summary>
    Dots,

    /// <summary>Nothing.</summary>
    Empty,
}
