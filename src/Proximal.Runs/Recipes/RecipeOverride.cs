using System.Globalization;
using System.Text.RegularExpressions;
using Proximal.Recipes.Yaml;

namespace Proximal.Recipes;

/// <summary>Changes a single value of a recipe before it is bound: <c>policy.regularizers[0].coefficient=0.1</c>.</summary>
internal static partial class RecipeOverride
{
    private const int MaximumIndex = 1_000;

    /// <summary>The tree with the change; a change that cannot be read is reported and leaves the tree as it is.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="change">The change as text: key=value.</param>
    /// <param name="option">The option of the command line that gave it.</param>
    /// <param name="faults">Receives what is wrong.</param>
    public static YamlNode Apply(YamlNode root, string change, string option, List<RecipeFault> faults)
    {
        RecipePosition position = new($"{option} {YamlNode.Quote(change)[1..^1]}", 0);
        int equals = change.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            faults.Add(new RecipeFault(position, "", "has no '=', expected key=value"));
            return root;
        }

        string path = change[..equals].Trim();
        string text = change[(equals + 1)..].Trim();
        YamlNode? value = text.Length == 0
            ? new YamlScalar(position, "", isPlain: true)
            : YamlTree.Read(text, position.Source, hasLines: false, faults);
        return value is null ? root : Apply(root, path, value, position, faults);
    }

    /// <summary>The tree with another value at a path; a path that cannot be is reported and leaves the tree as it is.</summary>
    public static YamlNode Apply(YamlNode root, string path, YamlNode value, RecipePosition position, List<RecipeFault> faults)
    {
        if (!PathPattern().IsMatch(path))
        {
            faults.Add(new RecipeFault(position, path, $"{YamlNode.Quote(path)} is no path of a key, expected the form policy.regularizers[0].coefficient"));
            return root;
        }

        object[] steps = [.. StepPattern().Matches(path).Select(m => m.Groups["index"] is { Success: true } index
            ? (object)int.Parse(index.ValueSpan, CultureInfo.InvariantCulture)
            : m.Groups["key"].Value)];
        if (steps.OfType<int>().Any(index => index > MaximumIndex))
        {
            faults.Add(new RecipeFault(position, path, $"{YamlNode.Quote(path)} has an index that is too large, expected at most {MaximumIndex.ToString(CultureInfo.InvariantCulture)}"));
            return root;
        }

        return Set(root, steps, 0, value, path, position, faults);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,100}(\[[0-9]{1,6}\])?(\.[A-Za-z0-9_-]{1,100}(\[[0-9]{1,6}\])?){0,10}\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex PathPattern();

    [GeneratedRegex(@"\[(?<index>[0-9]+)\]|(?<key>[A-Za-z0-9_-]+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex StepPattern();

    private static YamlNode Set(YamlNode? node, object[] steps, int depth, YamlNode value, string path, RecipePosition position, List<RecipeFault> faults)
    {
        if (depth == steps.Length)
        {
            return value;
        }

        return steps[depth] is int index
            ? SetElement(node, index, child => Set(child, steps, depth + 1, value, path, position, faults), path, position, faults)
            : SetKey(node, (string)steps[depth], depth, child => Set(child, steps, depth + 1, value, path, position, faults), path, position, faults);
    }

    private static YamlNode SetKey(YamlNode? node, string key, int depth, Func<YamlNode?, YamlNode> set, string path, RecipePosition position, List<RecipeFault> faults)
    {
        if (node is YamlSequence or YamlListPatch)
        {
            faults.Add(new RecipeFault(position, path, $"'{path}' goes through a list, expected an index as in {key}[0]"));
            return node;
        }

        // The options of a component belong to its name: another name starts from its own defaults.
        bool renames = key == "name" && depth > 0;
        YamlMapping changed = new(position);
        if (!renames && node is YamlMapping mapping)
        {
            changed = new YamlMapping(mapping.Position);
            foreach (YamlEntry entry in mapping.Entries)
            {
                changed.Set(entry);
            }
        }
        else if (!renames && node is YamlScalar { IsNull: false } name)
        {
            changed.Set(new YamlEntry("name", name.Position, name));
        }

        changed.Set(new YamlEntry(key, position, set(changed.Find(key)?.Value)));
        return changed;
    }

    private static YamlNode SetElement(YamlNode? node, int index, Func<YamlNode?, YamlNode> set, string path, RecipePosition position, List<RecipeFault> faults)
    {
        switch (node)
        {
            case YamlSequence list when index <= list.Items.Count:
                List<YamlNode> items = [.. list.Items];
                YamlNode element = set(index < items.Count ? items[index] : null);
                if (index < items.Count)
                {
                    items[index] = element;
                }
                else
                {
                    items.Add(element);
                }

                return new YamlSequence(list.Position, items);

            case YamlSequence list:
                string expected = string.Create(CultureInfo.InvariantCulture, $"expected an index of at most {list.Items.Count}");
                faults.Add(new RecipeFault(position, path, $"'{path}' does not exist, {expected}"));
                return node;

            case null or YamlScalar { IsNull: true } or YamlListPatch:
                YamlListPatch patch = node as YamlListPatch ?? new YamlListPatch(position);
                patch.Items[index] = set(patch.Items.GetValueOrDefault(index));
                return patch;

            default:
                faults.Add(new RecipeFault(position, path, $"'{path}' takes an element of {node.Describe()}, expected a list"));
                return node;
        }
    }
}
