namespace Proximal.Environments.Tools.Scripting;

/// <summary>
/// A small language for computations, run in this process without any access to it. Statements are <c>let x = e</c>, <c>x = e</c>, <c>x[i] = e</c>, <c>if e { } else { }</c>,
/// <c>while e { }</c>, <c>for i in a..b { }</c> (b excluded), <c>print e, e</c>, <c>def f(x) { }</c>, <c>return e</c> and an expression; line ends and <c>;</c> may stand between them. Values
/// are 64-bit integers, whose overflow is an error, <c>true</c> and <c>false</c>, texts in double quotes, and lists, which never change: <c>x[i] = e</c> and <c>append(x, e)</c> make new ones.
/// Operators are <c>or and not == != &lt; &lt;= &gt; &gt;= + - * / %</c> and <c>[i]</c>; / rounds down, and % has the sign of the divisor. Functions are <c>len append range min max sum</c>.
/// Names that a function does not declare are those of the program.
/// <para>What is printed is the result, with a space between two values, or <c>err kind line</c>. Kinds: <c>syntax name type index arguments div0 overflow steps cells depth output</c>. The limits make
/// time and memory independent of what a program does; the same program has the same result everywhere.</para>
/// </summary>
public static class MiniScript
{
    /// <summary>The most characters of a program.</summary>
    public const int MaximumCharacters = 4_096;

    /// <summary>The most steps: statements, rounds of loops and calls, and one for every 64 elements or characters that are copied or compared.</summary>
    public const int MaximumSteps = 10_000;

    /// <summary>The most cells that are alive at one time: one for a list and each element of it, one for each 8 characters of a text.</summary>
    public const int MaximumCells = 4_096;

    /// <summary>The most tokens of the output: a run of letters and digits is one, any other character but a space is one.</summary>
    public const int MaximumOutputTokens = 128;

    /// <summary>The most calls inside calls, lists inside lists, and parentheses or blocks inside each other.</summary>
    public const int MaximumDepth = 64;

    /// <summary>Runs a program.</summary>
    public static ScriptResult Run(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        int steps = 0;
        try
        {
            ScriptMachine machine = new(ScriptCompiler.Compile(source));
            try
            {
                return new ScriptResult(machine.Run(), null, 0, machine.Steps);
            }
            finally
            {
                steps = machine.Steps;
            }
        }
        catch (ScriptException error)
        {
            return new ScriptResult("", error.Kind, error.Line, steps);
        }
    }
}
