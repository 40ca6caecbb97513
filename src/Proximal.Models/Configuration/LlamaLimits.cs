namespace Proximal.Models.Configuration;

/// <summary>The largest values a configuration may have, so that a hostile file cannot ask for more memory than any real model.</summary>
internal static class LlamaLimits
{
    public const int VocabularySize = 1 << 22;
    public const int HiddenSize = 1 << 16;
    public const int IntermediateSize = 1 << 20;
    public const int Layers = 1024;
    public const int Heads = 1024;
    public const int HeadDimension = 1024;
    public const int Experts = 1024;
    public const int Positions = 1 << 24;
    public const int EndTokens = 64;
    public const double NormEpsilon = 1;
    public const double RotaryBase = 1e12;
    public const double InitializerRange = 100;
}
