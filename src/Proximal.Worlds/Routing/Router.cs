namespace Proximal.Worlds.Routing;

/// <summary>How a <see cref="RoutedExpert"/> chooses knowledge bases.</summary>
public enum Router
{
    /// <summary>It knows which one tells what.</summary>
    Schema,

    /// <summary>Always the documents.</summary>
    AlwaysText,

    /// <summary>All of them at once.</summary>
    AskAll,

    /// <summary>Any of them.</summary>
    Random,
}
