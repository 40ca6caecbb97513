namespace Proximal.Regularizers;

/// <summary>Over what <see cref="LikelihoodDisplacement"/> asks whether the likelihood has fallen.</summary>
public enum LikelihoodGate
{
    /// <summary>The whole response.</summary>
    Response,

    /// <summary>Each contiguous run of policy tokens: one turn between tool outputs.</summary>
    Chunk,
}
