using System.Text.Json;
using Proximal.Cli.Terminals;
using Proximal.Recipes;

namespace Proximal.Cli.Methods;

/// <summary>Components for machines.</summary>
internal static class ComponentJson
{
    public static void Write(Utf8JsonWriter json, IEnumerable<ComponentDefinition> components)
    {
        json.WriteStartArray();
        foreach (ComponentDefinition component in components)
        {
            json.WriteStartObject();
            json.WriteString("key", component.Info.Key);
            json.WriteString("seam", ComponentText.Name(component.Info.Seam));
            json.WriteString("summary", component.Info.Summary);
            json.WriteString("mechanism", component.Info.Mechanism);
            json.WriteString("formula", component.PresetStage?.DescribeObjective() ?? component.Info.Formula);
            json.WriteString("reference", component.Info.Reference);
            json.WriteStartArray("options");
            foreach (OptionDescription option in component.Options.Options)
            {
                Write(json, option);
            }

            json.WriteEndArray();
            WriteParts(json, component.PresetStage);
            json.WriteStartArray("recipes");
            foreach (string recipe in RecipeFiles.Of(component.Info))
            {
                json.WriteStringValue(recipe);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteParts(Utf8JsonWriter json, PolicyStage? stage)
    {
        if (stage is null)
        {
            return;
        }

        json.WriteStartArray("parts");
        foreach ((string key, ComponentChoice choice) in stage.Parts)
        {
            json.WriteStartObject();
            json.WriteString("key", key);
            json.WriteString("component", choice.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, OptionDescription option)
    {
        json.WriteStartObject();
        json.WriteString("key", option.Key);
        json.WriteString("kind", option.Kind.ToString());
        json.WriteString("description", option.Description);
        json.WriteString("default", option.Default);
        if (option.Minimum is { } minimum)
        {
            json.WriteNumber("minimum", minimum);
        }

        if (option.Maximum is { } maximum)
        {
            json.WriteNumber("maximum", maximum);
        }

        if (option.Choices.Count > 0)
        {
            json.WriteStartArray("choices");
            foreach (string choice in option.Choices)
            {
                json.WriteStringValue(choice);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
