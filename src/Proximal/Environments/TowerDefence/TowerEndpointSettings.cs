namespace Proximal.Environments.TowerDefence;

/// <summary>An OpenAI-compatible server.</summary>
/// <param name="Address">Where its interface begins, as <c>http://localhost:8080/v1</c>.</param>
/// <param name="Model">Name of the model.</param>
public sealed record TowerEndpointSettings(Uri Address, string Model)
{
    /// <summary>The key that is sent; none when null. It goes over https or to this machine only.</summary>
    public string? Key { get; init; }

    /// <summary>How long an answer may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Tries after the first that failed for want of an answer.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>Pause before the first retry; it doubles.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);
}
