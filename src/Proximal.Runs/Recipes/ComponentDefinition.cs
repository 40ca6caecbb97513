namespace Proximal.Recipes;

/// <summary>What a component is called, what it does and where it comes from.</summary>
/// <param name="Key">Name in a recipe, in kebab case.</param>
/// <param name="Seam">Where it plugs in.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Formula">The mathematics in one or a few lines, in the letters of the paper; what <c>explain</c> prints.</param>
/// <param name="Reference">Paper or other source.</param>
public sealed record ComponentInfo(string Key, Seam Seam, string Summary, string Formula, string Reference)
{
    /// <summary>How it works and why, in a few sentences; what <c>methods show</c> prints below the summary. Empty where the summary says it all.</summary>
    public string Mechanism { get; init; } = "";
}

/// <summary>A component that recipes can name: its description, its options and how it is made.</summary>
public abstract class ComponentDefinition(ComponentInfo info, OptionSchema options)
{
    /// <summary>Name, place and source.</summary>
    public ComponentInfo Info { get; } = info;

    /// <summary>The options with their defaults and ranges.</summary>
    public OptionSchema Options { get; } = options;

    /// <summary>Makes the component from its options record, whatever its interface.</summary>
    public abstract object CreateComponent(object options);
}

/// <summary>A component definition of one seam.</summary>
/// <typeparam name="TComponent">The seam's interface.</typeparam>
public abstract class ComponentDefinition<TComponent>(ComponentInfo info, OptionSchema options) : ComponentDefinition(info, options)
    where TComponent : notnull
{
    /// <summary>Makes the component from its options record.</summary>
    public abstract TComponent Create(object options);

    /// <inheritdoc/>
    public sealed override object CreateComponent(object options) => Create(options);
}

/// <summary>A component definition with typed options.</summary>
/// <typeparam name="TComponent">The seam's interface.</typeparam>
/// <typeparam name="TOptions">The immutable options record.</typeparam>
public sealed class ComponentDefinition<TComponent, TOptions>(ComponentInfo info, OptionSchema<TOptions> options, Func<TOptions, TComponent> create)
    : ComponentDefinition<TComponent>(info, options)
    where TComponent : notnull
    where TOptions : class
{
    /// <inheritdoc/>
    public override TComponent Create(object options) => create((TOptions)options);
}

/// <summary>The options of a component that has none.</summary>
public sealed record NoOptions
{
    /// <summary>The empty schema.</summary>
    public static OptionSchema<NoOptions> Schema { get; } = new(() => new NoOptions());
}
