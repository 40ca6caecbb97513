using Proximal.Recipes;
using Proximal.Tasks;

namespace Proximal.Environments;

/// <summary>The environment of a task with one answer: it ends after the first turn.</summary>
public sealed class SingleTurn : IEnvironment, IEpisode
{
    private SingleTurn()
    {
    }

    /// <summary>The one instance: it has no state.</summary>
    public static SingleTurn Instance { get; } = new();

    /// <summary>What recipes see.</summary>
    public static ComponentDefinition<IEnvironment, NoOptions> Definition { get; } = new(
        new ComponentInfo("single-turn", Seam.Environments, "One turn, which is the answer.", "", ""), NoOptions.Schema, _ => Instance);

    /// <inheritdoc/>
    public IEpisode Begin(TaskInstance instance) => this;

    /// <inheritdoc/>
    public string? Step(string action) => null;
}
