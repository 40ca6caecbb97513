namespace Proximal.Environments.Tools.Scripting;

/// <summary>What the built-in functions compute.</summary>
internal static class ScriptBuiltIns
{
    public static ScriptBuiltIn? Find(string name) => name switch
    {
        "len" => ScriptBuiltIn.Len,
        "append" => ScriptBuiltIn.Append,
        "range" => ScriptBuiltIn.Range,
        "min" => ScriptBuiltIn.Min,
        "max" => ScriptBuiltIn.Max,
        "sum" => ScriptBuiltIn.Sum,
        _ => null,
    };

    public static ScriptValue Call(ScriptBuiltIn function, ReadOnlySpan<ScriptValue> arguments, ScriptMachine machine) => function switch
    {
        ScriptBuiltIn.Len => Length(Only(arguments, machine), machine),
        ScriptBuiltIn.Append => Append(arguments, machine),
        ScriptBuiltIn.Range => Range(arguments, machine),
        ScriptBuiltIn.Sum => ScriptValue.Of(Fold(ListOf(Only(arguments, machine), machine), machine.Add, machine)),
        ScriptBuiltIn.Min => ScriptValue.Of(Extreme(arguments, Math.Min, machine)),
        _ => ScriptValue.Of(Extreme(arguments, Math.Max, machine)),
    };

    private static ScriptValue Only(ReadOnlySpan<ScriptValue> arguments, ScriptMachine machine) =>
        arguments.Length == 1 ? arguments[0] : throw machine.Fail(ScriptException.Arguments);

    private static ScriptValue Length(ScriptValue value, ScriptMachine machine) => value.Kind switch
    {
        ScriptKind.Text => ScriptValue.Of(value.Text.Length),
        ScriptKind.List => ScriptValue.Of(value.List.Items.Length),
        _ => throw machine.Fail(ScriptException.Type),
    };

    private static ScriptValue Append(ReadOnlySpan<ScriptValue> arguments, ScriptMachine machine)
    {
        if (arguments.Length != 2)
        {
            throw machine.Fail(ScriptException.Arguments);
        }

        ScriptValue[] items = ListOf(arguments[0], machine);
        machine.Require(items.Length + 1);
        return machine.NewList([.. items, arguments[1]]);
    }

    private static ScriptValue Range(ReadOnlySpan<ScriptValue> arguments, ScriptMachine machine)
    {
        if (arguments.Length is not (1 or 2))
        {
            throw machine.Fail(ScriptException.Arguments);
        }

        long from = arguments.Length == 1 ? 0 : machine.Integer(arguments[0]), to = machine.Integer(arguments[^1]);
        long count = to <= from ? 0 : to < 0 || from >= 0 || to < long.MaxValue + from ? to - from : long.MaxValue;
        machine.Require(count);
        ScriptValue[] items = new ScriptValue[count];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = ScriptValue.Of(from + i);
        }

        return machine.NewList(items);
    }

    private static long Extreme(ReadOnlySpan<ScriptValue> arguments, Func<long, long, long> choose, ScriptMachine machine)
    {
        ReadOnlySpan<ScriptValue> items = arguments.Length == 1 ? ListOf(arguments[0], machine) : arguments;
        if (items.IsEmpty)
        {
            throw machine.Fail(ScriptException.Arguments);
        }

        long value = machine.Integer(items[0]);
        return Fold(items[1..], choose, machine, value);
    }

    private static long Fold(ReadOnlySpan<ScriptValue> items, Func<long, long, long> combine, ScriptMachine machine, long value = 0)
    {
        machine.Work(items.Length);
        foreach (ScriptValue item in items)
        {
            value = combine(value, machine.Integer(item));
        }

        return value;
    }

    private static ScriptValue[] ListOf(ScriptValue value, ScriptMachine machine) => value.Kind == ScriptKind.List ? value.List.Items : throw machine.Fail(ScriptException.Type);
}
