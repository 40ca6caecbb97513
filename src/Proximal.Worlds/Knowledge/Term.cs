namespace Proximal.Worlds.Knowledge;

/// <summary>How a question speaks of an entity.</summary>
public abstract record Term;
