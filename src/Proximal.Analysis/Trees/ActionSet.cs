using System.Globalization;

namespace Proximal.Analysis.Trees;

/// <summary>The actions among which a policy decides: their names, and quantities in which they can be compared.</summary>
public sealed class ActionSet
{
    /// <summary>What rules call the number of the action itself, from 0.</summary>
    public const string Index = "action";

    /// <summary>The most actions.</summary>
    public const int Most = 4096;

    /// <summary>Names actions.</summary>
    /// <param name="names">A name for each [actions].</param>
    /// <param name="quantities">Numbers of every action; none where actions are only names.</param>
    /// <exception cref="ArgumentException">There is no action or too many, a name is there twice, or a quantity has another number of values or one that is not finite.</exception>
    public ActionSet(IReadOnlyList<string> names, IReadOnlyList<ActionQuantity>? quantities = null)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count is 0 or > Most)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"There are {names.Count} actions, expected 1 to {Most}."), nameof(names));
        }

        FeatureNames.Check(names, "action", nameof(names));
        quantities ??= [];
        FeatureNames.Check([.. quantities.Select(quantity => quantity.Name), Index], "quantity of actions", nameof(quantities));
        foreach (ActionQuantity quantity in quantities)
        {
            if (quantity.Values.Count != names.Count || !quantity.Values.All(double.IsFinite))
            {
                throw new ArgumentException($"The quantity '{quantity.Name}' has {quantity.Values.Count} values, expected a finite one for each of {names.Count} actions.", nameof(quantities));
            }
        }

        (Names, Quantities) = ([.. names], [.. quantities]);
    }

    /// <summary>Name of every action.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Numbers of every action beside its index.</summary>
    public IReadOnlyList<ActionQuantity> Quantities { get; }

    /// <summary>Number of actions.</summary>
    public int Count => Names.Count;

    /// <summary>Actions that are called by their number.</summary>
    /// <param name="count">Number of actions.</param>
    public static ActionSet Numbered(int count) => new([.. Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))]);

    /// <summary>Whether there is a quantity of this name; <see cref="Index"/> is one.</summary>
    public bool HasQuantity(string name) => name == Index || Quantities.Any(quantity => quantity.Name == name);

    /// <summary>A quantity of an action.</summary>
    /// <param name="quantity">Its name, or <see cref="Index"/>.</param>
    /// <param name="action">The action.</param>
    /// <exception cref="ArgumentException">There is no such quantity.</exception>
    public double Value(string quantity, int action) => quantity == Index
        ? action
        : (Quantities.FirstOrDefault(each => each.Name == quantity) ?? throw new ArgumentException($"Actions have no quantity '{quantity}'.", nameof(quantity))).Values[action];

    /// <summary>How far apart two actions are: the sum of the absolute differences of all quantities, or of the indices where there are none.</summary>
    public double Distance(int first, int second) => Quantities.Count == 0
        ? Math.Abs(first - second)
        : Quantities.Sum(quantity => Math.Abs(quantity.Values[first] - quantity.Values[second]));
}
