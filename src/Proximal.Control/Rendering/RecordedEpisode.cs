namespace Proximal.Control.Rendering;

/// <summary>What was recorded.</summary>
/// <param name="Return">Sum of the rewards.</param>
/// <param name="Steps">Steps of the episode.</param>
/// <param name="Finished">Whether the episode ended within the limit of the recording.</param>
/// <param name="Frames">Frames of the file.</param>
public sealed record RecordedEpisode(double Return, int Steps, bool Finished, int Frames);
