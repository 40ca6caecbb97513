using System.Globalization;
using System.Text.RegularExpressions;
using Proximal.Recipes;
using Proximal.Recipes.Yaml;
using Proximal.Runs;

namespace Proximal.Training;

/// <summary>
/// The values of a recipe that may be changed while its run trains: options of components, rates and bounds. A change keeps the components themselves, because
/// the state that a run carries from step to step is theirs, and the numbers of steps, prompts and rollouts, because a run's length and order follow from them.
/// </summary>
public static partial class LiveValues
{
    /// <summary>What messages call the values that may be changed.</summary>
    private const string Expected = "expected an option of policy.optimizer, schedule, sampling, advantage, ratio, correction, clipping, aggregation, critic, pretraining, "
        + "of an element of policy.regularizers, supplements, selection, shaping or rewards, policy.gradient-clip, policy.gradient-limit, or the like of supervised";

    /// <summary>Whether the value of a key may be changed.</summary>
    /// <param name="key">Path of the key, as <c>policy.regularizers[0].coefficient</c>.</param>
    public static bool Allows(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return KeyPattern().IsMatch(key) && !key.EndsWith(".name", StringComparison.Ordinal);
    }

    /// <summary>The values of a recipe that may be changed, with their keys, in the order of the recipe.</summary>
    public static IReadOnlyList<(string Key, string Value)> Of(Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        List<(string, string)> values = [];
        Collect(YamlTree.Read(RecipeWriter.Write(recipe), "recipe", hasLines: true, []), "", values);
        return values;
    }

    /// <summary>The recipe with another value.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="key">Path of the key.</param>
    /// <param name="value">The value, as in a recipe.</param>
    /// <param name="components">The components that the recipe can name.</param>
    /// <returns>The changed recipe, and the value before and after as the recipe writes it.</returns>
    /// <exception cref="InvalidDataException">The value may not be changed, or cannot be that; says what was expected.</exception>
    internal static (Recipe Changed, string Old, string New) Set(Recipe recipe, string key, string value, IRecipeComponents components)
    {
        if (!Allows(key))
        {
            throw new InvalidDataException($"{YamlNode.Quote(key)} may not be changed while the run trains, {Expected}.");
        }

        if (!ValuePattern().IsMatch(value))
        {
            throw new InvalidDataException($"'{key}' cannot be {YamlNode.Quote(value)}, expected a number or a word.");
        }

        string before = RecipeWriter.Write(recipe);
        if (!Of(recipe).Any(known => known.Key == key))
        {
            throw new InvalidDataException($"'{key}' is not in the recipe of this run.");
        }

        try
        {
            Recipe changed = new RecipeReader(components).Read(before, "recipe", $"{key}={value}");
            RecipeDifference[] differences = [.. RecipeDifference.FindAll(before, "recipe", RecipeWriter.Write(changed), new HashSet<string>())];
            return differences switch
            {
                [] => throw new InvalidDataException($"'{key}' is {value} already."),
                [{ } one] when one.Key == key => (changed, one.First.Trim('\''), one.Second.Trim('\'')),
                _ => throw new InvalidDataException($"'{key}' changes more than itself: {string.Join(", ", differences.Select(difference => difference.Key))}."),
            };
        }
        catch (RecipeException fault)
        {
            throw new InvalidDataException(fault.Message.ReplaceLineEndings(" "), fault);
        }
    }

    private static void Collect(YamlNode? node, string path, List<(string Key, string Value)> values)
    {
        switch (node)
        {
            case YamlMapping mapping:
                foreach (YamlEntry entry in mapping.Entries)
                {
                    Collect(entry.Value, path.Length == 0 ? entry.Key : $"{path}.{entry.Key}", values);
                }

                break;
            case YamlSequence sequence:
                for (int i = 0; i < sequence.Items.Count; i++)
                {
                    Collect(sequence.Items[i], string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), values);
                }

                break;
            case YamlScalar scalar when Allows(path):
                values.Add((path, scalar.Text));
                break;
        }
    }

    [GeneratedRegex(
        @"\A(policy\.(gradient-clip|gradient-limit|(optimizer|schedule|sampling|advantage|ratio|correction|clipping|aggregation|critic|pretraining|(regularizers|supplements|selection|shaping|rewards)\[[0-9]{1,3}\])(\.[a-z0-9-]{1,60}){1,3})"
        + @"|supervised\.(gradient-clip|demonstration-noise|(optimizer|schedule|weighting)(\.[a-z0-9-]{1,60}){1,3}))\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex KeyPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9_.+-]{1,64}\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex ValuePattern();
}
