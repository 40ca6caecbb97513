using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Proximal.Models;
using Proximal.Models.Files;
using Proximal.Tensors.Files;

namespace Proximal.Analysis.Trees;

/// <summary>
/// The file of a tree: <c>{"format": "proximal-tree", "version": 1, "origin": ..., "features": [...], "actions": [...], "quantities": {name: [...]}, "nodes": [...]}</c>,
/// where an inner node is <c>{"feature", "threshold", "left", "right", "action", "samples", "impurity"}</c> and a leaf has the last three alone. A file may come from anyone: its
/// size is bounded and every id is checked.
/// </summary>
public static class TreeJson
{
    private const string Format = "proximal-tree";
    private const int Version = 1;
    private const int LargestFile = 1 << 28;
    private const int LongestOrigin = 4096;

    /// <summary>Writes a file.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(DecisionTree tree, string path)
    {
        ArgumentNullException.ThrowIfNull(tree);
        AtomicFile.WriteBytes(path, Write(tree));
    }

    /// <summary>The content of a file.</summary>
    public static ReadOnlyMemory<byte> Write(DecisionTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("format", Format);
            writer.WriteNumber("version", Version);
            writer.WriteString("origin", tree.Origin);
            WriteTexts(writer, "features", tree.Features);
            WriteTexts(writer, "actions", tree.Actions.Names);
            writer.WriteStartObject("quantities");
            foreach (ActionQuantity quantity in tree.Actions.Quantities)
            {
                writer.WriteStartArray(quantity.Name);
                foreach (double value in quantity.Values)
                {
                    writer.WriteNumberValue(value);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
            writer.WriteStartArray("nodes");
            foreach (TreeNode node in tree.Nodes)
            {
                WriteNode(writer, node);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="ModelFormatException">It holds no tree; the message names file, key, value and what was expected.</exception>
    public static DecisionTree Load(string path) => Read(JsonFile.ReadBytes(path, LargestFile), path);

    /// <summary>Reads the content of a file.</summary>
    /// <param name="content">JSON.</param>
    /// <param name="source">What messages call it.</param>
    /// <exception cref="ModelFormatException">It holds no tree; the message names source, key, value and what was expected.</exception>
    public static DecisionTree Read(ReadOnlyMemory<byte> content, string source)
    {
        using JsonDocument document = JsonFile.Parse(source, content);
        JsonFields fields = new(source, document.RootElement);
        if (fields.Text("format") != Format)
        {
            throw fields.Fault("format", fields.Text("format"), Format);
        }

        fields.Integer("version", Version, Version);
        string origin = fields.TextOrNull("origin") ?? "";
        try
        {
            ActionSet actions = new(Texts(fields, "actions", ActionSet.Most), Quantities(fields, source));
            return new DecisionTree(Texts(fields, "features", FeatureNames.Most), actions, Nodes(fields, source))
            {
                Origin = origin.Length > LongestOrigin ? throw fields.Fault("origin", origin, $"at most {LongestOrigin} characters") : origin,
            };
        }
        catch (ArgumentException cause)
        {
            string message = cause.Message.ReplaceLineEndings(" ");
            throw new ModelFormatException(source, cause.ParamName is { } name ? message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : message, cause);
        }
    }

    private static void WriteTexts(Utf8JsonWriter writer, string key, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(key);
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static void WriteNode(Utf8JsonWriter writer, TreeNode node)
    {
        writer.WriteStartObject();
        if (!node.IsLeaf)
        {
            writer.WriteNumber("feature", node.Feature);
            writer.WriteNumber("threshold", node.Threshold);
            writer.WriteNumber("left", node.Left);
            writer.WriteNumber("right", node.Right);
        }

        writer.WriteNumber("action", node.Action);
        writer.WriteNumber("samples", node.Samples);
        writer.WriteNumber("impurity", node.Impurity);
        writer.WriteEndObject();
    }

    private static List<string> Texts(JsonFields fields, string key, int most)
    {
        JsonElement list = fields.ListOrNull(key) ?? throw fields.Missing(key);
        RequireLength(fields, key, list, most);
        List<string> texts = [];
        foreach (JsonElement entry in list.EnumerateArray())
        {
            texts.Add(entry.ValueKind == JsonValueKind.String && entry.GetString() is { } text ? text : throw fields.Fault(key, entry, "a list of strings"));
        }

        return texts;
    }

    private static List<ActionQuantity> Quantities(JsonFields fields, string source)
    {
        List<ActionQuantity> quantities = [];
        if (fields.Find("quantities") is not { } value)
        {
            return quantities;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            throw fields.Fault("quantities", value, "an object");
        }

        JsonFields inner = new(source, value, "quantities.");
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Array)
            {
                throw inner.Fault(property.Name, property.Value, "a list of numbers");
            }

            RequireLength(inner, property.Name, property.Value, ActionSet.Most);
            List<double> values = [];
            foreach (JsonElement entry in property.Value.EnumerateArray())
            {
                values.Add(entry.ValueKind == JsonValueKind.Number && entry.TryGetDouble(out double number) ? number : throw inner.Fault(property.Name, entry, "a list of numbers"));
            }

            quantities.Add(new ActionQuantity(property.Name, values));
            if (quantities.Count > FeatureNames.Most)
            {
                throw fields.Fault("quantities", $"{quantities.Count} entries", $"at most {FeatureNames.Most}");
            }
        }

        return quantities;
    }

    private static List<TreeNode> Nodes(JsonFields fields, string source)
    {
        JsonElement list = fields.ListOrNull("nodes") ?? throw fields.Missing("nodes");
        RequireLength(fields, "nodes", list, DecisionTree.MostNodes);
        List<TreeNode> nodes = [];
        foreach (JsonElement entry in list.EnumerateArray())
        {
            if (entry.ValueKind != JsonValueKind.Object)
            {
                throw fields.Fault("nodes", entry, "a list of objects");
            }

            JsonFields node = new(source, entry, string.Create(CultureInfo.InvariantCulture, $"nodes[{nodes.Count}]."));
            int action = node.Integer("action", 0, ActionSet.Most - 1), samples = node.IntegerOrNull("samples", 0, int.MaxValue) ?? 0;
            double impurity = node.NumberOrNull("impurity", 0, 1) ?? 0;
            nodes.Add(node.Has("feature")
                ? new TreeNode(
                    node.Integer("feature", 0, FeatureNames.Most - 1),
                    node.NumberOrNull("threshold", double.MinValue, double.MaxValue) ?? throw node.Missing("threshold"),
                    node.Integer("left", 1, DecisionTree.MostNodes - 1),
                    node.Integer("right", 1, DecisionTree.MostNodes - 1),
                    action,
                    samples,
                    impurity)
                : TreeNode.Leaf(action, samples, impurity));
        }

        return nodes;
    }

    private static void RequireLength(JsonFields fields, string key, JsonElement list, int most)
    {
        if (list.GetArrayLength() > most)
        {
            throw fields.Fault(key, string.Create(CultureInfo.InvariantCulture, $"{list.GetArrayLength()} entries"), string.Create(CultureInfo.InvariantCulture, $"at most {most}"));
        }
    }
}
