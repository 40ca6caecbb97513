namespace Proximal.Weighting;

/// <summary>Which tokens share an importance weight.</summary>
public enum PearVariant
{
    /// <summary>One weight a demonstration: the ratio of all its tokens.</summary>
    Sequence,

    /// <summary>A weight for every token: the ratio of the tokens after it.</summary>
    Token,

    /// <summary>A weight for every block of tokens: the ratio of the tokens after the block.</summary>
    Block,
}
