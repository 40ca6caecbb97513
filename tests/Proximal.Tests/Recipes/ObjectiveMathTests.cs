using System.Xml.Linq;
using Proximal.Control.Recipes;
using Proximal.Recipes;
using Proximal.Recipes.Explanations;
using Proximal.Recipes.Explanations.Mathematics;

namespace Proximal.Tests.Recipes;

/// <summary>The mathematics of objectives, in text and in MathML.</summary>
public sealed class ObjectiveMathTests
{
    private static readonly XNamespace Math = "http://www.w3.org/1998/Math/MathML";
    private static readonly Catalog Components = Catalog.CreateDefault();

    public static TheoryData<string, string> Texts => new()
    {
        {
            "grpo",
            """
            L(θ) = Σ_{i,t} a_{i,t} ( ℓ_{i,t} + p_{i,t} )
              A_{i,t}  advantage: grpo
                  A_{i,t} = (R_i - mean_g(R)) / (std_g(R) + ε)
              r_{i,t}  ratio: token
                  r_{i,t} = exp(clamp(log π_θ(y_{i,t}) - log π_old(y_{i,t}), -20, 20))
              ℓ_{i,t}  surrogate: ppo
                  ℓ_{i,t} = max(-A r, -A clip(r, 1-ε_low, 1+ε_high));  A < 0 and c > 0: min(ℓ, -c A)
              p_{i,t}  regularizer: kl
                  p_{i,t} = β k(u),  u = log π_θ - log π_ref,  k1 = u, k2 = u²/2, k3 = e^{-u} - 1 + u, abs = |u|, full = Σ_v π_θ(v) log(π_θ(v)/π_ref(v))
              a_{i,t}  aggregation: seq-mean-token-mean
                  a_{i,t} = 1 / (n L_i)
            """
        },
        {
            "dapo",
            """
            L(θ) = Σ_{i,t} a_{i,t} m_{i,t} ℓ_{i,t}
              R_i  shaping of the reward: overlong-punishment
                  R_i ← R_i + f clamp((L_max - L_c - L_i) / L_c, -1, 0)
              A_{i,t}  advantage: grpo
                  A_{i,t} = (R_i - mean_g(R)) / (std_g(R) + ε)
              m_{i,t}  selection: dynamic-sampling
                  m_{i,t} = 0 where max_g(score) = min_g(score)
              r_{i,t}  ratio: token
                  r_{i,t} = exp(clamp(log π_θ(y_{i,t}) - log π_old(y_{i,t}), -20, 20))
              ℓ_{i,t}  surrogate: ppo
                  ℓ_{i,t} = max(-A r, -A clip(r, 1-ε_low, 1+ε_high));  A < 0 and c > 0: min(ℓ, -c A)
              a_{i,t}  aggregation: token-mean
                  a_{i,t} = 1 / Σ_j L_j
            """
        },
        {
            "gspo",
            """
            L(θ) = Σ_{i,t} a_{i,t} ℓ_{i,t}
              A_{i,t}  advantage: grpo
                  A_{i,t} = (R_i - mean_g(R)) / (std_g(R) + ε)
              r_{i,t}  ratio: sequence
                  r_{i,t} = sg(s_i) π_θ(y_{i,t}) / sg(π_θ(y_{i,t})),  s_i = (π_θ(y_i) / π_old(y_i))^{1/L_i}
              ℓ_{i,t}  surrogate: ppo
                  ℓ_{i,t} = max(-A r, -A clip(r, 1-ε_low, 1+ε_high));  A < 0 and c > 0: min(ℓ, -c A)
              a_{i,t}  aggregation: seq-mean-token-mean
                  a_{i,t} = 1 / (n L_i)
            """
        },
        {
            "ppo",
            """
            L(θ) = Σ_{i,t} a_{i,t} ℓ_{i,t}
              R_i  shaping of the reward: kl
                  r_{i,t} ← r_{i,t} - β k(log π_old - log π_ref)
              A_{i,t}  advantage: gae
                  Â_t = δ_t + γλ Â_{t+1},  δ_t = r_t + γ V_{t+1} - V_t,  A = clip(whiten_batch(Â), ±c)
              r_{i,t}  ratio: token
                  r_{i,t} = exp(clamp(log π_θ(y_{i,t}) - log π_old(y_{i,t}), -20, 20))
              ℓ_{i,t}  surrogate: ppo
                  ℓ_{i,t} = max(-A r, -A clip(r, 1-ε_low, 1+ε_high));  A < 0 and c > 0: min(ℓ, -c A)
              a_{i,t}  aggregation: token-mean
                  a_{i,t} = 1 / Σ_j L_j
            """
        },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void The_lines_of_an_objective_are_the_sum_and_the_formulas_of_its_components(string preset, string expected) =>
        Assert.Equal(expected.ReplaceLineEndings("\n"), Components.Objectives.Find(preset)!.PresetStage!.DescribeObjective());

    [Fact]
    public void Text_and_lines_and_mathml_tell_of_the_same_components()
    {
        Recipe recipe = Recipe("dapo");
        ObjectiveFormula objective = ObjectiveFormula.Of(recipe);
        string text = Words(ObjectiveMath.ToText(recipe)), xml = ObjectiveMath.ToMathMl(recipe);

        Assert.Contains(ObjectiveMath.ToText(recipe), RecipeExplanation.Describe(recipe), StringComparison.Ordinal);
        Assert.All(objective.Symbols, symbol =>
        {
            Assert.Contains($"{symbol.Symbol} {symbol.Role}: {symbol.Info.Key}", text, StringComparison.Ordinal);
            Assert.Contains(Words(symbol.Info.Formula), text, StringComparison.Ordinal);
            Assert.Contains($"{symbol.Role}: {symbol.Info.Key}", xml, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_preset_is_well_formed_and_its_text_is_at_most_eighty_characters_wide() => Assert.All(Components.Objectives.Components, preset =>
    {
        Recipe recipe = Recipe(preset.Info.Key);
        XElement math = XElement.Parse(ObjectiveMath.ToMathMl(recipe));

        Assert.Equal(Math + "math", math.Name);
        AssertIsPresentation(math);
        Assert.All(ObjectiveMath.ToText(recipe).Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    });

    [Fact]
    public void More_than_nine_in_ten_of_all_formulas_parse()
    {
        string[] lines =
        [
            .. Components.All.Concat(ControlCatalog.CreateDefault().All).SelectMany(catalog => catalog.Components)
                .SelectMany(component => component.Info.Formula.Split('\n')).Where(line => line.Length > 0).Distinct(),
        ];
        string[] unread = [.. lines.Where(line => FormulaParser.Parse(line) is null)];

        Assert.True(lines.Length > 100);
        Assert.True(unread.Length < 0.1 * lines.Length, string.Join('\n', unread));
        Assert.All(lines, line => AssertIsPresentation(XElement.Parse(ObjectiveMath.ToMathMl(line))));
    }

    [Theory]
    [InlineData("a / b", "<mfrac><mi>a</mi><mi>b</mi></mfrac>")]
    [InlineData("a b / c d", "<mfrac><mrow><mi>a</mi><mi>b</mi></mrow><mi>c</mi></mfrac><mi>d</mi>")]
    [InlineData("a b/c", "<mi>a</mi><mfrac><mi>b</mi><mi>c</mi></mfrac>")]
    [InlineData("(a + b) / (c)", "<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac>")]
    [InlineData("Σ_j L_j R_j / Σ_j L_j", "<mfrac><mrow><munder><mo>∑</mo><mi>j</mi></munder><msub><mi>L</mi><mi>j</mi></msub><msub><mi>R</mi><mi>j</mi></msub></mrow><mrow><munder><mo>∑</mo><mi>j</mi></munder><msub><mi>L</mi><mi>j</mi></msub></mrow></mfrac>")]
    [InlineData("x_{i,t}^2", "<msubsup><mi>x</mi><mrow><mi>i</mi><mo>,</mo><mi>t</mi></mrow><mn>2</mn></msubsup>")]
    [InlineData("rho_t", "<msub><mi>ρ</mi><mi>t</mi></msub>")]
    [InlineData("u²/2", "<mfrac><msup><mi>u</mi><mn>2</mn></msup><mn>2</mn></mfrac>")]
    [InlineData("Φ⁻¹", "<msup><mi>Φ</mi><mn>−1</mn></msup>")]
    [InlineData("w_2 k3", "<msub><mi>w</mi><mn>2</mn></msub><msub><mi>k</mi><mn>3</mn></msub>")]
    [InlineData("m^ / v", "<mfrac><mover accent=\"true\"><mi>m</mi><mo>^</mo></mover><mi>v</mi></mfrac>")]
    [InlineData("√(1 - p)", "<msqrt><mrow><mn>1</mn><mo>−</mo><mi>p</mi></mrow></msqrt>")]
    [InlineData("Q'(s)", "<mrow><msup><mi>Q</mi><mo>′</mo></msup><mrow><mo>(</mo><mrow><mi>s</mi></mrow><mo>)</mo></mrow></mrow>")]
    [InlineData("0 where x <= 1", "<mn>0</mn><mtext>\u00A0where\u00A0</mtext><mi>x</mi><mo>≤</mo><mn>1</mn>")]
    [InlineData("a;  b", "<mi>a</mi><mo>;</mo><mspace width=\"1em\"/><mi>b</mi>")]
    [InlineData("-A log π_θ", "<mo>−</mo><mi>A</mi><mspace width=\"0.17em\"/><mi>log</mi><mspace width=\"0.17em\"/><msub><mi>π</mi><mi>θ</mi></msub>")]
    [InlineData("1/|F|", "<mfrac><mn>1</mn><mrow><mo stretchy=\"false\">|</mo><mrow><mi>F</mi></mrow><mo stretchy=\"false\">|</mo></mrow></mfrac>")]
    [InlineData("π(a|s)", "<mrow><mi>π</mi><mrow><mo>(</mo><mrow><mi>a</mi><mo stretchy=\"false\">|</mo><mi>s</mi></mrow><mo>)</mo></mrow></mrow>")]
    [InlineData("|d|²", "<msup><mrow><mo stretchy=\"false\">|</mo><mrow><mi>d</mi></mrow><mo stretchy=\"false\">|</mo></mrow><mn>2</mn></msup>")]
    [InlineData("λH", "<mi>λ</mi><mi>H</mi>")]
    public void Plain_notation_becomes_mathml(string formula, string expected) =>
        Assert.Equal($"<math xmlns=\"{Math}\" display=\"inline\"><mrow><mrow>{expected}</mrow></mrow></math>", ObjectiveMath.ToMathMl(formula));

    [Theory]
    [InlineData("(a")]
    [InlineData("a)")]
    [InlineData("_i")]
    [InlineData("a /")]
    [InlineData("/ b")]
    [InlineData("a_")]
    [InlineData("a_)")]
    [InlineData("\"open")]
    [InlineData("<script>alert(1)</script>_")]
    [InlineData("a & b ]]> <!-- \u0000 \u202E \uFFFE \ud800")]
    public void What_is_no_formula_becomes_words_that_are_escaped(string formula)
    {
        XElement math = XElement.Parse(ObjectiveMath.ToMathMl(formula));

        Assert.Null(FormulaParser.Parse(formula));
        Assert.Equal(["mrow", "mtext"], math.Descendants().Select(element => element.Name.LocalName));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("</math><img src=x onerror=alert(1)>")]
    [InlineData("\"><b>")]
    public void A_hostile_component_stays_text(string hostile)
    {
        ComponentInfo info = new(hostile, Seam.Ratios, hostile, $"{hostile}\n{hostile}", hostile);
        ObjectiveFormula objective = new(hostile, [new ObjectiveSymbol(hostile, hostile, info) { Choice = hostile }]);

        AssertIsPresentation(XElement.Parse(ObjectiveMath.ToMathMl(objective)));
    }

    [Fact]
    public void Deep_and_long_formulas_become_words()
    {
        foreach (string formula in new[] { new string('(', 100) + new string(')', 100), new string('a', 5_000), string.Concat(Enumerable.Repeat("x_{", 100)) + new string('}', 100) })
        {
            Assert.Null(FormulaParser.Parse(formula));
            XElement.Parse(ObjectiveMath.ToMathMl(formula));
        }
    }

    [Fact]
    public void A_recipe_that_only_learns_from_demonstrations_has_their_likelihood_as_objective()
    {
        Recipe recipe = new RecipeReader(Components).Read("task: countdown\nsupervised: { weighting: dft }");
        Recipe nothing = new RecipeReader(Components).Read("task: countdown");

        Assert.Contains("L(θ) = -1/N Σ_{i,t} w_{i,t} log π_θ", ObjectiveMath.ToText(recipe), StringComparison.Ordinal);
        AssertIsPresentation(XElement.Parse(ObjectiveMath.ToMathMl(recipe)));
        Assert.Throws<ArgumentException>(() => ObjectiveMath.ToText(nothing));
    }

    private static string Words(string text) => string.Join(' ', text.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));

    private static Recipe Recipe(string preset) => new RecipeReader(Components).Read($"task: countdown\npolicy: {{ objective: {preset} }}");

    /// <summary>Only elements and attributes of presentation MathML, with as many children as each takes.</summary>
    private static void AssertIsPresentation(XElement math)
    {
        foreach (XElement element in math.DescendantsAndSelf())
        {
            Assert.Equal(Math, element.Name.Namespace);
            int children = element.Elements().Count();
            int? expected = element.Name.LocalName switch
            {
                "mi" or "mn" or "mo" or "mtext" or "mspace" => 0,
                "mfrac" or "msub" or "msup" or "munder" or "mover" => 2,
                "msubsup" or "munderover" => 3,
                "math" or "mrow" or "msqrt" or "mtable" or "mtr" or "mtd" => null,
                _ => -1,
            };
            Assert.True(expected is null || expected == children, element.ToString());
            Assert.All(element.Attributes(), attribute => Assert.Contains(attribute.Name.LocalName, (string[])["xmlns", "display", "columnalign", "displaystyle", "accent", "stretchy", "width"]));
        }
    }
}
