using Proximal.Environments.Tools;
using Proximal.Environments.Tools.Scripting;
using Proximal.Tensors.Random;
using static System.FormattableString;

namespace Proximal.Tasks.Families;

/// <summary>
/// Problems that a program of a few lines solves: <c>primes(30)=?</c> (the sum of the primes below 30), <c>fibonacci(12,7)=?</c> (the 12th Fibonacci number modulo 7),
/// <c>substrings("abab","ab")=?</c> (how often the second stands in the first), <c>sort([5,1,9],1)=?</c> (what stands at place 1, from 0, when sorted) and <c>gcd([12,18])=?</c>. The best way is one
/// call of <see cref="MiniScript"/>. With <see cref="ToolProgramOptions.Program"/> the prompt is <c>f=primes?</c>, and the answer a program that defines <c>f</c>; hidden tests call it on arguments that
/// hang on the instance.
/// </summary>
public sealed class ToolProgramTask(ToolProgramOptions options)
    : ProceduralTask("tool-programs", options, "0123456789abcdefghijklmnopqrstuvwxyz +-*/%=<>!()[]{},.;\"_?")
{
    private const int HiddenTests = 5;
    private const string Call = MiniScriptTool.Key;

    /// <summary>The kinds of problems.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["primes", "fibonacci", "substrings", "sort", "gcd"];

    /// <summary>A program that defines <c>f</c> for a kind of problem.</summary>
    internal static string Solution(string kind) => kind switch
    {
        "primes" => "def f(n){let s=0 for i in 2..n{let p=1 for j in 2..i{if i%j==0{p=0}} s=s+p*i} return s}",
        "fibonacci" => "def f(n,m){let a=0 let b=1 for i in 0..n{let c=(a+b)%m a=b b=c} return a%m}",
        "substrings" => "def f(t,p){let n=0 for i in 0..len(t)-len(p)+1{let e=1 for j in 0..len(p){if t[i+j]!=p[j]{e=0}} n=n+e} return n}",
        "sort" => "def f(x,k){for i in 0..len(x){for j in i+1..len(x){if x[j]<x[i]{let t=x[i] x[i]=x[j] x[j]=t}}} return x[k]}",
        _ => "def f(x){let g=0 for i in 0..len(x){let a=g let b=x[i] while b>0{let t=a%b a=b b=t} g=a} return g}",
    };

    /// <inheritdoc/>
    private protected override ProceduralDraft Draw(SuiteRandom random)
    {
        string kind = random.Pick(options.Kinds), arguments = Arguments(kind, random);
        string solution = Solution(kind);
        if (options.Program)
        {
            (string, string)[] tests = [.. Enumerable.Range(0, HiddenTests).Select(_ => Arguments(kind, random)).Select(hidden => (hidden, Run(solution, hidden)))];
            string key = Invariant($"tool-programs|f={kind}|{string.Join('|', tests.Select(test => test.Item1))}");
            return new ProceduralDraft(key, $"f={kind}?", solution, []) { Metadata = new ToolProgramMetadata([], tests) };
        }

        string value = Run(solution, arguments);
        PlannedCall call = new(Call, $"{solution} print f({arguments})");
        return new ProceduralDraft($"tool-programs|{kind}({arguments})", $"{kind}({arguments})=?", value, [$"{kind}({arguments})={value}"])
        {
            Metadata = new ToolProgramMetadata([call], []),
        };
    }

    /// <inheritdoc/>
    private protected override Verdict Judge(TaskInstance instance, string answer, string? thought)
    {
        ToolProgramMetadata metadata = MetadataOf<ToolProgramMetadata>(instance);
        if (metadata.Tests.Count == 0)
        {
            return AnswerText.JudgeInteger(instance.Answer, answer, Strict);
        }

        int passed = metadata.Tests.Count(test => Run(answer, test.Arguments) == test.Value);
        double share = (double)passed / metadata.Tests.Count;
        return Verdict.Of(passed == metadata.Tests.Count, share, answer) with { Score = share };
    }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> Concepts(TaskInstance instance) => ["write a program", "run it", "loops", "print the value"];

    private static string Run(string program, string arguments) => MiniScript.Run($"{program}\nprint f({arguments})").ToString();

    private string Arguments(string kind, SuiteRandom random)
    {
        int size = 10 * options.Difficulty;
        return kind switch
        {
            "primes" => Invariant($"{random.Range(5, 5 + size)}"),
            "fibonacci" => Invariant($"{random.Range(3, 3 + size)},{random.Range(3, 97)}"),
            "substrings" => $"\"{Letters(random, random.Range(4, 2 + size))}\",\"{Letters(random, random.Range(1, 2))}\"",
            "sort" => Sort(random, random.Range(3, 2 + (2 * options.Difficulty))),
            _ => List(random, random.Range(2, 1 + options.Difficulty), 6),
        };
    }

    private static string Sort(SuiteRandom random, int count) => Invariant($"{List(random, count, 1)},{random.Int(count)}");

    private static string List(SuiteRandom random, int count, int factor) => $"[{string.Join(',', Enumerable.Range(0, count).Select(_ => Invariant($"{factor * random.Range(1, 16)}")))}]";

    private static string Letters(SuiteRandom random, int count) => string.Concat(Enumerable.Range(0, count).Select(_ => random.Pick("ab")));
}
