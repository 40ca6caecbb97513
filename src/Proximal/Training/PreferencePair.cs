using Proximal.Models.Generation;

namespace Proximal.Training;

/// <summary>Two responses to a prompt, of which one is preferred.</summary>
/// <param name="Tree">The prompt and both responses.</param>
/// <param name="Preferred">Last segment of the response that is preferred.</param>
/// <param name="Other">Last segment of the other one.</param>
/// <param name="Margin">Score of the verifier of the preferred one less that of the other; below 0 where the preference is flipped.</param>
internal sealed record PreferencePair(TokenTree Tree, int Preferred, int Other, double Margin)
{
    /// <summary><c>-log σ(m)</c> and its derivative.</summary>
    /// <param name="margin">m: the reward of the preferred response less that of the other.</param>
    public static (double Loss, double Slope) Loss(double margin)
    {
        double tail = Math.Exp(-Math.Abs(margin));
        return (Math.Max(0, -margin) + Math.Log(1 + tail), -(margin >= 0 ? tail : 1) / (1 + tail));
    }
}
