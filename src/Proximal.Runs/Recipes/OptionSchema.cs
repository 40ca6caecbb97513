using System.Globalization;

namespace Proximal.Recipes;

/// <summary>The options of a component: keys, types, ranges, defaults and documentation in one explicit list.</summary>
public abstract class OptionSchema
{
    /// <summary>The options in the order of declaration.</summary>
    public abstract IReadOnlyList<OptionDescription> Options { get; }

    /// <summary>An options record with every option at its default.</summary>
    public abstract object CreateDefaults();

    /// <summary>A copy of the record with one option set to an already parsed value of the option's kind
    /// (<see cref="double"/>, <see cref="int"/>, <see cref="bool"/>, <see cref="string"/> or an array of these).</summary>
    public abstract object With(object options, string key, object value);

    /// <summary>The value of one option, in the types that <see cref="With"/> takes.</summary>
    public abstract object Get(object options, string key);

    /// <summary>The value of one option as it would stand in a recipe.</summary>
    public abstract string Format(object options, string key);

    /// <summary>The first impossible combination of values, as a sentence that names key, value and range; null when all is well.</summary>
    public abstract string? FindFault(object options);
}

/// <summary>The options of a component, held in an immutable record <typeparamref name="T"/>.</summary>
/// <param name="defaults">Makes a record with the defaults of the paper.</param>
public sealed class OptionSchema<T>(Func<T> defaults) : OptionSchema
    where T : class
{
    private readonly List<OptionDescription> descriptions = [];
    private readonly Dictionary<string, (Func<T, object> Get, Func<T, object, T> Set)> accessors = new(StringComparer.Ordinal);
    private readonly List<Func<T, string?>> rules = [];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionDescription> Options => descriptions;

    /// <summary>Adds a real number.</summary>
    public OptionSchema<T> Number(string key, Func<T, double> get, Func<T, double, T> with, string description, double? minimum = null, double? maximum = null) =>
        Add(key, OptionKind.Number, description, minimum, maximum, [], o => get(o), (o, v) => with(o, (double)v));

    /// <summary>Adds a whole number.</summary>
    public OptionSchema<T> Integer(string key, Func<T, int> get, Func<T, int, T> with, string description, int? minimum = null, int? maximum = null) =>
        Add(key, OptionKind.Integer, description, minimum, maximum, [], o => get(o), (o, v) => with(o, (int)v));

    /// <summary>Adds a switch.</summary>
    public OptionSchema<T> Flag(string key, Func<T, bool> get, Func<T, bool, T> with, string description) =>
        Add(key, OptionKind.Flag, description, null, null, [], o => get(o), (o, v) => with(o, (bool)v));

    /// <summary>Adds a text.</summary>
    public OptionSchema<T> Text(string key, Func<T, string> get, Func<T, string, T> with, string description) =>
        Add(key, OptionKind.Text, description, null, null, [], get, (o, v) => with(o, (string)v));

    /// <summary>Adds a choice among the members of an enumeration, under the given names.</summary>
    public OptionSchema<T> Choice<TEnum>(string key, Func<T, TEnum> get, Func<T, TEnum, T> with, string description, params (string Name, TEnum Value)[] choices)
        where TEnum : struct, Enum =>
        Add(
            key,
            OptionKind.Choice,
            description,
            null,
            null,
            [.. choices.Select(c => c.Name)],
            o => choices.First(c => EqualityComparer<TEnum>.Default.Equals(c.Value, get(o))).Name,
            (o, v) => with(o, choices.First(c => c.Name == (string)v).Value));

    /// <summary>Adds a list of numbers.</summary>
    public OptionSchema<T> NumberList(string key, Func<T, IReadOnlyList<double>> get, Func<T, IReadOnlyList<double>, T> with, string description) =>
        Add(key, OptionKind.NumberList, description, null, null, [], o => get(o).ToArray(), (o, v) => with(o, (double[])v));

    /// <summary>Adds a list of whole numbers; the bounds hold for each.</summary>
    public OptionSchema<T> IntegerList(
        string key, Func<T, IReadOnlyList<int>> get, Func<T, IReadOnlyList<int>, T> with, string description, int? minimum = null, int? maximum = null) =>
        Add(key, OptionKind.IntegerList, description, minimum, maximum, [], o => get(o).ToArray(), (o, v) => with(o, (int[])v));

    /// <summary>Adds a list of texts.</summary>
    public OptionSchema<T> TextList(string key, Func<T, IReadOnlyList<string>> get, Func<T, IReadOnlyList<string>, T> with, string description) =>
        Add(key, OptionKind.TextList, description, null, null, [], o => get(o).ToArray(), (o, v) => with(o, (string[])v));

    /// <summary>Adds a rule over several options: returns a sentence that names key, value and what was expected, or null.</summary>
    public OptionSchema<T> Rule(Func<T, string?> rule)
    {
        rules.Add(rule);
        return this;
    }

    /// <inheritdoc/>
    public override object CreateDefaults() => defaults();

    /// <inheritdoc/>
    public override object With(object options, string key, object value) => accessors[key].Set((T)options, value);

    /// <inheritdoc/>
    public override object Get(object options, string key) => accessors[key].Get((T)options);

    /// <inheritdoc/>
    public override string Format(object options, string key) => Format(accessors[key].Get((T)options));

    /// <inheritdoc/>
    public override string? FindFault(object options)
    {
        foreach (OptionDescription option in descriptions.Where(option => option.Kind is OptionKind.Number or OptionKind.Integer or OptionKind.IntegerList))
        {
            object value = accessors[option.Key].Get((T)options);
            double[] numbers = value is int[] list ? [.. list.Select(number => (double)number)] : [Convert.ToDouble(value, CultureInfo.InvariantCulture)];
            if (Array.Exists(numbers, number => double.IsNaN(number) || number < option.Minimum || number > option.Maximum))
            {
                return $"'{option.Key}' is {Format(value)}, expected {Range(option)}";
            }
        }

        return rules.Select(rule => rule((T)options)).FirstOrDefault(fault => fault is not null);
    }

    private static string Range(OptionDescription option) => (option.Minimum, option.Maximum) switch
    {
        ({ } low, { } high) => $"{Format(low)} to {Format(high)}",
        ({ } low, null) => $"at least {Format(low)}",
        (null, { } high) => $"at most {Format(high)}",
        _ => "a number",
    };

    private static string Format(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        int number => number.ToString(CultureInfo.InvariantCulture),
        int[] list => "[" + string.Join(", ", list.Select(n => n.ToString(CultureInfo.InvariantCulture))) + "]",
        double[] list => "[" + string.Join(", ", list.Select(n => n.ToString("R", CultureInfo.InvariantCulture))) + "]",
        string[] list => "[" + string.Join(", ", list) + "]",
        _ => (string)value,
    };

    private OptionSchema<T> Add(
        string key,
        OptionKind kind,
        string description,
        double? minimum,
        double? maximum,
        IReadOnlyList<string> choices,
        Func<T, object> get,
        Func<T, object, T> set)
    {
        descriptions.Add(new OptionDescription(key, kind, description, minimum, maximum, choices, Format(get(defaults()))));
        accessors.Add(key, (get, set));
        return this;
    }
}
