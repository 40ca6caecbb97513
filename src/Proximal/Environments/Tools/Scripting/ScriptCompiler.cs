namespace Proximal.Environments.Tools.Scripting;

/// <summary>Reads a program by recursive descent and writes instructions.</summary>
internal sealed class ScriptCompiler
{
    private static readonly string[] Keywords = ["let", "if", "else", "while", "for", "in", "print", "def", "return", "and", "or", "not", "true", "false"];

    private readonly ScriptToken[] tokens;
    private readonly List<ScriptInstruction> code = [];
    private readonly List<ScriptValue> constants = [];
    private readonly List<ScriptFunction> functions = [];
    private readonly Dictionary<string, int> globals = new(StringComparer.Ordinal);
    private readonly List<(ScriptFunction Function, int Arguments, int Line)> calls = [];
    private Dictionary<string, int>? locals;
    private int hidden;
    private int depth;
    private int at;

    private ScriptCompiler(ScriptToken[] tokens) => this.tokens = tokens;

    private ScriptToken Next => tokens[at];

    public static ScriptProgram Compile(string source)
    {
        ScriptCompiler compiler = new(ScriptLexer.Read(source));
        compiler.Statements();
        if (compiler.Next.Kind != ScriptTokenKind.End)
        {
            throw compiler.Fail(ScriptException.Syntax);
        }

        compiler.Emit(ScriptOperation.End);
        foreach ((ScriptFunction function, int arguments, int line) in compiler.calls)
        {
            if (function.Address < 0)
            {
                throw new ScriptException(ScriptException.Name, line);
            }

            if (function.Parameters != arguments)
            {
                throw new ScriptException(ScriptException.Arguments, line);
            }
        }

        return new ScriptProgram([.. compiler.code], [.. compiler.constants], [.. compiler.functions], compiler.globals.Count);
    }

    private void Statements()
    {
        while (true)
        {
            while (Next.Kind == ScriptTokenKind.Separator)
            {
                at++;
            }

            if (Next.Kind == ScriptTokenKind.End || Next.Is("}"))
            {
                return;
            }

            Statement();
        }
    }

    private void Statement()
    {
        if (Take("def"))
        {
            Definition();
            return;
        }

        Emit(ScriptOperation.Step);
        if (Take("let"))
        {
            string name = Name();
            Expect("=");
            Expression();
            Store(Declare(name));
        }
        else if (Take("if"))
        {
            If();
        }
        else if (Take("while"))
        {
            While();
        }
        else if (Take("for"))
        {
            For();
        }
        else if (Take("print"))
        {
            do
            {
                Expression();
                Emit(ScriptOperation.Print);
            }
            while (Take(","));
        }
        else if (Take("return"))
        {
            Return();
        }
        else if (IsAssignment(out bool isElement))
        {
            Assignment(isElement);
        }
        else
        {
            Expression();
            Emit(ScriptOperation.Drop);
        }
    }

    private void If()
    {
        Expression();
        int skip = Emit(ScriptOperation.JumpUnless);
        Block();
        int before = at;
        while (Next.Kind == ScriptTokenKind.Separator)
        {
            at++;
        }

        if (!Take("else"))
        {
            at = before;
            Target(skip);
            return;
        }

        int end = Emit(ScriptOperation.Jump);
        Target(skip);
        if (Take("if"))
        {
            Deepen();
            If();
            depth--;
        }
        else
        {
            Block();
        }

        Target(end);
    }

    private void While()
    {
        int start = code.Count;
        Emit(ScriptOperation.Step);
        Expression();
        int end = Emit(ScriptOperation.JumpUnless);
        Block();
        Emit(ScriptOperation.Jump, start);
        Target(end);
    }

    /// <summary>The counter is a hidden variable, so what the block does to its own changes nothing.</summary>
    private void For()
    {
        string name = Name();
        Expect("in");
        (bool IsLocal, int Slot) counter = DeclareHidden(), bound = DeclareHidden();
        Expression();
        Emit(ScriptOperation.Integer);
        Store(counter);
        Expect("..");
        Expression();
        Emit(ScriptOperation.Integer);
        Store(bound);
        int start = code.Count;
        Emit(ScriptOperation.Step);
        Load(counter);
        Load(bound);
        Emit(ScriptOperation.Less);
        int end = Emit(ScriptOperation.JumpUnless);
        Load(counter);
        Store(Declare(name));
        Load(counter);
        Constant(ScriptValue.Of(1));
        Emit(ScriptOperation.Add);
        Store(counter);
        Block();
        Emit(ScriptOperation.Jump, start);
        Target(end);
    }

