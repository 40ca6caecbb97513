using Proximal.Recipes;
using Proximal.Supplements;

namespace Proximal.Training;

/// <summary>Adds the gradient of the loss of <see cref="PretrainingMix"/> to that of the policy: <c>-λ mean log π</c> on fresh demonstrations.</summary>
internal sealed class PretrainingLoss(IDemonstrations demonstrations, SupervisedUpdater updater, PretrainingMix settings) : ISupplement
{
    /// <inheritdoc/>
    public string Name => "pretraining";

    /// <inheritdoc/>
    public void Begin(SupplementStep step)
    {
    }

    /// <inheritdoc/>
    public double? AddGradient(SupplementUpdate update)
    {
        updater.Update(demonstrations.Next(update.Seed, update.Number, settings.Batch), coefficient: settings.Coefficient);
        return updater.NegativeLogLikelihood;
    }
}
