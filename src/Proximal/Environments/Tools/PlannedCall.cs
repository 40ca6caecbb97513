namespace Proximal.Environments.Tools;

/// <summary>A call that an expert makes.</summary>
/// <param name="Tag">Tag of the tool.</param>
/// <param name="Text">What stands between the tags.</param>
public sealed record PlannedCall(string Tag, string Text);
