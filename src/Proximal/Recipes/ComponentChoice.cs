using Proximal.Rewards;
using Proximal.Tasks;

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

    /// <summary>A task of one's own, for a recipe that is made in code. A recipe file names it only where a catalog has it.</summary>
    public static ComponentChoice Of(ITask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return new(Define(task.Name, Seam.Tasks, task));
    }

    /// <summary>A reward of one's own, for a recipe that is made in code. A recipe file names it only where a catalog has it.</summary>
    /// <param name="name">Name of the term in metrics and samples.</param>
    /// <param name="reward">The term.</param>
    /// <param name="weight">Factor in the total.</param>
    public static ComponentChoice Of(string name, IReward reward, double weight = 1)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(reward);
        return new(Define(name, Seam.Rewards, reward)) { Weight = weight };
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

    private static ComponentDefinition<TComponent, NoOptions> Define<TComponent>(string key, Seam seam, TComponent component)
        where TComponent : notnull => new(new ComponentInfo(key, seam, "Made in code.", "", ""), NoOptions.Schema, _ => component);

    private static object Defaults(ComponentDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.Options.CreateDefaults();
    }
}
