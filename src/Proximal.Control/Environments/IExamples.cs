namespace Proximal.Control.Environments;

/// <summary>An environment that can show what actions look like in the data that a generative policy is first fitted to.</summary>
public interface IExamples
{
    /// <summary>Draws an example.</summary>
    /// <param name="random">Its random numbers.</param>
    /// <param name="observation">Receives an observation.</param>
    /// <param name="action">Receives an action of the data.</param>
    void DrawExample(ref EpisodeRandom random, Span<float> observation, Span<float> action);
}
