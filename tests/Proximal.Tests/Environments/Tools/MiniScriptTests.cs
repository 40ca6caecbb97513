using Proximal.Environments.Tools.Scripting;

namespace Proximal.Tests.Environments.Tools;

public sealed class MiniScriptTests
{
    [Theory]
    [InlineData("print 1+2*3-4", "3")]
    [InlineData("print 7/2, -7/2, 7%3, -7%3, 7%-3", "3 -4 1 2 -2")]
    [InlineData("print (1+2)*3 print -(-3)", "9 3")]
    [InlineData("print 1<2, 2<=1, 1==1, \"a\"<\"b\", [1,2]==[1,2], 1==\"1\", 1!=2, 2>1, 1>=2", "true false true true true false true true false")]
    [InlineData("print true and not false, false or false, not 1==2", "true false true")]
    [InlineData("print false and 1/0==0, true or 1/0==0", "false true")]
    [InlineData("let x = 1; x = x + 1\nprint x", "2")]
    [InlineData("if 1<2 { print \"y\" } else { print \"n\" }", "y")]
    [InlineData("let x=3 if x==1 { print 1 } else if x==3 { print 3 } else { print 0 }", "3")]
    [InlineData("let i=0 while i<3 { print i i=i+1 }", "0 1 2")]
    [InlineData("for i in 2..5 { print i i=9 }", "2 3 4")]
    [InlineData("for i in 5..2 { print i }", "")]
    [InlineData("let s=0 for i in 1..101 { s=s+i } print s", "5050")]
    [InlineData("def f(x,y){ return x*y } print f(6,7)", "42")]
    [InlineData("def fib(n){ if n<2 { return n } return fib(n-1)+fib(n-2) } print fib(12)", "144")]
    [InlineData("print later(2) def later(x){ return x+g } let g=1", "err name 1")]
    [InlineData("let g=1 def f(){ g=g+1 } f() f() print g", "3")]
    [InlineData("let x=1 def f(x){ x=5 return x } print f(2), x", "5 1")]
    [InlineData("let x=[1,[2,3],\"a\",true] print x, x[1][0], len(x), len(\"abc\"), \"abc\"[2]", "[1,[2,3],a,true] 2 4 3 c")]
    [InlineData("let x=[1] let y=append(x,2) y[0]=7 print x, y", "[1] [7,2]")]
    [InlineData("print range(4), range(2,4), range(3,1), min(3,1,2), max([4,9]), sum(range(5)), sum([])", "[0,1,2,3] [2,3] [] 1 9 10 0")]
    [InlineData("print \"a\"+\"b\"", "ab")]
    [InlineData("", "")]
    [InlineData("1+1", "")]
    public void Programs_print_what_they_compute(string program, string output) => Assert.Equal(output, MiniScript.Run(program).ToString());

