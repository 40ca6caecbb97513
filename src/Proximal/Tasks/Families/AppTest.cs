namespace Proximal.Tasks.Families;

/// <summary>A unit test on the final state of an episode.</summary>
/// <param name="Kind">What it looks at.</param>
/// <param name="Rows">The row of a value; the rows that may have changed.</param>
/// <param name="Expected">The digit; the message, or messages joined by commas, as row, digit, <c>&gt;</c> and recipient.</param>
public sealed record AppTest(AppTestKind Kind, string Rows, string Expected);
