using Proximal.Recipes;

namespace Proximal.Optimizers;

/// <summary>The optimizers that recipes can name.</summary>
public static class OptimizerModule
{
    /// <summary>Stochastic gradient descent with momentum.</summary>
    public static ComponentDefinition<OptimizerSettings, SgdSettings> Sgd { get; } = new(
        new ComponentInfo("sgd", Seam.Optimizers, "Stochastic gradient descent with momentum.", "w <- w - lr (m + decay w),  m <- momentum m + g", "Sutskever et al. 2013, \"On the importance of initialization and momentum in deep learning\""),
        SgdSettings.Schema,
        settings => settings);

    /// <summary>Adaptive moments.</summary>
    public static ComponentDefinition<OptimizerSettings, AdamSettings> Adam { get; } = new(
        new ComponentInfo("adam", Seam.Optimizers, "Adaptive moments.", "w <- w - lr m^ / (sqrt(v^) + eps),  m <- b1 m + (1-b1) g,  v <- b2 v + (1-b2) g^2", "Kingma and Ba 2015, \"Adam: a method for stochastic optimization\""),
        AdamSettings.Schema,
        settings => settings);

    /// <summary>Adam with decoupled weight decay.</summary>
    public static ComponentDefinition<OptimizerSettings, AdamWSettings> AdamW { get; } = new(
        new ComponentInfo("adamw", Seam.Optimizers, "Adam with decoupled weight decay.", "w <- w - lr (m^ / (sqrt(v^) + eps) + decay w),  m <- b1 m + (1-b1) g,  v <- b2 v + (1-b2) g^2", "Loshchilov and Hutter 2019, \"Decoupled weight decay regularization\""),
        AdamWSettings.Schema,
        settings => settings);

    /// <summary>The sign of an interpolated momentum.</summary>
    public static ComponentDefinition<OptimizerSettings, LionSettings> Lion { get; } = new(
        new ComponentInfo("lion", Seam.Optimizers, "The sign of an interpolated momentum.", "w <- w - lr (sign(b1 m + (1-b1) g) + decay w),  m <- b2 m + (1-b2) g", "Chen et al. 2023, \"Symbolic discovery of optimization algorithms\""),
        LionSettings.Schema,
        settings => settings);

    /// <summary>Orthogonalized momentum for matrices; the other weights take AdamW.</summary>
    public static ComponentDefinition<OptimizerSettings, MuonSettings> Muon { get; } = new(
        new ComponentInfo("muon", Seam.Optimizers, "Orthogonalized momentum for matrices; the other weights take AdamW.", "W <- W - lr (NewtonSchulz(M) + decay W),  M <- momentum M + G", "Jordan et al. 2024, \"Muon: an optimizer for hidden layers in neural networks\""),
        MuonSettings.Schema,
        settings => settings);

    /// <summary>A new catalog of all of them.</summary>
    public static ComponentCatalog<OptimizerSettings> CreateCatalog() => new ComponentCatalog<OptimizerSettings>(Seam.Optimizers)
        .Add(Sgd)
        .Add(Adam)
        .Add(AdamW)
        .Add(Lion)
        .Add(Muon);
}
