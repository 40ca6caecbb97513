using System.Text;

namespace Proximal.Environments.Tools.Scripting;

/// <summary>Runs a compiled program on a stack of its own, so that no program can use up the stack of the process.</summary>
internal sealed class ScriptMachine(ScriptProgram program)
{
    private const int WorkOfStep = 64;
    private const int CharactersOfCell = 8;

    private readonly List<ScriptValue> stack = [];
    private readonly ScriptValue[] globals = new ScriptValue[program.Globals];
    private readonly bool[] isGiven = new bool[program.Globals];
    private readonly Stack<(int ReturnTo, ScriptValue[] Locals, bool[] Given)> frames = new();
    private readonly ScriptOutput output = new();
    private ScriptValue[] locals = [];
    private bool[] given = [];
    private long allocated;
    private long work;
    private int at;

    /// <summary>Steps taken.</summary>
    public int Steps { get; private set; }

    /// <summary>Runs to the end and returns what was printed.</summary>
    public string Run()
    {
        while (Execute(program.Code[at++]))
        {
        }

        return output.ToString();
    }

    /// <summary>An error at the current instruction.</summary>
    public ScriptException Fail(string kind) => new(kind, program.Code[at - 1].Line);

    /// <summary>Counts elements or characters that are worked on.</summary>
    public void Work(long elements)
    {
        work += elements;
        for (; work >= WorkOfStep; work -= WorkOfStep)
        {
            Step();
        }
    }

    /// <summary>Makes sure that so many elements more may live; what lives is counted anew where the number allocated does not tell.</summary>
    public void Require(long elements)
    {
        if (elements >= MiniScript.MaximumCells)
        {
            throw Fail(ScriptException.Cells);
        }

        Work(elements);
        allocated += elements + 1;
        if (allocated > MiniScript.MaximumCells)
        {
            allocated = CountLive() + elements + 1;
            if (allocated > MiniScript.MaximumCells)
            {
                throw Fail(ScriptException.Cells);
            }
        }
    }

    /// <summary>A list of elements for which room was required.</summary>
    public ScriptValue NewList(ScriptValue[] items)
    {
        if (Array.Exists(items, item => item.Kind == ScriptKind.None))
        {
            throw Fail(ScriptException.Type);
        }

        ScriptList list = new(items);
        return list.Depth <= MiniScript.MaximumDepth ? ScriptValue.Of(list) : throw Fail(ScriptException.Depth);
    }

    /// <summary>The integer that a value is.</summary>
    public long Integer(ScriptValue value) => value.Kind == ScriptKind.Integer ? value.Integer : throw Fail(ScriptException.Type);

    /// <summary>A sum that does not overflow.</summary>
    public long Add(long left, long right)
    {
        long sum = unchecked(left + right);
        return ((left ^ sum) & (right ^ sum)) < 0 ? throw Fail(ScriptException.Overflow) : sum;
    }

    private bool Execute(ScriptInstruction instruction)
    {
        int a = instruction.A;
        switch (instruction.Operation)
        {
            case ScriptOperation.Step: Step(); break;
            case ScriptOperation.Constant: stack.Add(program.Constants[a]); break;
            case ScriptOperation.LoadGlobal: stack.Add(isGiven[a] ? globals[a] : throw Fail(ScriptException.Name)); break;
            case ScriptOperation.LoadLocal: stack.Add(given[a] ? locals[a] : throw Fail(ScriptException.Name)); break;
            case ScriptOperation.StoreGlobal: (globals[a], isGiven[a]) = (Take(), true); break;
            case ScriptOperation.StoreLocal: (locals[a], given[a]) = (Take(), true); break;
            case ScriptOperation.Jump: at = a; break;
            case ScriptOperation.JumpUnless: at = Condition(Take()) ? at : a; break;
            case ScriptOperation.And: KeepOrDrop(!stack[^1].Condition, a); break;
            case ScriptOperation.Or: KeepOrDrop(stack[^1].Condition, a); break;
            case ScriptOperation.Condition: Condition(stack[^1]); break;
            case ScriptOperation.Integer: Integer(stack[^1]); break;
            case ScriptOperation.Not: stack[^1] = ScriptValue.Of(!Condition(stack[^1])); break;
            case ScriptOperation.Negate: stack[^1] = ScriptValue.Of(Subtract(0, Integer(stack[^1]))); break;
            case ScriptOperation.List: MakeList(a); break;
            case ScriptOperation.Index: Index(); break;
            case ScriptOperation.Replace: Replace(); break;
            case ScriptOperation.BuiltIn: CallBuiltIn((ScriptBuiltIn)a, instruction.B); break;
            case ScriptOperation.Call: Call(program.Functions[a], instruction.B); break;
            case ScriptOperation.Return: Return(); break;
            case ScriptOperation.Drop: stack.RemoveAt(stack.Count - 1); break;
            case ScriptOperation.Print: Print(Take()); break;
            case ScriptOperation.End: return false;
            default: Combine(instruction.Operation); break;
        }

        return true;
    }

