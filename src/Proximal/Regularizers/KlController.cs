namespace Proximal.Regularizers;

/// <summary>
/// The coefficient β of a KL penalty: fixed, or steered towards a target divergence, <c>β ← β (1 + clip(KL/KL_target - 1, ±0.2) n / horizon)</c>
/// after n sequences. Ziegler et al. 2019, section 2.2.
/// </summary>
/// <param name="coefficient">β to start with.</param>
/// <param name="adaptive">Whether β moves.</param>
/// <param name="target">KL_target, in nats a token.</param>
/// <param name="horizon">Number of sequences over which β may change by a factor.</param>
public sealed class KlController(double coefficient, bool adaptive, double target, double horizon) : IStateful
{
    private const double MaxError = 0.2;
    private const string StateKey = "coefficient";

    /// <summary>β as it stands.</summary>
    public double Coefficient { get; private set; } = coefficient;

    /// <summary>The next coefficient of the adaptive rule.</summary>
    public static double Next(double coefficient, double divergence, double target, double sequences, double horizon) =>
        coefficient * (1 + (Math.Clamp((divergence / target) - 1, -MaxError, MaxError) * sequences / horizon));

    /// <summary>Moves β after a batch, when it is adaptive.</summary>
    /// <param name="divergence">Mean divergence of the batch, in nats a token.</param>
    /// <param name="sequences">Number of sequences of the batch.</param>
    public void Update(double divergence, int sequences)
    {
        if (adaptive)
        {
            Coefficient = Next(Coefficient, divergence, target, sequences, horizon);
        }
    }

    /// <inheritdoc/>
    public void Save(IDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state[StateKey] = [Coefficient];
    }

    /// <inheritdoc/>
    public void Load(IReadOnlyDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Coefficient = state[StateKey][0];
    }
}
