using Proximal.Tasks.Verification;

namespace Proximal.Tests.Tasks;

public sealed class MathEqualityTests
{
    [Theory]
    [InlineData("1,234.50", "1234.5", true)]
    [InlineData("$5.00", "5", true)]
    [InlineData("3/4", "0.75", true)]
    [InlineData("\\frac{3}{4}", "6/8", true)]
    [InlineData("-\\dfrac{1}{2}", "-0.5", true)]
    [InlineData("50%", "0.5", true)]
    [InlineData("50%", "50", true)]
    [InlineData("50\\%", "50%", true)]
    [InlineData("50%", "0.5%", false)]
    [InlineData("0.333", "1/3", false)]
    [InlineData("70000", "70,000.", true)]
    [InlineData("-7", "7", false)]
    [InlineData("x + 1", "x+1", true)]
    [InlineData("", "", false)]
    [InlineData("1/0", "1/0", true)]
    [InlineData(".5", "1/2", true)]
    public void Numbers_are_compared_by_value(string left, string right, bool expected)
    {
        Assert.Equal(expected, MathEquality.AreEqual(left, right));
        Assert.Equal(expected, MathEquality.AreEqual(right, left));
    }

    [Theory]
    [InlineData("so it is 5.\n#### 72", "72")]
    [InlineData("#### 1\nthen #### 2 \nend", "2")]
    [InlineData("thus \\boxed{\\frac{1}{2}} holds", "\\frac{1}{2}")]
    [InlineData("she has 3 apples and 1,250.5 pears.", "1,250.5")]
    [InlineData("about 50% of it", "50%")]
    [InlineData("it is -4", "-4")]
    [InlineData("7-4", "4")]
    [InlineData("no digits", null)]
    [InlineData("####", null)]
    [InlineData("\\boxed{never closed", null)]
    public void Final_answer_is_the_last_marked_one_or_the_last_number(string text, string? expected) => Assert.Equal(expected, FinalAnswer.Extract(text));

    [Fact]
    public void Long_digit_strings_are_not_read_as_numbers() => Assert.False(MathEquality.AreEqual(new string('9', 100_000), "9"));
}