    private void Combine(ScriptOperation operation)
    {
        ScriptValue right = Take(), left = Take();
        stack.Add(operation switch
        {
            ScriptOperation.Add => left.Kind == ScriptKind.Text && right.Kind == ScriptKind.Text ? Join(left.Text, right.Text) : ScriptValue.Of(Add(Integer(left), Integer(right))),
            ScriptOperation.Subtract => ScriptValue.Of(Subtract(Integer(left), Integer(right))),
            ScriptOperation.Multiply => ScriptValue.Of(Multiply(Integer(left), Integer(right))),
            ScriptOperation.Divide => ScriptValue.Of(Divide(Integer(left), Integer(right)).Quotient),
            ScriptOperation.Remainder => ScriptValue.Of(Divide(Integer(left), Integer(right)).Remainder),
            ScriptOperation.Equal => ScriptValue.Of(AreEqual(left, right)),
            ScriptOperation.NotEqual => ScriptValue.Of(!AreEqual(left, right)),
            ScriptOperation.Less => ScriptValue.Of(Compare(left, right) < 0),
            ScriptOperation.LessOrEqual => ScriptValue.Of(Compare(left, right) <= 0),
            ScriptOperation.Greater => ScriptValue.Of(Compare(left, right) > 0),
            _ => ScriptValue.Of(Compare(left, right) >= 0),
        });
    }

    private long Subtract(long left, long right)
    {
        long difference = unchecked(left - right);
        return ((left ^ right) & (left ^ difference)) < 0 ? throw Fail(ScriptException.Overflow) : difference;
    }

    private long Multiply(long left, long right)
    {
        Int128 product = (Int128)left * right;
        return product < long.MinValue || product > long.MaxValue ? throw Fail(ScriptException.Overflow) : (long)product;
    }

    private (long Quotient, long Remainder) Divide(long left, long right)
    {
        if (right == 0)
        {
            throw Fail(ScriptException.Zero);
        }

        if (right == -1)
        {
            return (Subtract(0, left), 0);
        }

        (long quotient, long remainder) = Math.DivRem(left, right);
        return remainder != 0 && (remainder < 0) != (right < 0) ? (quotient - 1, remainder + right) : (quotient, remainder);
    }

    private ScriptValue Join(string left, string right)
    {
        int length = left.Length + right.Length;
        Work(length);
        Require(length / CharactersOfCell);
        return ScriptValue.Of(left + right);
    }

    private bool AreEqual(ScriptValue left, ScriptValue right)
    {
        if (left.Kind != right.Kind)
        {
            return false;
        }

        if (left.Kind == ScriptKind.Text)
        {
            Work(left.Text.Length);
            return left.Text == right.Text;
        }

        if (left.Kind != ScriptKind.List)
        {
            return left.Integer == right.Integer;
        }

        ScriptValue[] items = left.List.Items, others = right.List.Items;
        bool isSame = items.Length == others.Length;
        for (int i = 0; isSame && i < items.Length; i++)
        {
            Work(1);
            isSame = AreEqual(items[i], others[i]);
        }

        return isSame;
    }

