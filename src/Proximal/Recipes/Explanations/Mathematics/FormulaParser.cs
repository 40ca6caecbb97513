namespace Proximal.Recipes.Explanations.Mathematics;

/// <summary>
/// Reads the plain notation in which components write their formulas: names and Greek letters, <c>x_i</c>, <c>x_{i,t}</c>, <c>x^2</c>, sums, brackets, quotients,
/// indicators, and words between them. <c>a b / c</c> divides the product before it; <c>a/b c</c> divides <c>a</c> alone.
/// </summary>
internal sealed class FormulaParser
{
    private const int LongestLine = 2_000;
    private const int DeepestNesting = 24;

    private const string Bar = "|";

    private static readonly Dictionary<string, string> Closing = new(StringComparer.Ordinal) { ["("] = ")", ["["] = "]", ["{"] = "}", ["⌊"] = "⌋", ["⌈"] = "⌉", ["⟨"] = "⟩" };

    private readonly List<FormulaToken> tokens;
    private int at;
    private int depth;
    private bool failed;

    private FormulaParser(List<FormulaToken> tokens) => this.tokens = tokens;

    /// <summary>The structure of a line of a formula; null where it is none: brackets that do not match, a script without a base, a sign that means nothing.</summary>
    public static RowNode? Parse(string line)
    {
        if (line.Length > LongestLine || FormulaLexer.Read(line) is not { Count: > 0 } tokens)
        {
            return null;
        }

        FormulaParser parser = new(tokens);
        RowNode row = parser.Row(end: null);
        return parser.failed || parser.at < tokens.Count ? null : row;
    }

    private RowNode Row(string? end)
    {
        List<MathNode> items = [];
        depth++;
        while (!failed && at < tokens.Count && !(end is not null && Is(end) && (end != Bar || tokens[at].Gap == 0)))
        {
            FormulaToken token = tokens[at];
            if (token.Gap > 1 && items.Count > 0)
            {
                items.Add(new SpaceNode());
            }

            if (token is { Kind: FormulaTokenKind.Sign, Text: "/" })
            {
                Divide(items);
            }
            else
            {
                items.Add(Item());
            }
        }

        depth--;
        failed |= depth > DeepestNesting;
        return new RowNode(items);
    }

    /// <summary>Divides what stands before by what follows.</summary>
    private void Divide(List<MathNode> items)
    {
        bool tight = tokens[at].Gap == 0;
        at++;
        int first = items.Count;
        while (first > 0 && items[first - 1].IsFactor && !(tight && first < items.Count))
        {
            first--;
        }

        if (first == items.Count || at == tokens.Count)
        {
            failed = true;
            return;
        }

        RowNode numerator = new(items.GetRange(first, items.Count - first));
        items.RemoveRange(first, items.Count - first);
        MathNode divisor = Item();
        List<MathNode> denominator = [divisor];
        while (!failed && !tight && divisor is (ScriptNode { Base: LargeOperatorNode } or LargeOperatorNode) && at < tokens.Count && StartsFactor(tokens[at]))
        {
            denominator.Add(Item());
        }

        failed |= !divisor.IsFactor;
        items.Add(new FractionNode(WithoutBrackets(numerator), WithoutBrackets(new RowNode(denominator))));
    }

    private MathNode Item()
    {
        FormulaToken token = tokens[at];
        if (token.Kind == FormulaTokenKind.Sign && !Closing.ContainsKey(token.Text) && !OpensBars())
        {
            at++;
            failed |= token.Text is "_" or "^" || Closing.ContainsValue(token.Text);
            bool isFollowed = at < tokens.Count && tokens[at].Gap == 0;
            return token.Text switch
            {
                "∂" => Scripts(new NameNode(token.Text)),
                "#" when isFollowed => new RowNode([new OperatorNode(token.Text), Item()]),
                "√" when isFollowed && Is("(") => new RootNode(WithoutBrackets(Group())),
                _ => new OperatorNode(token.Text),
            };
        }

        return Scripts(Primary());
    }

    private MathNode Primary()
    {
        FormulaToken token = tokens[at];
        switch (token.Kind)
        {
            case FormulaTokenKind.Sign:
                return Group();
            case FormulaTokenKind.Number:
                at++;
                return new NumberNode(token.Text);
            case FormulaTokenKind.Quoted:
                at++;
                return new TextNode($"“{token.Text}”");
            case FormulaTokenKind.Name:
                at++;
                return Name(token.Text);
            default:
                at++;
                failed = true;
                return new TextNode(token.Text);
        }
    }

    private MathNode Name(string name)
    {
        string letter = FormulaNames.LetterOf(name);
        bool isCalled = at < tokens.Count && tokens[at].Gap == 0 && tokens[at].Text is "(" or "_";
        if (FormulaNames.IsLarge(letter))
        {
            return new LargeOperatorNode(letter is "Σ" ? "∑" : letter);
        }

        if (letter == "sqrt" && at < tokens.Count && Is("("))
        {
            return new RootNode(WithoutBrackets(Group()));
        }

        return FormulaNames.IsWord(name) && !isCalled ? new TextNode(name) : new NameNode(letter);
    }

