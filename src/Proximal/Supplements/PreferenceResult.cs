namespace Proximal.Supplements;

/// <summary>What the preferences of a batch of pairs were like before the update.</summary>
/// <param name="Loss">Mean of <c>-log σ(margin)</c>; ln 2 at the reference.</param>
/// <param name="Accuracy">Share of pairs with a margin above 0.</param>
/// <param name="Margin">Mean of <c>β [ log(π/π_ref)(chosen) - log(π/π_ref)(rejected) ]</c>.</param>
public readonly record struct PreferenceResult(double Loss, double Accuracy, double Margin);
