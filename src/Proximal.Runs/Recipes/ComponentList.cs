using System.Collections;
using System.Runtime.CompilerServices;

namespace Proximal.Recipes;

/// <summary>An immutable list of component choices; two lists are equal when their elements are.</summary>
[CollectionBuilder(typeof(ComponentList), nameof(Create))]
public sealed class ComponentList : IReadOnlyList<ComponentChoice>, IEquatable<ComponentList>
{
    private readonly ComponentChoice[] choices;

    private ComponentList(ComponentChoice[] choices) => this.choices = choices;

    /// <summary>The list without elements.</summary>
    public static ComponentList Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => choices.Length;

    /// <inheritdoc/>
    public ComponentChoice this[int index] => choices[index];

    /// <summary>A list of these choices; what a collection expression calls.</summary>
    public static ComponentList Create(ReadOnlySpan<ComponentChoice> choices) => choices.IsEmpty ? Empty : new(choices.ToArray());

    /// <inheritdoc/>
    public bool Equals(ComponentList? other) => other is not null && choices.AsSpan().SequenceEqual(other.choices);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ComponentList);

    /// <inheritdoc/>
    public override int GetHashCode() => choices.Aggregate(choices.Length, HashCode.Combine);

    /// <inheritdoc/>
    public IEnumerator<ComponentChoice> GetEnumerator() => ((IEnumerable<ComponentChoice>)choices).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => choices.GetEnumerator();
}
