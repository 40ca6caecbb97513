namespace Proximal.Clipping;

/// <summary>What <see cref="BalancedClipping"/> counts as the contribution of a token.</summary>
public enum BalanceMode
{
    /// <summary><c>r |A|</c> where the token has a gradient, else 0: widening either bound then raises the share of positive tokens.</summary>
    GradientActive,

    /// <summary><c>|min(r A, clip(r, c_low, c_high) A)|</c> as printed: a clipped negative token counts <c>c_low |A|</c>, so the share can fall when c_low rises.</summary>
    Literal,
}
