namespace Proximal.Environments.Tools;

/// <summary>Metadata of a problem whose best use of tools is known: the demonstrations of a <see cref="ToolEnvironment"/> follow it, and its counters compare with it.</summary>
public interface IToolPlan
{
    /// <summary>The calls of an expert in order; their number is the n* of the problem, 0 where it needs no tool.</summary>
    IReadOnlyList<PlannedCall> Calls { get; }

    /// <summary>A call that a careless expert makes without need; null where there is none.</summary>
    PlannedCall? Unneeded => null;
}
