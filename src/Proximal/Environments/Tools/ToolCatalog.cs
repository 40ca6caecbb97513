using Proximal.Environments.Tools.Scripting;
using Proximal.Recipes;

namespace Proximal.Environments.Tools;

/// <summary>
/// The tools that recipes can name. Recipes are not trusted: they name tools, and whoever runs them says here what a name means. Tools are made when the first environment asks for them, and
/// those that hold processes are disposed with the catalog.
/// </summary>
public sealed class ToolCatalog : IDisposable
{
    private readonly Dictionary<string, Lazy<ITool>> tools = new(StringComparer.Ordinal);
    private readonly List<(string Prefix, string Advice)> absent = [];
    private Func<string, ITool?>? standIns;

    /// <summary>The names, in the order of registration.</summary>
    public IReadOnlyCollection<string> Names => tools.Keys;

    /// <summary>A catalog of the tools that work inside this process: <c>calc</c> and <c>code</c>.</summary>
    public static ToolCatalog CreateDefault() => new ToolCatalog()
        .Add(CalculatorTool.Key, () => new CalculatorTool())
        .Add(MiniScriptTool.Key, () => new MiniScriptTool());

    /// <summary>Adds a tool.</summary>
    /// <param name="name">Name in recipes.</param>
    /// <param name="create">Makes it, once, when it is first needed.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public ToolCatalog Add(string name, Func<ITool> create)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(create);
        if (!tools.TryAdd(name, new Lazy<ITool>(create)))
        {
            throw new ArgumentException($"There already is a tool '{name}'.", nameof(name));
        }

        return this;
    }

    /// <summary>Says what to do about names with a prefix that are not in the catalog.</summary>
    /// <param name="prefix">The beginning of the names.</param>
    /// <param name="advice">What gives them a meaning, as a clause.</param>
    public ToolCatalog AddAdvice(string prefix, string advice)
    {
        absent.Add((prefix, advice));
        return this;
    }

    /// <summary>Gives names that are not in the catalog stand-ins, for those who read a recipe and do not run it.</summary>
    /// <param name="create">The stand-in of a name; null for none.</param>
    public ToolCatalog UseStandIns(Func<string, ITool?> create)
    {
        standIns = create;
        return this;
    }

    /// <summary>The tool of a name.</summary>
    /// <exception cref="InvalidDataException">There is none; the message says what there is.</exception>
    public ITool Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (tools.TryGetValue(name, out Lazy<ITool>? tool))
        {
            return tool.Value;
        }

        if (standIns?.Invoke(name) is { } standIn)
        {
            return standIn;
        }

        string? advice = absent.FirstOrDefault(a => name.StartsWith(a.Prefix, StringComparison.Ordinal)).Advice;
        string guess = EditDistance.Nearest(name, Names) is { } nearest ? $"; did you mean '{nearest}'?" : "";
        throw new InvalidDataException(
            advice is null ? $"The environment's 'tools' names '{name}', expected one of {string.Join(", ", Names)}{guess}" : $"The environment's 'tools' names '{name}': {advice}");
    }

    /// <summary>Ends the processes of the tools that have some.</summary>
    public void Dispose()
    {
        foreach (Lazy<ITool> tool in tools.Values)
        {
            if (tool is { IsValueCreated: true, Value: IDisposable held })
            {
                held.Dispose();
            }
        }
    }
}
