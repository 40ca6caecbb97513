namespace Proximal.Recipes;

/// <summary>A part of an objective: it can say what it is called and what it computes.</summary>
public interface IComponent
{
    /// <summary>Name, place, formula and source.</summary>
    ComponentInfo Info { get; }
}
