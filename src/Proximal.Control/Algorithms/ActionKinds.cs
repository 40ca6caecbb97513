using Proximal.Control.Spaces;

namespace Proximal.Control.Algorithms;

/// <summary>The kinds of actions that an algorithm can choose.</summary>
[Flags]
public enum ActionKinds
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>One of a number of actions, <see cref="DiscreteSpace"/>.</summary>
    Discrete = 1,

    /// <summary>Several choices at a time, <see cref="MultiDiscreteSpace"/>.</summary>
    MultiDiscrete = 2,

    /// <summary>Real numbers, <see cref="BoxSpace"/>.</summary>
    Continuous = 4,

    /// <summary>Each of them.</summary>
    All = Discrete | MultiDiscrete | Continuous,
}
