using Proximal.Tasks;

namespace Proximal.Environments;

/// <summary>Where a policy's text goes: the next observation, or the end. A single-turn task is an environment that ends after one step.</summary>
public interface IEnvironment
{
    /// <summary>Starts an episode.</summary>
    IEpisode Begin(TaskInstance instance);
}

/// <summary>One episode of an environment.</summary>
public interface IEpisode
{
    /// <summary>Takes the policy's turn and answers with an observation, or null when the episode is over.</summary>
    string? Step(string action);
}
