namespace Proximal.Tasks.Families;

/// <summary>A goal in the world of <see cref="AppTask"/>.</summary>
/// <param name="Rows">The table when an episode begins: the letters of the rows and their digits.</param>
/// <param name="Dialect">What this world calls the arguments of its functions.</param>
/// <param name="Tests">What must hold in the end.</param>
public sealed record AppMetadata(IReadOnlyList<(char Id, char Value)> Rows, AppDialect Dialect, IReadOnlyList<AppTest> Tests) : TaskMetadata;
