namespace Proximal.Worlds.Retrieval;

/// <summary>A document of somebody's corpus.</summary>
/// <param name="Id">What it is asked for by.</param>
/// <param name="Title">Its title, may be empty.</param>
/// <param name="Text">What it says.</param>
public sealed record TextDocument(string Id, string Title, string Text);
