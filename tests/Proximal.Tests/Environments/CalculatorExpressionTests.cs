using Proximal.Environments;

namespace Proximal.Tests.Environments;

public sealed class CalculatorExpressionTests
{
    [Theory]
    [InlineData("12*7", "84")]
    [InlineData("1+2*3", "7")]
    [InlineData("(1+2)*3", "9")]
    [InlineData(" 7 - 10 ", "-3")]
    [InlineData("7/2", "7/2")]
    [InlineData("1/3+1/6", "1/2")]
    [InlineData("6/3", "2")]
    [InlineData("8-3-2", "3")]
    [InlineData("24/4/3", "2")]
    [InlineData("17%5", "2")]
    [InlineData("-7%3", "2")]
    [InlineData("7%-3", "-2")]
    [InlineData("6%3", "0")]
    [InlineData("2^10", "1024")]
    [InlineData("2^3^2", "512")]
    [InlineData("-2^2", "-4")]
    [InlineData("(-2)^3", "-8")]
    [InlineData("2^-2", "1/4")]
    [InlineData("(2/3)^2", "4/9")]
    [InlineData("1^999999999999", "1")]
    [InlineData("0^0", "1")]
    [InlineData("--3", "3")]
    [InlineData("+3", "3")]
    [InlineData("999999999999", "999999999999")]
    [InlineData("((((((((((1))))))))))", "1")]
    public void Values_are_exact(string expression, string value) => Assert.Equal(value, CalculatorExpression.Evaluate(expression));

    [Theory]
    [InlineData("", "err syntax")]
    [InlineData("1+", "err syntax")]
    [InlineData("1 2", "err syntax")]
    [InlineData("(1", "err syntax")]
    [InlineData("1)", "err syntax")]
    [InlineData("two", "err syntax")]
    [InlineData("1.5", "err syntax")]
    [InlineData("5/0", "err div0")]
    [InlineData("5%0", "err div0")]
    [InlineData("0^-1", "err div0")]
    [InlineData("1/(2-2)", "err div0")]
    [InlineData("1000000000000", "err range")]
    [InlineData("999999999999+1", "err range")]
    [InlineData("1000000*1000000", "err range")]
    [InlineData("2^40", "err range")]
    [InlineData("9^999999999999", "err range")]
    [InlineData("2^(1/2)", "err range")]
    [InlineData("1/2%3", "err range")]
    public void What_cannot_be_computed_is_an_error(string expression, string error) => Assert.Equal(error, CalculatorExpression.Evaluate(expression));

    [Fact]
    public void A_text_of_more_than_64_characters_is_out_of_range()
    {
        Assert.Equal("1", CalculatorExpression.Evaluate(new string(' ', 63) + "1"));
        Assert.Equal("err range", CalculatorExpression.Evaluate(new string(' ', 64) + "1"));
    }

    [Fact]
    public void Any_text_is_answered()
    {
        const string Alphabet = "0123456789+-*/%^() x";
        Tensors.Random.RandomStream random = new(1, Tensors.Random.RandomPurpose.User);
        for (int i = 0; i < 20_000; i++)
        {
            int start = i * 40;
            string text = string.Concat(Enumerable.Range(0, random.Integer(start, 30)).Select(k => Alphabet[random.Integer(start + 1 + k, Alphabet.Length)]));
            Assert.InRange(CalculatorExpression.Evaluate(text).Length, 1, 26);
        }
    }
}