    [Theory]
    [InlineData("while true { }", "err steps 1")]
    [InlineData("let x=0\nwhile true { x=x+1 }", "err steps 2")]
    [InlineData("for i in 0..9223372036854775807 { }", "err steps 1")]
    [InlineData("def f(){ f() }\nf()", "err depth 1")]
    [InlineData("let x=1\nfor i in 0..63 { x=x*2 }\nprint x", "err overflow 2")]
    [InlineData("print 9223372036854775808", "err overflow 1")]
    [InlineData("print 9223372036854775807+1", "err overflow 1")]
    [InlineData("print 0-9223372036854775807-2", "err overflow 1")]
    [InlineData("print (0-9223372036854775807-1)/-1", "err overflow 1")]
    [InlineData("print -(0-9223372036854775807-1)", "err overflow 1")]
    [InlineData("print sum([9223372036854775807,1])", "err overflow 1")]
    [InlineData("print 1/0", "err div0 1")]
    [InlineData("print 1%0", "err div0 1")]
    [InlineData("print\n1+", "err syntax 1")]
    [InlineData("let x", "err syntax 1")]
    [InlineData("{", "err syntax 1")]
    [InlineData("print 1 }", "err syntax 1")]
    [InlineData("print \"a", "err syntax 1")]
    [InlineData("print #", "err syntax 1")]
    [InlineData("return 1", "err syntax 1")]
    [InlineData("def f(){ def g(){ } }", "err syntax 1")]
    [InlineData("print x", "err name 1")]
    [InlineData("print f(1)", "err name 1")]
    [InlineData("def f(){ } def f(){ }", "err name 1")]
    [InlineData("def len(x){ }", "err name 1")]
    [InlineData("def f(a,a){ }", "err name 1")]
    [InlineData("def f(a){ } f()", "err arguments 1")]
    [InlineData("print min([])", "err arguments 1")]
    [InlineData("print 1+true", "err type 1")]
    [InlineData("if 1 { }", "err type 1")]
    [InlineData("print 1 and true", "err type 1")]
    [InlineData("print true and 1", "err type 1")]
    [InlineData("print [1]<[2]", "err type 1")]
    [InlineData("def f(){ } print f()", "err type 1")]
    [InlineData("print [1,2][2]", "err index 1")]
    [InlineData("print [1,2][-1]", "err index 1")]
    [InlineData("let x=[1] x[1]=2", "err index 1")]
    [InlineData("let x=range(4096)", "err cells 1")]
    [InlineData("let x=range(0-9223372036854775807,9223372036854775807)", "err cells 1")]
    [InlineData("let x=[] while true { x=append(x,range(1000)) }", "err cells 1")]
    [InlineData("let x=\"ab\" while true { x=x+x }", "err cells 1")]
    [InlineData("let x=[] while true { x=[x] }", "err depth 1")]
    [InlineData("let x=[1] for i in 0..40 { x=[x,x] } print x", "err output 1")]
    [InlineData("let x=[1] let y=[1] for i in 0..40 { x=[x,x] y=[y,y] } print x==y", "err steps 1")]
    [InlineData("while true { print 1 }", "err output 1")]
    [InlineData("let x=\"a\" for i in 0..12 { x=x+x } print x", "err output 1")]
    public void Errors_tell_kind_and_line(string program, string error) => Assert.Equal(error, MiniScript.Run(program).ToString());

    [Fact]
    public void Dropped_lists_give_their_cells_back()
    {
        Assert.Equal("done", MiniScript.Run("for i in 0..100 { let x=range(1000) } print \"done\"").Output);
        Assert.Equal("err cells 1", MiniScript.Run("let x=range(2000) let y=range(2000) let z=range(2000)").ToString());
    }

    [Fact]
    public void Depth_of_nesting_is_limited_whatever_nests()
    {
        foreach ((string open, string close) in new[] { ("(", ")"), ("[", "]"), ("-", ""), ("len(", ")"), ("not ", "") })
        {
            string program = "print " + string.Concat(Enumerable.Repeat(open, 500)) + "1" + string.Concat(Enumerable.Repeat(close, 500));
            Assert.Equal("err depth 1", MiniScript.Run(program).ToString());
        }

        Assert.Equal("err depth 1", MiniScript.Run(string.Concat(Enumerable.Repeat("if true {", 100)) + string.Concat(Enumerable.Repeat("}", 100))).ToString());
        Assert.Equal("err depth 1", MiniScript.Run("if true {} " + string.Concat(Enumerable.Repeat("else if true {} ", 100))).ToString());
        Assert.Equal("err syntax 1", MiniScript.Run(new string(' ', MiniScript.MaximumCharacters + 1)).ToString());
    }

    [Fact]
    public void Any_text_ends_soon_with_the_same_result()
    {
        string[] words = ["let ", "x", "=", "1", "+", "(", ")", "[", "]", "{", "}", "if ", "while ", "for ", "in ", "..", "print ", "def ", "f", ",", "return ", "true", "\n", "not ", "\"a\"", "append", "<", "%", "0"];
        Random random = new(5);
        for (int i = 0; i < 20_000; i++)
        {
            string program = string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => words[random.Next(words.Length)]));
            ScriptResult result = MiniScript.Run(program);
            Assert.InRange(result.Steps, 0, MiniScript.MaximumSteps + 1);
            Assert.Equal(result, MiniScript.Run(program));
        }
    }
}
