namespace Proximal.Worlds.Routing;

/// <summary>A place where something can be looked up.</summary>
public enum KnowledgeBase
{
    /// <summary>Documents.</summary>
    Text,

    /// <summary>A table for each type, a row for each entity.</summary>
    Table,

    /// <summary>Captions of pictures.</summary>
    Image,
}
