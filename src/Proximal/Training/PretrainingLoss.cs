using Proximal.Recipes;

namespace Proximal.Training;

/// <summary>Adds the gradient of the loss of <see cref="PretrainingMix"/> to that of the policy.</summary>
internal sealed class PretrainingLoss(IDemonstrations demonstrations, SupervisedUpdater updater, PretrainingMix settings)
{
    /// <summary>Adds the gradient of <c>-λ mean log π</c> on fresh demonstrations, and returns the loss without λ.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="update">Number of the update in the stage.</param>
    public double AddGradient(ulong seed, int update)
    {
        updater.Update(demonstrations.Next(seed, update, settings.Batch), coefficient: settings.Coefficient);
        return updater.NegativeLogLikelihood;
    }
}
