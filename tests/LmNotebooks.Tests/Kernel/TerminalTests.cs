using System.Net;
using System.Text.RegularExpressions;
using FsCheck.Xunit;
using LmNotebooks.Kernel.Notebooks;

namespace LmNotebooks.Tests.Kernel;

/// <summary>Text outputs of a page are what a terminal shows in the end.</summary>
public partial class TerminalTests
{
    [Theory]
    [InlineData("plain\n", "plain\n")]
    [InlineData("a\r\nb\r\n", "a\nb\n")]
    [InlineData("loss 3\rloss 2\rloss 1\nend", "loss 1\nend")]
    [InlineData("a longer line\rshort", "shortger line")]
    [InlineData("a longer line\r\e[Kshort", "short")]
    [InlineData("50%|#####     |\r100%|##########|\n", "100%|##########|\n")]
    [InlineData(" 50%\b\b\b\b100% done", "100% done")]
    [InlineData("ab\b", "ab")]
    [InlineData("\b\b\bab", "ab")]
    [InlineData("bold\e(B\e[m text", "bold text")]
    [InlineData("a\0b\a\u000ec\u0085\u009b", "abc")]
    [InlineData("\e]8;;https://example.org\e\\a link\e]8;;\e\\", "a link")]
    [InlineData("\e]0;window title\atext", "text")]
    [InlineData("\e[?25lhidden cursor\e[?25h\e=", "hidden cursor")]
    [InlineData("one\ntwo\n\e[2Afirst\e[K\n", "first\ntwo\n")]
    [InlineData("outer 1\ninner 1\e[A\router 2\ninner 2\n", "outer 2\ninner 2\n")]
    [InlineData("a\nb\nc\e[2J\e[Hd", "d")]
    [InlineData("a\nb\e[1A\e[J", "a")]
    [InlineData("abc\e[2D-\e[3G+", "a-+")]
    [InlineData("a\e[2Cb", "a  b")]
    [InlineData("a\tb\rc", "c\tb")]
    [InlineData("\e[", "[")]
    [InlineData("\e]never ended", "]never ended")]
    [InlineData("é 日 😀\rx", "x 日 😀")]
    [InlineData("<b>&", "&lt;b&gt;&amp;")]
    public void It_shows(string written, string shown) =>
        Assert.Equal(shown, Numeric().Replace(Terminal.ToHtml(written), m => WebUtility.HtmlDecode(m.Value)));

    [Theory]
    [InlineData("\e[31mred\e[0m", "<span class=\"red\">red</span>")]
    [InlineData("\e[1;92mgood\e[22m plain\e[39m",
        "<span class=\"green bold\">good</span><span class=\"green\"> plain</span>")]
    [InlineData("\e[38;5;196mred\e[38;2;10;20;250mblue\e[38;5;240mgrey",
        "<span class=\"red\">red</span><span class=\"blue\">blue</span>grey")]
    [InlineData("\e[48;5;1mground\e[41;4;7m", "ground")]
    [InlineData("\e[38mno colour\e[38;5m\e[38;2;1m", "no colour")]
    [InlineData("\e[31mred\nstill red\e[m", "<span class=\"red\">red</span>\n<span class=\"red\">still red</span>")]
    public void Colours_are_spans(string written, string html) => Assert.Equal(html, Terminal.ToHtml(written));

    [Fact]
    public void Jumps_do_not_make_a_page_of_blanks() =>
        Assert.InRange(Terminal.ToHtml("\e[999999999Cx\e[999999999By\e[999999999;999999999Hz").Length, 3, 5000);

    [Property]
    public void No_control_character_is_left_but_line_breaks_and_tabs(string[] texts, byte[] choices)
    {
        string[] special = ["\e", "\e[", "\e[3", "\e]", "\b", "\r", "\n", "\t", "\0", "\u009b", "\ud800", "\e[A",
            "\e[2J", "\e[31m", "\e(", "K", ";"];
        var written = string.Concat(choices.Select((c, i) =>
            special[c % special.Length] + (texts.ElementAtOrDefault(i) ?? "")));
        Assert.DoesNotContain(WebUtility.HtmlDecode(Terminal.ToHtml(written)), c => char.IsControl(c)
            && c is not ('\n' or '\t'));
    }

    [GeneratedRegex("&#\\d+;")]
    private static partial Regex Numeric();
}
