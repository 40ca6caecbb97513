using Proximal.Tasks;

namespace Proximal.Environments.Tools;

/// <summary>One call of a tool.</summary>
/// <param name="Text">What stands between the tags, as the policy wrote it.</param>
/// <param name="Instance">The problem of the episode, for tools that look into its world.</param>
public readonly record struct ToolCall(string Text, TaskInstance Instance);
