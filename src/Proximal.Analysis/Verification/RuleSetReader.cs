using System.Globalization;
using Proximal.Analysis.Trees;
using Proximal.Recipes;
using Proximal.Recipes.Yaml;

namespace Proximal.Analysis.Verification;

/// <summary>
/// Reads rules from YAML. A file has <c>rules</c>, a list of <c>name</c>, <c>when</c> (conditions on the leaf's box) and <c>require</c> (requirements on its action), and maybe a
/// <c>certificate</c> with <c>when</c> and <c>holds</c>. A condition is a feature, or <c>feature.low</c> or <c>feature.high</c>, a sign and a number, as
/// <c>occupants > 0</c>; a requirement is a quantity of actions (<c>action</c> is their number), a sign, and a number, the name of an action, a feature or a bound of it, as
/// <c>heating &lt; zone-temperature.low</c>. The file is untrusted: its size is bounded, and everything that is wrong is reported at once with file, line, key and value.
/// </summary>
public static class RuleSetReader
{
    /// <summary>The most rules.</summary>
    public const int MostRules = 1000;

    private static readonly string[] RootKeys = ["rules", "certificate"];
    private static readonly string[] RuleKeys = ["name", "when", "require"];
    private static readonly string[] CertificateKeys = ["when", "holds"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="features">Names that rules may speak of.</param>
    /// <param name="actions">Actions that rules may speak of.</param>
    /// <exception cref="RecipeException">It cannot be used; every fault is listed.</exception>
    public static RuleSet ReadFile(string path, IReadOnlyList<string> features, ActionSet actions)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(actions);
        List<RecipeFault> faults = [];
        return Finish(YamlTree.Read(RecipeDocument.LoadBytes(path), path, faults), new Reading(features, actions, faults), faults);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="yaml">The rules.</param>
    /// <param name="features">Names that rules may speak of.</param>
    /// <param name="actions">Actions that rules may speak of.</param>
    /// <param name="source">What messages call it.</param>
    /// <exception cref="RecipeException">It cannot be used; every fault is listed.</exception>
    public static RuleSet Read(string yaml, IReadOnlyList<string> features, ActionSet actions, string source = "rules")
    {
        ArgumentNullException.ThrowIfNull(yaml);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(actions);
        List<RecipeFault> faults = [];
        return Finish(YamlTree.Read(yaml, source, hasLines: true, faults), new Reading(features, actions, faults), faults);
    }

    private static RuleSet Finish(YamlNode? root, Reading reading, List<RecipeFault> faults)
    {
        RuleSet? rules = root switch
        {
            null => null,
            YamlMapping mapping => reading.Read(mapping),
            _ => reading.Report<RuleSet>(root.Position, "", $"the rules are {root.Describe()}, expected keys: {string.Join(", ", RootKeys)}"),
        };
        return faults.Count == 0 ? rules! : throw new RecipeException([.. faults.OrderBy(fault => fault.Position.Line)]);
    }

    private sealed class Reading(IReadOnlyList<string> features, ActionSet actions, List<RecipeFault> faults)
    {
        private static readonly (string Suffix, FeatureBound Bound)[] Bounds = [(".low", FeatureBound.Low), (".high", FeatureBound.High)];

        public RuleSet Read(YamlMapping root)
        {
            ReportUnknown(root, RootKeys, "");
            List<VerificationRule> rules = [];
            if (root.Find("rules") is not { Value: YamlSequence list })
            {
                YamlEntry? entry = root.Find("rules");
                string found = entry is null ? "is missing" : $"is {entry.Value.Describe()}";
                Report<object>(entry?.Position ?? root.Position, "rules", $"'rules' {found}, expected a list of rules with keys: {string.Join(", ", RuleKeys)}");
                return new RuleSet(rules);
            }

            if (list.Items.Count > MostRules)
            {
                Report<object>(list.Position, "rules", string.Create(CultureInfo.InvariantCulture, $"'rules' has {list.Items.Count} elements, expected at most {MostRules}"));
                return new RuleSet(rules);
            }

            for (int i = 0; i < list.Items.Count; i++)
            {
                if (ReadRule(list.Items[i], string.Create(CultureInfo.InvariantCulture, $"rules[{i}]"), i) is { } rule)
                {
                    rules.Add(rule);
                }
            }

            return new RuleSet(rules, ReadCertificate(root));
        }

        public T? Report<T>(RecipePosition position, string key, string problem, string? suggestion = null)
            where T : class
        {
            faults.Add(new RecipeFault(position, key, problem) { Suggestion = suggestion });
            return null;
        }

        private VerificationRule? ReadRule(YamlNode node, string key, int index)
        {
            if (node is not YamlMapping mapping)
            {
                return Report<VerificationRule>(node.Position, key, $"'{key}' is {node.Describe()}, expected keys: {string.Join(", ", RuleKeys)}");
            }

            ReportUnknown(mapping, RuleKeys, key + ".");
            string name = mapping.Find("name") switch
            {
                null => string.Create(CultureInfo.InvariantCulture, $"rule {index + 1}"),
                { Value: YamlScalar { Text.Length: > 0 } scalar } => scalar.Text,
                var entry => Report<string>(entry.Position, $"{key}.name", $"'{key}.name' is {entry.Value.Describe()}, expected a text") ?? "",
            };
            List<Precondition> when = Terms(mapping, key, "when", required: false).ConvertAll(term => ReadPrecondition(term, anyBound: true)!);
            List<Requirement> require = Terms(mapping, key, "require", required: true).ConvertAll(term => ReadRequirement(term)!);
            return when.Contains(null!) || require.Contains(null!) ? null : new VerificationRule(name, when, require);
        }

        private CertificateRule? ReadCertificate(YamlMapping root)
        {
            if (root.Find("certificate") is not { } entry)
            {
                return null;
            }

            if (entry.Value is not YamlMapping mapping)
            {
                return Report<CertificateRule>(entry.Position, "certificate", $"'certificate' is {entry.Value.Describe()}, expected keys: {string.Join(", ", CertificateKeys)}");
            }

            ReportUnknown(mapping, CertificateKeys, "certificate.");
            List<Precondition> when = Terms(mapping, "certificate", "when", required: false).ConvertAll(term => ReadPrecondition(term, anyBound: false)!);
            List<Precondition> holds = Terms(mapping, "certificate", "holds", required: true).ConvertAll(term => ReadPrecondition(term, anyBound: false)!);
            return when.Contains(null!) || holds.Contains(null!) ? null : new CertificateRule(when, holds);
        }

        /// <summary>A comparison, or a list of them.</summary>
        private List<Term> Terms(YamlMapping mapping, string prefix, string key, bool required)
        {
            string path = $"{prefix}.{key}";
            if (mapping.Find(key) is not { } entry)
            {
                if (required)
                {
                    Report<object>(mapping.Position, path, $"'{path}' is missing, expected a comparison or a list of them");
                }

                return [];
            }

            List<YamlNode> nodes = entry.Value is YamlSequence list ? list.Items : [entry.Value];
            if (required && nodes.Count == 0)
            {
                Report<object>(entry.Position, path, $"'{path}' is empty, expected a comparison or a list of them");
            }

            List<Term> terms = [];
            for (int i = 0; i < nodes.Count; i++)
            {
                string own = entry.Value is YamlSequence ? string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]") : path;
                string[] words = nodes[i] is YamlScalar scalar ? scalar.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
                if (words.Length == 3 && Relations.Parse(words[1]) is { } relation)
                {
                    terms.Add(new Term(nodes[i], own, words[0], relation, words[2]));
                }
                else
                {
                    Report<object>(
                        nodes[i].Position, own, $"'{own}' is {nodes[i].Describe()}, expected a comparison of three words, as `{features[0]} > 0`, with one of {string.Join(' ', Relations.Texts)}");
                }
            }

            return terms;
        }

        private Precondition? ReadPrecondition(Term term, bool anyBound)
        {
            (int feature, FeatureBound bound) = FindFeature(term.Left);
            if (feature < 0)
            {
                return Unknown<Precondition>(term, term.Left, "a feature", features);
            }

            if (bound != FeatureBound.Value && !anyBound)
            {
                return Report<Precondition>(term.Node.Position, term.Key, $"'{term.Key}' is {term.Node.Describe()}, expected a feature itself: '{term.Left}' is a bound of a box");
            }

            return Number(term.Right) is { } number
                ? new Precondition(feature, bound, term.Relation, number)
                : Report<Precondition>(term.Node.Position, term.Key, $"'{term.Key}' is {term.Node.Describe()}, expected a number after '{term.Relation.Sign()}'");
        }

        private Requirement? ReadRequirement(Term term)
        {
            if (!actions.HasQuantity(term.Left))
            {
                return Unknown<Requirement>(term, term.Left, "a quantity of actions", [ActionSet.Index, .. actions.Quantities.Select(quantity => quantity.Name)]);
            }

            if (term.Left == ActionSet.Index && IndexOf(actions.Names, term.Right) is >= 0 and int action)
            {
                return new Requirement(term.Left, term.Relation, new Operand(action, -1, FeatureBound.Value, term.Right));
            }

            if (Number(term.Right) is { } number)
            {
                return new Requirement(term.Left, term.Relation, Operand.Of(number));
            }

            (int feature, FeatureBound bound) = FindFeature(term.Right);
            if (feature >= 0)
            {
                return new Requirement(term.Left, term.Relation, Operand.Of(feature, features[feature], bound));
            }

            return term.Left == ActionSet.Index
                ? Unknown<Requirement>(term, term.Right, "a number, an action or a feature", [.. actions.Names, .. features])
                : Unknown<Requirement>(term, term.Right, "a number or a feature", features);
        }

        private T? Unknown<T>(Term term, string word, string expected, IReadOnlyList<string> known)
            where T : class
        {
            string? nearest = EditDistance.Nearest(word, known);
            string names = known.Count <= 20 ? string.Join(", ", known) : string.Join(", ", known.Take(20)) + ", ...";
            string hint = nearest is null ? "" : $"; did you mean '{nearest}'?";
            return Report<T>(
                term.Node.Position, term.Key, $"'{term.Key}' is {term.Node.Describe()}, where {YamlNode.Quote(word)} is not {expected}{hint} (known: {names})", nearest);
        }

        private (int Feature, FeatureBound Bound) FindFeature(string word)
        {
            if (IndexOf(features, word) is >= 0 and int whole)
            {
                return (whole, FeatureBound.Value);
            }

            foreach ((string suffix, FeatureBound bound) in Bounds)
            {
                if (word.EndsWith(suffix, StringComparison.Ordinal) && IndexOf(features, word[..^suffix.Length]) is >= 0 and int feature)
                {
                    return (feature, bound);
                }
            }

            return (-1, FeatureBound.Value);
        }

        private void ReportUnknown(YamlMapping mapping, string[] known, string prefix)
        {
            foreach (YamlEntry entry in mapping.Entries.Where(entry => !known.Contains(entry.Key)))
            {
                string? nearest = EditDistance.Nearest(entry.Key, known);
                string hint = nearest is null ? "" : $"; did you mean '{nearest}'?";
                Report<object>(entry.Position, prefix + entry.Key, $"{YamlNode.Quote(prefix + entry.Key)} is not a known key{hint} (known: {string.Join(", ", known)})", nearest);
            }
        }

        private static double? Number(string text) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

        private static int IndexOf(IReadOnlyList<string> names, string name)
        {
            for (int i = 0; i < names.Count; i++)
            {
                if (names[i] == name)
                {
                    return i;
                }
            }

            return -1;
        }

        private sealed record Term(YamlNode Node, string Key, string Left, Relation Relation, string Right);
    }
}
