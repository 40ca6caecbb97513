namespace Proximal.Analysis.Health;

/// <summary>A recorded rollout that shows a finding.</summary>
/// <param name="Step">Its step.</param>
/// <param name="Group">Number of its prompt within the step.</param>
/// <param name="Path">Number of the rollout within the prompt; -1 for the prompt itself.</param>
/// <param name="Text">What is to be seen. Untrusted: it holds what the model wrote.</param>
public sealed record FindingExcerpt(int Step, int Group, int Path, string Text);