    private void Definition()
    {
        if (locals is not null)
        {
            throw Fail(ScriptException.Syntax);
        }

        string name = Name();
        ScriptFunction function = FunctionOf(name);
        if (function.Address >= 0 || ScriptBuiltIns.Find(name) is not null)
        {
            throw Fail(ScriptException.Name);
        }

        locals = new Dictionary<string, int>(StringComparer.Ordinal);
        Expect("(");
        while (!Take(")"))
        {
            if (locals.Count > 0)
            {
                Expect(",");
            }

            if (!locals.TryAdd(Name(), locals.Count))
            {
                throw Fail(ScriptException.Name);
            }
        }

        function.Parameters = locals.Count;
        int skip = Emit(ScriptOperation.Jump);
        function.Address = code.Count;
        Block();
        Constant(default);
        Emit(ScriptOperation.Return);
        Target(skip);
        function.Locals = locals.Count;
        locals = null;
    }

    private void Return()
    {
        if (locals is null)
        {
            throw Fail(ScriptException.Syntax);
        }

        if (Next.Kind is ScriptTokenKind.Separator or ScriptTokenKind.End || Next.Is("}"))
        {
            Constant(default);
        }
        else
        {
            Expression();
        }

        Emit(ScriptOperation.Return);
    }

    private void Assignment(bool isElement)
    {
        string name = Name();
        (bool IsLocal, int Slot) variable = Find(name);
        if (isElement)
        {
            Load(variable);
            Expect("[");
            Expression();
            Expect("]");
        }

        Expect("=");
        Expression();
        if (isElement)
        {
            Emit(ScriptOperation.Replace);
        }

        Store(variable);
    }

    private bool IsAssignment(out bool isElement)
    {
        isElement = false;
        if (Next.Kind != ScriptTokenKind.Name || Keywords.Contains(Next.Text))
        {
            return false;
        }

        int after = at + 1;
        if (tokens[after].Is("["))
        {
            isElement = true;
            int open = 0;
            do
            {
                open += tokens[after].Is("[") ? 1 : tokens[after].Is("]") ? -1 : 0;
                after++;
            }
            while (open > 0 && tokens[after].Kind is not (ScriptTokenKind.End or ScriptTokenKind.Separator));
        }

        return tokens[after].Is("=");
    }

    private void Block()
    {
        Expect("{");
        Deepen();
        Statements();
        depth--;
        Expect("}");
    }

    private void Expression()
    {
        Deepen();
        Conjunction();
        while (Take("or"))
        {
            Emit(ScriptOperation.Condition);
            int end = Emit(ScriptOperation.Or);
            Conjunction();
            Emit(ScriptOperation.Condition);
            Target(end);
        }

        depth--;
    }

    private void Conjunction()
    {
        Negation();
        while (Take("and"))
        {
            Emit(ScriptOperation.Condition);
            int end = Emit(ScriptOperation.And);
            Negation();
            Emit(ScriptOperation.Condition);
            Target(end);
        }
    }

    private void Negation()
    {
        if (Take("not"))
        {
            Deepen();
            Negation();
            depth--;
            Emit(ScriptOperation.Not);
            return;
        }

        Sum();
        if (Comparison() is { } operation)
        {
            at++;
            Sum();
            Emit(operation);
        }
    }

    private ScriptOperation? Comparison() => Next.Kind != ScriptTokenKind.Symbol ? null : Next.Text switch
    {
        "==" => ScriptOperation.Equal,
        "!=" => ScriptOperation.NotEqual,
        "<" => ScriptOperation.Less,
        "<=" => ScriptOperation.LessOrEqual,
        ">" => ScriptOperation.Greater,
        ">=" => ScriptOperation.GreaterOrEqual,
        _ => null,
    };

    private void Sum()
    {
        Product();
        while (Next.Is("+") || Next.Is("-"))
        {
            ScriptOperation operation = tokens[at++].Text == "+" ? ScriptOperation.Add : ScriptOperation.Subtract;
            Product();
            Emit(operation);
        }
    }

    private void Product()
    {
        Signed();
        while (Next.Is("*") || Next.Is("/") || Next.Is("%"))
        {
            ScriptOperation operation = tokens[at++].Text switch { "*" => ScriptOperation.Multiply, "/" => ScriptOperation.Divide, _ => ScriptOperation.Remainder };
            Signed();
            Emit(operation);
        }
    }

