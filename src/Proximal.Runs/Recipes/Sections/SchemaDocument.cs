using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Proximal.Recipes.Sections;

/// <summary>The JSON schema of a kind of recipe (draft 2020-12), with which editors complete, explain and check them.</summary>
internal static class SchemaDocument
{
    /// <summary>The schema as text. The same sections and components give the same bytes.</summary>
    /// <param name="title">What editors call it.</param>
    /// <param name="root">The keys.</param>
    /// <param name="required">Those that must be there.</param>
    /// <param name="components">What components a recipe can name.</param>
    /// <param name="weighted">Seams whose components have a weight, because they are summed.</param>
    public static string Write<T>(string title, RecipeSection<T> root, string[] required, IRecipeComponents components, params Seam[] weighted)
        where T : class
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            json.WriteString("title", title);
            SchemaWriter schema = new(json);
            schema.Definitions(components, weighted);
            schema.Contents("Everything that decides a run.", required, () => root.WriteProperties(schema));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n";
    }
}
