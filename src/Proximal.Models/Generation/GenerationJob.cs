using Proximal.Tensors.Random;

namespace Proximal.Models.Generation;

/// <summary>A segment to be sampled.</summary>
/// <param name="Tree">The tree that it belongs to; the segments above it are complete.</param>
/// <param name="Segment">An empty segment without children, which receives the tokens.</param>
/// <param name="Random">Random numbers: position k of the stream draws the token at position k of the path, so that neither batching nor order changes a token.</param>
/// <param name="Budget">The most tokens to sample.</param>
public readonly record struct GenerationJob(TokenTree Tree, TokenSegment Segment, RandomStream Random, int Budget);