    private void Signed()
    {
        if (Take("-"))
        {
            Deepen();
            Signed();
            depth--;
            Emit(ScriptOperation.Negate);
            return;
        }

        Operand();
        while (Take("["))
        {
            Expression();
            Expect("]");
            Emit(ScriptOperation.Index);
        }
    }

    private void Operand()
    {
        ScriptToken token = Next;
        at++;
        if (token.Kind == ScriptTokenKind.Number)
        {
            Constant(ScriptValue.Of(token.Number));
        }
        else if (token.Kind == ScriptTokenKind.Text)
        {
            Constant(ScriptValue.Of(token.Text));
        }
        else if (token.Is("true") || token.Is("false"))
        {
            Constant(ScriptValue.Of(token.Is("true")));
        }
        else if (token.Is("("))
        {
            Expression();
            Expect(")");
        }
        else if (token.Is("["))
        {
            Emit(ScriptOperation.List, Operands("]"));
        }
        else if (token.Kind == ScriptTokenKind.Name && !Keywords.Contains(token.Text))
        {
            Named(token);
        }
        else
        {
            at--;
            throw Fail(ScriptException.Syntax);
        }
    }

    private void Named(ScriptToken name)
    {
        if (!Take("("))
        {
            Load(Find(name.Text));
            return;
        }

        int arguments = Operands(")");
        if (ScriptBuiltIns.Find(name.Text) is { } builtIn)
        {
            Emit(ScriptOperation.BuiltIn, (int)builtIn, arguments);
            return;
        }

        ScriptFunction function = FunctionOf(name.Text);
        calls.Add((function, arguments, name.Line));
        Emit(ScriptOperation.Call, functions.IndexOf(function), arguments);
    }

    private int Operands(string close)
    {
        int count = 0;
        for (; !Take(close); count++)
        {
            if (count > 0)
            {
                Expect(",");
            }

            Expression();
        }

        return count;
    }

    private ScriptFunction FunctionOf(string name)
    {
        ScriptFunction? function = functions.Find(one => one.Name == name);
        if (function is null)
        {
            functions.Add(function = new ScriptFunction(name));
        }

        return function;
    }

    private (bool IsLocal, int Slot) Declare(string name)
    {
        Dictionary<string, int> scope = locals ?? globals;
        if (!scope.TryGetValue(name, out int slot))
        {
            scope.Add(name, slot = scope.Count);
        }

        return (locals is not null, slot);
    }

    /// <summary>A variable that no program can name.</summary>
    private (bool IsLocal, int Slot) DeclareHidden() => Declare($" {hidden++}");

    /// <summary>A local that was declared before, else a global, which may be given its value later.</summary>
    private (bool IsLocal, int Slot) Find(string name)
    {
        if (locals is not null && locals.TryGetValue(name, out int slot))
        {
            return (true, slot);
        }

        if (!globals.TryGetValue(name, out slot))
        {
            globals.Add(name, slot = globals.Count);
        }

        return (false, slot);
    }

    private void Load((bool IsLocal, int Slot) variable) => Emit(variable.IsLocal ? ScriptOperation.LoadLocal : ScriptOperation.LoadGlobal, variable.Slot);

    private void Store((bool IsLocal, int Slot) variable) => Emit(variable.IsLocal ? ScriptOperation.StoreLocal : ScriptOperation.StoreGlobal, variable.Slot);

    private void Constant(ScriptValue value)
    {
        constants.Add(value);
        Emit(ScriptOperation.Constant, constants.Count - 1);
    }

    private int Emit(ScriptOperation operation, int a = 0, int b = 0)
    {
        code.Add(new ScriptInstruction(operation, a, b, tokens[Math.Max(0, at - 1)].Line));
        return code.Count - 1;
    }

    /// <summary>Lets a jump lead to the next instruction.</summary>
    private void Target(int jump) => code[jump] = code[jump] with { A = code.Count };

    private void Deepen()
    {
        if (++depth > MiniScript.MaximumDepth)
        {
            throw Fail(ScriptException.Depth);
        }
    }

    private string Name() => Next.Kind == ScriptTokenKind.Name && !Keywords.Contains(Next.Text) ? tokens[at++].Text : throw Fail(ScriptException.Syntax);

    private bool Take(string symbol)
    {
        bool isNext = Next.Is(symbol);
        at += isNext ? 1 : 0;
        return isNext;
    }

    private void Expect(string symbol)
    {
        if (!Take(symbol))
        {
            throw Fail(ScriptException.Syntax);
        }
    }

    private ScriptException Fail(string kind) => new(kind, Next.Line);
}
