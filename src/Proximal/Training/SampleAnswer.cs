using Proximal.Rollouts;

namespace Proximal.Training;

/// <summary>A prompt and what the policy answered.</summary>
/// <param name="Prompt">The problem.</param>
/// <param name="Response">What the policy wrote.</param>
/// <param name="Expected">The gold answer.</param>
/// <param name="Correct">Whether the verifier took it.</param>
/// <param name="Reward">Total reward.</param>
public sealed record SampleAnswer(string Prompt, string Response, string Expected, bool Correct, float Reward)
{
    internal static SampleAnswer From(Trajectory trajectory) =>
        new(trajectory.Instance.Prompt, trajectory.Response, trajectory.Instance.Answer, trajectory.Verdict.Correct, trajectory.TotalReward);
}
