namespace Proximal.Environments.Tools;

/// <summary>What a tool answers.</summary>
/// <param name="Text">The observation, before it is made safe, cut and wrapped.</param>
/// <param name="IsError">Whether the call failed, which the counter <c>errors</c> counts.</param>
public readonly record struct ToolResult(string Text, bool IsError = false)
{
    /// <summary>A failed call.</summary>
    public static ToolResult Error(string text) => new(text, true);
}
