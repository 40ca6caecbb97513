using Proximal.Cli.Terminals;

namespace Proximal.Cli.Tests;

public class SafeTextTests
{
    [Theory]
    [InlineData("plain, größer → 数字 😀", "plain, größer → 数字 😀")]
    [InlineData("\e]0;title\a", @"\u{1b}]0;title\u{7}")]
    [InlineData("a\r\nb\tc", @"a\r\nb\tc")]
    [InlineData("\u009b31m\u007f", @"\u{9b}31m\u{7f}")]
    [InlineData("x\u202ey\u2066z\u200b\ufeff\u2028", @"x\u{202e}y\u{2066}z\u{200b}\u{feff}\u{2028}")]
    public void Nothing_that_steers_a_terminal_comes_through(string text, string safe) => Assert.Equal(safe, SafeText.OneLine(text));

    [Fact]
    public void Half_a_character_becomes_a_replacement() => Assert.Equal("\ufffd!", SafeText.OneLine("\ud800!"));

    [Fact]
    public void Text_of_several_lines_keeps_line_breaks_and_tabs_only() => Assert.Equal("a\n\tb\\u{1b}\\r", SafeText.Lines("a\n\tb\e\r"));

    [Fact]
    public void Long_text_is_cut_to_the_width() => Assert.Equal("abcdefghi…", SafeText.Shorten("abcdefghijklmnopqrstuvwxyz", 10));

    [Fact]
    public void Long_paths_keep_their_end() => Assert.Equal("…rstuvwxyz", SafeText.ShortenStart("abcdefghijklmnopqrstuvwxyz", 10));
}
