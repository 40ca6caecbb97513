namespace Proximal.Control.Environments.TowerDefence;

/// <summary>How a policy says what to do in tower defence.</summary>
public enum TowerActionKind
{
    /// <summary>Three choices at once: type, tower point, cell of a 13 x 13 grid; a type heeds the one that it needs.</summary>
    Factored,

    /// <summary>One of 754 types with targets; the mask says exactly what can be done.</summary>
    Choices,

    /// <summary>One of 12 x 13 x 13 types with cells, the discretization of the paper; the mask says exactly what can be done.</summary>
    Grid,

    /// <summary>x, y and type in [-1, 1], without masks.</summary>
    Continuous,
}
