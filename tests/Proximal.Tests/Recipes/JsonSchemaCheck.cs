using System.Text.Json;

namespace Proximal.Tests.Recipes;

/// <summary>Checks JSON against the part of JSON Schema (draft 2020-12) that the recipe schema uses; a keyword outside of it throws.</summary>
internal sealed class JsonSchemaCheck(JsonElement root)
{
    private static readonly string[] Annotations = ["$schema", "$defs", "title", "description", "default", "then", "else"];

    public bool IsValid(JsonElement value) => IsValid(root, value);

    private bool IsValid(JsonElement schema, JsonElement value)
    {
        foreach (JsonProperty keyword in schema.EnumerateObject().Where(p => !Annotations.Contains(p.Name)))
        {
            bool holds = keyword.Name switch
            {
                "$ref" => IsValid(Resolve(keyword.Value.GetString()!), value),
                "type" => HasType(keyword.Value, value),
                "enum" => keyword.Value.EnumerateArray().Any(e => JsonElement.DeepEquals(e, value)),
                "const" => JsonElement.DeepEquals(keyword.Value, value),
                "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() >= keyword.Value.GetDouble(),
                "maximum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() <= keyword.Value.GetDouble(),
                "required" => value.ValueKind != JsonValueKind.Object || keyword.Value.EnumerateArray().All(k => value.TryGetProperty(k.GetString()!, out _)),
                "properties" => value.ValueKind != JsonValueKind.Object || keyword.Value.EnumerateObject().All(p => !value.TryGetProperty(p.Name, out JsonElement child) || IsValid(p.Value, child)),
                "additionalProperties" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().All(p => schema.GetProperty("properties").TryGetProperty(p.Name, out _)),
                "items" => value.ValueKind != JsonValueKind.Array || value.EnumerateArray().All(item => IsValid(keyword.Value, item)),
                "allOf" => keyword.Value.EnumerateArray().All(s => IsValid(s, value)),
                "anyOf" => keyword.Value.EnumerateArray().Any(s => IsValid(s, value)),
                "if" => !schema.TryGetProperty(IsValid(keyword.Value, value) ? "then" : "else", out JsonElement branch) || IsValid(branch, value),
                _ => throw new NotSupportedException(keyword.Name),
            };
            if (!holds)
            {
                return false;
            }
        }

        return true;
    }

    private JsonElement Resolve(string reference) => root.GetProperty("$defs").GetProperty(reference["#/$defs/".Length..]);

    private static bool HasType(JsonElement types, JsonElement value) =>
        types.ValueKind == JsonValueKind.Array ? types.EnumerateArray().Any(t => HasType(t, value)) : types.GetString() switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "number" => value.ValueKind == JsonValueKind.Number,
            "integer" => value.ValueKind == JsonValueKind.Number && double.IsInteger(value.GetDouble()),
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "null" => value.ValueKind == JsonValueKind.Null,
            string other => throw new NotSupportedException(other),
            null => throw new NotSupportedException("type"),
        };
}
