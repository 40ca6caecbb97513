using System.Text;
using Proximal.Recipes.Explanations.Mathematics;

namespace Proximal.Recipes.Explanations;

/// <summary>Shows an <see cref="ObjectiveFormula"/>: as text for a terminal, and as MathML for a page.</summary>
public static class ObjectiveMath
{
    private const string Namespace = "http://www.w3.org/1998/Math/MathML";

    /// <summary>The objective of a recipe in lines of at most 80 characters: the loss over all, then each letter with formula, options and source.</summary>
    /// <exception cref="ArgumentException">The recipe trains nothing.</exception>
    public static string ToText(Recipe recipe) => ToText(ObjectiveFormula.Of(recipe));

    /// <summary>An objective in lines of at most 80 characters: the loss over all, then each letter with formula, options and source.</summary>
    public static string ToText(ObjectiveFormula objective)
    {
        ArgumentNullException.ThrowIfNull(objective);
        StringBuilder text = new(TextLayout.Wrap(objective.Loss, indent: 2, hanging: 4));
        text.Append('\n');
        foreach (ObjectiveSymbol symbol in objective.Symbols)
        {
            text.Append(TextLayout.Wrap($"{symbol.Symbol}  {symbol.Role}: {symbol.Choice}", indent: 2, hanging: 6));
            if (symbol.Info.Formula.Length > 0)
            {
                text.Append(TextLayout.Wrap(symbol.Info.Formula, indent: 8, hanging: 2));
            }

            if (symbol.Info.Reference.Length > 0)
            {
                text.Append(TextLayout.Wrap($"[{symbol.Info.Reference}]", indent: 8, hanging: 1));
            }
        }

        return text.ToString();
    }

    /// <summary>An objective in long lines: the loss over all, then each letter with the key of its component, and its formula below it.</summary>
    public static string ToLines(ObjectiveFormula objective)
    {
        ArgumentNullException.ThrowIfNull(objective);
        IEnumerable<string> lines = objective.Symbols.SelectMany(symbol =>
            symbol.Info.Formula.Split('\n').Where(line => line.Length > 0).Select(line => $"      {line}").Prepend($"  {symbol.Symbol}  {symbol.Role}: {symbol.Info.Key}"));
        return $"{objective.Loss}\n{string.Join('\n', lines)}";
    }

    /// <summary>The objective of a recipe as one element of presentation MathML: a table of the loss over all and the formula of each component.</summary>
    /// <exception cref="ArgumentException">The recipe trains nothing.</exception>
    public static string ToMathMl(Recipe recipe) => ToMathMl(ObjectiveFormula.Of(recipe));

    /// <summary>An objective as one element of presentation MathML: a table of the loss over all and the formula of each component.</summary>
    public static string ToMathMl(ObjectiveFormula objective)
    {
        ArgumentNullException.ThrowIfNull(objective);
        StringBuilder xml = Begin(isBlock: true).Append("<mtable columnalign=\"left\" displaystyle=\"true\">");
        AppendRow(xml, objective.Loss, "");
        foreach (ObjectiveSymbol symbol in objective.Symbols)
        {
            string formula = symbol.Info.Formula.Length > 0 ? symbol.Info.Formula : symbol.Symbol, label = $"{symbol.Role}: {symbol.Info.Key}";
            foreach (string line in formula.ReplaceLineEndings("\n").Split('\n'))
            {
                AppendRow(xml, line, label);
                label = "";
            }
        }

        return xml.Append("</mtable></math>").ToString();
    }

    /// <summary>A formula in the plain notation of components as one element of presentation MathML, in the line of a text; as words where it is no formula.</summary>
    public static string ToMathMl(string formula)
    {
        ArgumentNullException.ThrowIfNull(formula);
        StringBuilder xml = Begin(isBlock: false).Append("<mrow>");
        MathMlWriter.WriteLine(xml, formula.ReplaceLineEndings(" "));
        return xml.Append("</mrow></math>").ToString();
    }

    private static StringBuilder Begin(bool isBlock) => new($"<math xmlns=\"{Namespace}\" display=\"{(isBlock ? "block" : "inline")}\">");

    private static void AppendRow(StringBuilder xml, string line, string label)
    {
        xml.Append("<mtr><mtd>");
        MathMlWriter.WriteLine(xml, line);
        xml.Append("</mtd><mtd>");
        MathMlWriter.WriteText(xml, label);
        xml.Append("</mtd></mtr>");
    }
}