    private int Compare(ScriptValue left, ScriptValue right)
    {
        if (left.Kind != ScriptKind.Text || right.Kind != ScriptKind.Text)
        {
            return Integer(left).CompareTo(Integer(right));
        }

        Work(Math.Min(left.Text.Length, right.Text.Length));
        return string.CompareOrdinal(left.Text, right.Text);
    }

    private void MakeList(int count)
    {
        Require(count);
        ScriptValue[] items = [.. stack.GetRange(stack.Count - count, count)];
        stack.RemoveRange(stack.Count - count, count);
        stack.Add(NewList(items));
    }

    private void Index()
    {
        long index = Integer(Take());
        ScriptValue of = Take();
        int length = of.Kind switch { ScriptKind.List => of.List.Items.Length, ScriptKind.Text => of.Text.Length, _ => throw Fail(ScriptException.Type) };
        if (index < 0 || index >= length)
        {
            throw Fail(ScriptException.Index);
        }

        stack.Add(of.Kind == ScriptKind.List ? of.List.Items[index] : ScriptValue.Of(of.Text[(int)index].ToString()));
    }

    private void Replace()
    {
        ScriptValue value = Take();
        long index = Integer(Take());
        ScriptValue of = Take();
        ScriptValue[] items = of.Kind == ScriptKind.List ? of.List.Items : throw Fail(ScriptException.Type);
        if (index < 0 || index >= items.Length)
        {
            throw Fail(ScriptException.Index);
        }

        Require(items.Length);
        ScriptValue[] changed = [.. items];
        changed[index] = value;
        stack.Add(NewList(changed));
    }

    private void CallBuiltIn(ScriptBuiltIn function, int count)
    {
        ScriptValue[] arguments = [.. stack.GetRange(stack.Count - count, count)];
        ScriptValue result = ScriptBuiltIns.Call(function, arguments, this);
        stack.RemoveRange(stack.Count - count, count);
        stack.Add(result);
    }

    private void Call(ScriptFunction function, int count)
    {
        Step();
        if (frames.Count == MiniScript.MaximumDepth)
        {
            throw Fail(ScriptException.Depth);
        }

        frames.Push((at, locals, given));
        locals = new ScriptValue[function.Locals];
        given = new bool[function.Locals];
        stack.CopyTo(stack.Count - count, locals, 0, count);
        given.AsSpan(0, count).Fill(true);
        stack.RemoveRange(stack.Count - count, count);
        at = function.Address;
    }

    private void Return() => (at, locals, given) = frames.Pop();

    private void Print(ScriptValue value)
    {
        if (value.Kind == ScriptKind.None)
        {
            throw Fail(ScriptException.Type);
        }

        if (!output.TryPrint(value))
        {
            throw Fail(ScriptException.Output);
        }
    }

    private bool Condition(ScriptValue value) => value.Kind == ScriptKind.Condition ? value.Condition : throw Fail(ScriptException.Type);

    private void KeepOrDrop(bool keeps, int target)
    {
        if (keeps)
        {
            at = target;
            return;
        }

        stack.RemoveAt(stack.Count - 1);
    }

    private ScriptValue Take()
    {
        ScriptValue value = stack[^1];
        stack.RemoveAt(stack.Count - 1);
        return value;
    }

    private void Step()
    {
        if (++Steps > MiniScript.MaximumSteps)
        {
            throw Fail(ScriptException.Steps);
        }
    }

    private long CountLive()
    {
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        long cells = 0;
        Stack<ScriptValue> open = new(stack.Concat(globals).Concat(locals).Concat(frames.SelectMany(frame => frame.Locals)));
        while (open.TryPop(out ScriptValue value))
        {
            if (value.Content is null || !seen.Add(value.Content))
            {
                continue;
            }

            if (value.Kind == ScriptKind.Text)
            {
                cells += 1 + (value.Text.Length / CharactersOfCell);
                continue;
            }

            cells += 1 + value.List.Items.Length;
            foreach (ScriptValue item in value.List.Items)
            {
                open.Push(item);
            }
        }

        return cells;
    }
}
