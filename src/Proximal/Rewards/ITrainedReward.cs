namespace Proximal.Rewards;

/// <summary>A reward that the run trains before policy optimization begins.</summary>
internal interface ITrainedReward : IReward
{
    /// <summary>Optimizer steps of its training.</summary>
    int Steps { get; }
}
