namespace Proximal.Control.Environments.Buildings;

/// <summary>The climates that options can name.</summary>
public enum ClimateKind
{
    /// <summary><see cref="Climate.Pittsburgh"/>.</summary>
    Pittsburgh,

    /// <summary><see cref="Climate.Tucson"/>.</summary>
    Tucson,
}
