namespace Proximal.Recipes;

/// <summary>
/// The language-modelling loss of demonstrations beside that of the policy, in every update: <c>L = L_policy - λ E_demonstrations[log π]</c>. It keeps
/// what supervised learning taught. Ouyang et al. 2022 (PPO-ptx), arXiv:2203.02155.
/// </summary>
public sealed record PretrainingMix
{
    /// <summary>λ; 0 for none.</summary>
    public double Coefficient { get; init; } = 0.1;

    /// <summary>Demonstrations an update.</summary>
    public int Batch { get; init; } = 16;

    /// <summary>Share of the demonstrations whose answer is replaced by a wrong one, as in the supervised stage.</summary>
    public double DemonstrationNoise { get; init; }

    /// <summary>Key, type and range of the values.</summary>
    public static OptionSchema<PretrainingMix> Schema { get; } = new OptionSchema<PretrainingMix>(() => new PretrainingMix())
        .Number("coefficient", p => p.Coefficient, (p, v) => p with { Coefficient = v }, "λ: weight of the loss; 0 for none.", 0, 1e6)
        .Integer("batch", p => p.Batch, (p, v) => p with { Batch = v }, "Demonstrations an update.", 1, 1_000_000)
        .Number("demonstration-noise", p => p.DemonstrationNoise, (p, v) => p with { DemonstrationNoise = v }, "Share of the demonstrations whose answer is replaced by a wrong one.", 0, 1);
}
