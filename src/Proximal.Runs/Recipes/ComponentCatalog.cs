using System.Diagnostics.CodeAnalysis;

namespace Proximal.Recipes;

/// <summary>The components of one seam by key, whatever their interface.</summary>
public abstract class ComponentCatalog(Seam seam)
{
    /// <summary>The seam that this catalog serves.</summary>
    public Seam Seam { get; } = seam;

    /// <summary>All definitions in the order of registration.</summary>
    public abstract IReadOnlyCollection<ComponentDefinition> Components { get; }

    /// <summary>Finds a component by key.</summary>
    public abstract ComponentDefinition? Find(string key);
}

/// <summary>The components of one seam by key.</summary>
/// <typeparam name="TComponent">The seam's interface.</typeparam>
public sealed class ComponentCatalog<TComponent>(Seam seam) : ComponentCatalog(seam)
    where TComponent : notnull
{
    private readonly Dictionary<string, ComponentDefinition<TComponent>> definitions = new(StringComparer.Ordinal);

    /// <summary>All definitions in the order of registration.</summary>
    public IReadOnlyCollection<ComponentDefinition<TComponent>> Definitions => definitions.Values;

    /// <inheritdoc/>
    public override IReadOnlyCollection<ComponentDefinition> Components => definitions.Values;

    /// <summary>Adds a component, so that recipes can name it.</summary>
    /// <exception cref="ArgumentException">The key is taken, or the definition is for another seam.</exception>
    public ComponentCatalog<TComponent> Add(ComponentDefinition<TComponent> definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (definition.Info.Seam != Seam)
        {
            throw new ArgumentException($"'{definition.Info.Key}' belongs to {definition.Info.Seam}, not to {Seam}.", nameof(definition));
        }

        if (!definitions.TryAdd(definition.Info.Key, definition))
        {
            throw new ArgumentException($"{Seam} already has a component '{definition.Info.Key}'.", nameof(definition));
        }

        return this;
    }

    /// <summary>Finds a component by key.</summary>
    public bool TryGet(string key, [NotNullWhen(true)] out ComponentDefinition<TComponent>? definition) => definitions.TryGetValue(key, out definition);

    /// <inheritdoc/>
    public override ComponentDefinition? Find(string key) => definitions.GetValueOrDefault(key);
}
