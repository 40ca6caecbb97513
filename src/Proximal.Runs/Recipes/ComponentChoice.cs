namespace Proximal.Recipes;

/// <summary>A component that a recipe names, with its options.</summary>
public sealed class ComponentChoice : IEquatable<ComponentChoice>
{
    /// <summary>A component with the given options record.</summary>
    /// <exception cref="ArgumentException">The options are impossible.</exception>
    public ComponentChoice(ComponentDefinition definition, object options)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(options);
        if (definition.Options.FindFault(options) is { } fault)
        {
            throw new ArgumentException($"{definition.Info.Key}: {fault}.", nameof(options));
        }

        Definition = definition;
        Options = options;
    }

    /// <summary>A component with every option at its default.</summary>
    public ComponentChoice(ComponentDefinition definition)
        : this(definition, Defaults(definition))
    {
    }

    /// <summary>The component.</summary>
    public ComponentDefinition Definition { get; }

    /// <summary>Its immutable options record.</summary>
    public object Options { get; }

    /// <summary>Factor of the component where several are summed (the terms of the reward); 1 elsewhere.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Where the recipe names it; null for one that was made in code. No part of equality.</summary>
    public RecipePosition? Position { get; init; }

    /// <summary>A component of one's own, for a recipe that is made in code. A recipe file names it only where a catalog has it.</summary>
    /// <typeparam name="TComponent">The seam's interface.</typeparam>
    /// <param name="seam">Where it plugs in.</param>
    /// <param name="key">What the stored recipe calls it.</param>
    /// <param name="component">The component.</param>
    /// <param name="weight">Factor where several are summed.</param>
    public static ComponentChoice Of<TComponent>(Seam seam, string key, TComponent component, double weight = 1)
        where TComponent : notnull
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        ComponentInfo info = new(key, seam, "Made in code.", "", "");
        return new(new ComponentDefinition<TComponent, NoOptions>(info, NoOptions.Schema, _ => component)) { Weight = weight };
    }

    /// <summary>Makes the component.</summary>
    /// <exception cref="InvalidOperationException">The definition makes components of another interface.</exception>
    public TComponent Create<TComponent>()
        where TComponent : notnull => Definition is ComponentDefinition<TComponent> definition
        ? definition.Create(Options)
        : throw new InvalidOperationException($"'{Definition.Info.Key}' is a component of {Definition.Info.Seam} and makes no {typeof(TComponent).Name}.");

    /// <inheritdoc/>
    public bool Equals(ComponentChoice? other) =>
        other is not null
        && Definition.Info.Seam == other.Definition.Info.Seam
        && Definition.Info.Key == other.Definition.Info.Key
        && Weight.Equals(other.Weight)
        && Definition.Options.Options.All(o => Definition.Options.Format(Options, o.Key) == other.Definition.Options.Format(other.Options, o.Key));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ComponentChoice);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Definition.Info.Seam, Definition.Info.Key, Weight);

    /// <summary>The name with all options: <c>ppo (low 0.2, high 0.2)</c>.</summary>
    public override string ToString() => Definition.Options.Options.Count == 0
        ? Definition.Info.Key
        : $"{Definition.Info.Key} ({string.Join(", ", Definition.Options.Options.Select(o => $"{o.Key} {Definition.Options.Format(Options, o.Key)}"))})";

    private static object Defaults(ComponentDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.Options.CreateDefaults();
    }
}
