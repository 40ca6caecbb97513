using System.Text;
using System.Text.Json;
using Proximal.Recipes.Sections;

namespace Proximal.Recipes;

/// <summary>The JSON schema of recipes (draft 2020-12), with which editors complete, explain and check them.</summary>
public static class RecipeSchema
{
    /// <summary>The schema of recipes over these components. The same components give the same bytes.</summary>
    public static string Write(IRecipeComponents components)
    {
        ArgumentNullException.ThrowIfNull(components);
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            json.WriteString("title", "Proximal recipe");
            SchemaWriter schema = new(json);
            schema.Definitions(components, Seam.Rewards);
            schema.Contents("Everything that decides a run.", ["task"], () => RecipeSections.Root.WriteProperties(schema));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n";
    }
}