    /// <summary>What stands below and above, and a list of arguments right behind a name.</summary>
    private MathNode Scripts(MathNode based)
    {
        if (!based.IsFactor)
        {
            return based;
        }

        MathNode? below = null, above = null;
        while (!failed && at < tokens.Count && tokens[at] is var token && token.Gap == 0)
        {
            if (token.Kind == FormulaTokenKind.Number && based is NameNode && below is null && above is null)
            {
                below = new NumberNode(token.Text);
                at++;
            }
            else if (token.Kind == FormulaTokenKind.Raised && above is null)
            {
                above = new NumberNode(token.Text);
                at++;
            }
            else if (token.Kind == FormulaTokenKind.Lowered && below is null)
            {
                below = new NumberNode(token.Text);
                at++;
            }
            else if (token is { Kind: FormulaTokenKind.Sign, Text: "'" } && above is null)
            {
                above = new OperatorNode("′");
                at++;
            }
            else if (token is { Kind: FormulaTokenKind.Sign, Text: "_" } && below is null)
            {
                at++;
                below = Script();
            }
            else if (token is { Kind: FormulaTokenKind.Sign, Text: "^" } && above is null)
            {
                at++;
                if (at == tokens.Count || tokens[at].Gap > 0 || (tokens[at].Kind == FormulaTokenKind.Sign && Closing.ContainsValue(tokens[at].Text)))
                {
                    based = new HatNode(based);
                    continue;
                }

                above = Script();
            }
            else
            {
                break;
            }
        }

        MathNode scripted = below is null && above is null ? based : new ScriptNode(based, below, above);
        return !failed && based is (NameNode or HatNode) && at < tokens.Count && tokens[at] is { Gap: 0, Kind: FormulaTokenKind.Sign, Text: "(" }
            ? Scripts(new RowNode([scripted, Group()]))
            : scripted;
    }

    /// <summary>A script: one name or number with a sign before it, or what stands in brackets, which are left out.</summary>
    private MathNode Script()
    {
        if (at == tokens.Count)
        {
            failed = true;
            return new TextNode("");
        }

        FormulaToken token = tokens[at];
        if (token is { Kind: FormulaTokenKind.Sign, Text: "−" or "+" } && at + 1 < tokens.Count && tokens[at + 1].Gap == 0 && tokens[at + 1].Kind != FormulaTokenKind.Sign)
        {
            at++;
            return new RowNode([new OperatorNode(token.Text), Primary()]);
        }

        if (token is { Kind: FormulaTokenKind.Sign, Text: "*" })
        {
            at++;
            return new OperatorNode("*");
        }

        if (token.Kind == FormulaTokenKind.Sign && token.Text is not ("{" or "("))
        {
            failed = true;
            return new TextNode("");
        }

        MathNode node = token.Kind == FormulaTokenKind.Sign ? WithoutBrackets(Group()) : Primary();
        return node is NameNode && at < tokens.Count && tokens[at] is { Gap: 0, Kind: FormulaTokenKind.Lowered or FormulaTokenKind.Number }
            ? new ScriptNode(node, new NumberNode(tokens[at++].Text), null)
            : node;
    }

    private RowNode Group()
    {
        string open = tokens[at].Text, close = open == Bar ? Bar : Closing.GetValueOrDefault(open, "");
        at++;
        if (close.Length == 0)
        {
            failed = true;
            return new RowNode([]);
        }

        if (depth >= DeepestNesting)
        {
            failed = true;
            return new RowNode([]);
        }

        RowNode body = Row(close);
        failed |= at == tokens.Count;
        at++;
        return new RowNode([new OperatorNode(open), body, new OperatorNode(close)]);
    }

    /// <summary>
    /// Whether a bar opens an absolute value or a size: something stands right behind it and nothing that it could be a condition of right before it, and a bar
    /// that closes follows at the same level.
    /// </summary>
    private bool OpensBars()
    {
        if (!Is(Bar) || at + 1 == tokens.Count || tokens[at + 1].Gap > 0 || (tokens[at].Gap == 0 && at > 0 && !IsBetween(tokens[at - 1])))
        {
            return false;
        }

        int level = 0;
        for (int i = at + 1; i < tokens.Count && level >= 0; i++)
        {
            if (tokens[i].Kind == FormulaTokenKind.Sign)
            {
                level += Closing.ContainsKey(tokens[i].Text) ? 1 : Closing.ContainsValue(tokens[i].Text) ? -1 : 0;
                if (level == 0 && tokens[i].Text == Bar && tokens[i].Gap == 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether a token is a sign between factors, or opens a bracket.</summary>
    private static bool IsBetween(FormulaToken token) => token.Kind == FormulaTokenKind.Sign && !Closing.ContainsValue(token.Text) && token.Text is not ("'" or "·");

    private bool Is(string sign) => tokens[at].Kind == FormulaTokenKind.Sign && tokens[at].Text == sign;

    private static bool StartsFactor(FormulaToken token) => token.Kind is FormulaTokenKind.Number || (token.Kind == FormulaTokenKind.Name && !FormulaNames.IsWord(token.Text))
        || (token.Kind == FormulaTokenKind.Sign && Closing.ContainsKey(token.Text));

    /// <summary>A quotient, a root and a script need no brackets around them.</summary>
    private static MathNode WithoutBrackets(MathNode node) => node switch
    {
        RowNode { Items: [OperatorNode { Text: "(" or "{" }, RowNode body, OperatorNode { Text: ")" or "}" }] } => WithoutBrackets(body),
        RowNode { Items: [RowNode single] } => WithoutBrackets(single),
        RowNode { Items: [var single] } => single,
        _ => node,
    };
}
