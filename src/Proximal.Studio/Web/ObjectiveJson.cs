using System.Text.Json;
using Proximal.Recipes;
using Proximal.Recipes.Explanations;
using Proximal.Studio.Library;

namespace Proximal.Studio.Web;

/// <summary>What a run optimizes: its words, and its mathematics.</summary>
internal static class ObjectiveJson
{
    /// <summary>Writes the objective of a run.</summary>
    /// <param name="json">Where it is written to.</param>
    /// <param name="explanation">The recipe in words.</param>
    /// <param name="objective">Its mathematics; null where it has none of its own.</param>
    public static void Write(Utf8JsonWriter json, string explanation, ObjectiveFormula? objective)
    {
        json.WriteStartObject();
        json.WriteString("text", explanation);
        if (objective is not null)
        {
            if (objective.Loss.Length > 0)
            {
                json.WritePropertyName("loss");
                MathJson.Write(json, ObjectiveMath.ToMathMl(objective.Loss));
            }

            json.WriteStartArray("symbols");
            foreach (ObjectiveSymbol symbol in objective.Symbols)
            {
                Write(json, symbol);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>Writes the objective of a run.</summary>
    /// <exception cref="RecipeException">The recipe names components that are not known here.</exception>
    /// <exception cref="InvalidDataException">It is a link out of the folder.</exception>
    public static void Write(Utf8JsonWriter json, StudioRun run) => Write(json, run.Explain(), run.Objective());

    private static void Write(Utf8JsonWriter json, ObjectiveSymbol symbol)
    {
        json.WriteStartObject();
        json.WritePropertyName("symbol");
        MathJson.Write(json, ObjectiveMath.ToMathMl(symbol.Symbol));
        json.WriteString("role", symbol.Role);
        json.WriteString("choice", symbol.Choice);
        json.WriteString("summary", symbol.Info.Summary);
        json.WriteString("reference", symbol.Info.Reference);
        json.WriteStartArray("formulas");
        foreach (string line in symbol.Info.Formula.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            MathJson.Write(json, ObjectiveMath.ToMathMl(line));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
