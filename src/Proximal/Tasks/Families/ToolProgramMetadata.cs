using Proximal.Environments.Tools;

namespace Proximal.Tasks.Families;

/// <summary>A problem that a small program solves.</summary>
/// <param name="Calls">The calls of an expert.</param>
/// <param name="Tests">Hidden tests of an answer that is a program: arguments of <c>f</c> and the value that it must print.</param>
public sealed record ToolProgramMetadata(IReadOnlyList<PlannedCall> Calls, IReadOnlyList<(string Arguments, string Value)> Tests) : TaskMetadata, IToolPlan;
