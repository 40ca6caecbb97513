namespace Proximal.Tasks.Families;

/// <summary>Options of <see cref="DigitCompletionTask"/>.</summary>
public sealed record DigitCompletionOptions
{
    /// <summary>The modulus m.</summary>
    public int Modulus { get; init; } = 9;

    /// <summary>The share of prompts that is held out for the test split.</summary>
    public double HeldOut { get; init; } = 0.2;

    /// <summary>Seed of the split.</summary>
    public int Seed { get; init; } = 42;

    /// <summary>
    /// Divides the list of all (a, d, k) as it is: differences that are equal modulo m give the same text, so that a text may be in both splits. Otherwise texts are
    /// divided, and a held-out text never occurs in training.
    /// </summary>
    public bool Repeats { get; init; }

    /// <summary>The first impossible value as a sentence, or null.</summary>
    public string? FindFault() =>
        OptionChecks.Range("modulus", Modulus, 2, 1000)
        ?? OptionChecks.Range("held-out", HeldOut, 0.01, 0.99)
        ?? OptionChecks.Range("seed", Seed, 0, int.MaxValue);
}
