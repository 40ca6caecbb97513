using Proximal.Models.Generation;
using Proximal.Rollouts;

namespace Proximal.Training;

/// <summary>Where the demonstrations of supervised learning come from. A step has the same ones whenever it is asked for.</summary>
internal interface IDemonstrations
{
    /// <summary>The demonstrations of a step.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="step">Step of the stage, from 0.</param>
    /// <param name="count">How many; a source that finds fewer gives fewer.</param>
    DemonstrationBatch Next(ulong seed, int step, int count);

    /// <summary>The demonstrations of a step as trajectories without reward, to be looked at.</summary>
    RolloutBatch Describe(ulong seed, int step, int count);
}

/// <summary>The demonstrations of a step.</summary>
/// <param name="Trees">A chain each, whose teacher segments are learned from; they carry the log-probabilities of the model that wrote them.</param>
/// <param name="Right">Whether each solves its problem.</param>
internal sealed record DemonstrationBatch(IReadOnlyList<TokenTree> Trees, IReadOnlyList<bool> Right);
