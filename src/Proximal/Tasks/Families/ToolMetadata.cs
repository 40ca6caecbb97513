using Proximal.Environments.Tools;

namespace Proximal.Tasks.Families;

/// <summary>A problem of which the best use of tools is known.</summary>
/// <param name="Calls">The calls of an expert; none where the problem is easy without.</param>
/// <param name="Unneeded">A call that a careless expert makes; null for none.</param>
public sealed record ToolMetadata(IReadOnlyList<PlannedCall> Calls, PlannedCall? Unneeded) : TaskMetadata, IToolPlan;
