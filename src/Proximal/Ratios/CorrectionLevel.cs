namespace Proximal.Ratios;

/// <summary>What one correction weight belongs to.</summary>
public enum CorrectionLevel
{
    /// <summary>Each token has its own weight ρ_t.</summary>
    Token,

    /// <summary>All tokens of a sequence have the product of its weights.</summary>
    Sequence,
}
