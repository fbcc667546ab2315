using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using LmNotebooks.Kernel.Formulas;

namespace LmNotebooks.Tests.Kernel;

public class TexToMathMlTests
{
    [Theory]
    [InlineData("x", "<mi>x</mi>")]
    [InlineData("x^2", "<msup><mi>x</mi><mn>2</mn></msup>")]
    [InlineData("x^12", "<mrow><msup><mi>x</mi><mn>1</mn></msup><mn>2</mn></mrow>")]
    [InlineData("x_{ij}", "<msub><mi>x</mi><mrow><mi>i</mi><mi>j</mi></mrow></msub>")]
    [InlineData("x_i^2", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>")]
    [InlineData("x^2_i", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>")]
    [InlineData("f'", "<mrow><mi>f</mi><mo lspace=\"0em\" rspace=\"0em\">′</mo></mrow>")]
    [InlineData("f''", "<mrow><mi>f</mi><mo lspace=\"0em\" rspace=\"0em\">″</mo></mrow>")]
    [InlineData("f'^2", "<msup><mrow><mi>f</mi><mo lspace=\"0em\" rspace=\"0em\">′</mo></mrow><mn>2</mn></msup>")]
    [InlineData(@"f^\prime_i",
        "<msub><mrow><mi>f</mi><mo lspace=\"0em\" rspace=\"0em\">′</mo></mrow><mi>i</mi></msub>")]
    [InlineData(@"x \nonumber", "<mi>x</mi>")]
    [InlineData(@"\label{a} x", "<mi>x</mi>")]
    [InlineData("f^2'", "<msup><mi>f</mi><mrow><mn>2</mn><mo lspace=\"0em\" rspace=\"0em\">′</mo></mrow></msup>")]
    [InlineData("=:", "<mrow><mo rspace=\"0em\">=</mo><mo lspace=\"0em\">:</mo></mrow>")]
    [InlineData(@"\perp\!\perp",
        "<mrow><mo rspace=\"0em\">⊥</mo><mspace style=\"margin-left:-0.17em\"/><mo lspace=\"0em\">⊥</mo></mrow>")]
    [InlineData("{}_a x", "<mrow><msub><mrow></mrow><mi>a</mi></msub><mi>x</mi></mrow>")]
    [InlineData("3.14", "<mn>3.14</mn>")]
    [InlineData("a<b", "<mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow>")]
    [InlineData("a-b", "<mrow><mi>a</mi><mo>−</mo><mi>b</mi></mrow>")]
    [InlineData("{a}-b", "<mrow><mi>a</mi><mo>−</mo><mi>b</mi></mrow>")]
    [InlineData("=-b", "<mrow><mo>=</mo><mo form=\"prefix\">−</mo><mi>b</mi></mrow>")]
    [InlineData("1{,}5", "<mrow><mn>1</mn><mo lspace=\"0em\" rspace=\"0em\">,</mo><mn>5</mn></mrow>")]
    [InlineData("a % comment\n b", "<mrow><mi>a</mi><mi>b</mi></mrow>")]
    [InlineData(@"\frac{1}{2}", "<mfrac><mn>1</mn><mn>2</mn></mfrac>")]
    [InlineData(@"\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>")]
    [InlineData(@"{a \over b}", "<mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac>")]
    [InlineData(@"\sqrt[3]x", "<mroot><mi>x</mi><mn>3</mn></mroot>")]
    [InlineData(@"\log x", "<mrow><mi>log</mi><mspace width=\"0.17em\"/><mi>x</mi></mrow>")]
    [InlineData(@"p\log x",
        "<mrow><mi>p</mi><mspace width=\"0.17em\"/><mi>log</mi><mspace width=\"0.17em\"/><mi>x</mi></mrow>")]
    [InlineData(@"=\log x", "<mrow><mo>=</mo><mi>log</mi><mspace width=\"0.17em\"/><mi>x</mi></mrow>")]
    [InlineData(@"\cdot\log x", "<mrow><mo>⋅</mo><mi>log</mi><mspace width=\"0.17em\"/><mi>x</mi></mrow>")]
    [InlineData(@"\mathbb{E}", "<mi>𝔼</mi>")]
    [InlineData(@"\mathbb R", "<mi>ℝ</mi>")]
    [InlineData(@"\mathbb{1}", "<mn>𝟙</mn>")]
    [InlineData(@"\mathbf{x}", "<mi>𝐱</mi>")]
    [InlineData(@"\mathbf{XY}", "<mi>𝐗𝐘</mi>")]
    [InlineData(@"\mathbf{0}", "<mn>𝟎</mn>")]
    [InlineData(@"\mathbf{\Sigma}", "<mi>𝚺</mi>")]
    [InlineData(@"\boldsymbol{\theta}", "<mi>𝜽</mi>")]
    [InlineData(@"\boldsymbol\epsilon", "<mi>𝝐</mi>")]
    [InlineData(@"\bm{w}", "<mi>𝒘</mi>")]
    [InlineData(@"\boldsymbol{\mathcal{L}}", "<mi>𝓛</mi>")]
    [InlineData(@"\mathit{h}", "<mi>ℎ</mi>")]
    [InlineData(@"\mathsf{T}", "<mi>𝖳</mi>")]
    [InlineData(@"\mathfrak{g}", "<mi>𝔤</mi>")]
    [InlineData(@"\mathcal{e}", "<mi>ℯ</mi>")]
    [InlineData(@"\mathtt{a1}", "<mrow><mi>𝚊</mi><mn>𝟷</mn></mrow>")]
    [InlineData(@"\mathrm{d}x", "<mrow><mi mathvariant=\"normal\">d</mi><mi>x</mi></mrow>")]
    [InlineData(@"{\bf w}x", "<mrow><mi>𝐰</mi><mi>x</mi></mrow>")]
    [InlineData(@"\Gamma", "<mi mathvariant=\"normal\">Γ</mi>")]
    [InlineData(@"\text{if true}", "<mtext>if\u00a0true</mtext>")]
    [InlineData(@"\text{one {two} three}", "<mtext>one\u00a0two\u00a0three</mtext>")]
    [InlineData(@"\text{if $x$ is 5\%}",
        "<mrow><mtext>if\u00a0</mtext><mi>x</mi><mtext>\u00a0is\u00a05%</mtext></mrow>")]
    [InlineData(@"\textbf{a \textit{b}}",
        "<mrow><mtext class=\"bf\">a\u00a0</mtext><mtext class=\"it\">b</mtext></mrow>")]
    [InlineData(@"\theta", "<mi>θ</mi>")]
    [InlineData(@"\not= \not\in", "<mrow><mo rspace=\"0em\">≠</mo><mo lspace=\"0em\">∉</mo></mrow>")]
    [InlineData(@"\phantom{x}", "<mphantom><mi>x</mi></mphantom>")]
    [InlineData(@"\textcolor{red}{x}", "<mstyle mathcolor=\"red\"><mi>x</mi></mstyle>")]
    [InlineData(@"\color[rgb]{1,0,0} x", "<mrow><mstyle mathcolor=\"#ff0000\"><mi>x</mi></mstyle></mrow>")]
    [InlineData(@"\verb|\x{|", "<mtext class=\"tt\">\\x{</mtext>")]
    [InlineData(@"\hspace{18mu}", "<mspace width=\"1em\"/>")]
    [InlineData(@"\xrightarrow{d}",
        "<mrow><mspace width=\"0.28em\"/><mover><mo stretchy=\"true\" lspace=\"0em\" "
        + "rspace=\"0em\">→</mo><mrow><mspace width=\"0.5em\"/><mi>d</mi><mspace "
        + "width=\"0.5em\"/></mrow></mover><mspace width=\"0.28em\"/></mrow>")]
    [InlineData("α ≤ β", "<mrow><mi>α</mi><mo>≤</mo><mi>β</mi></mrow>")]
    public void A_formula_becomes_the_markup_that_means_the_same(string tex, string expected)
    {
        var formula = Convert(tex);
        Assert.Null(formula.Problem);
        Assert.Equal($"<math>{expected}</math>", formula.Html);
    }

    [Theory]
    [InlineData(@"\sum_i", "<munder><mo movablelimits=\"true\">∑</mo><mi>i</mi></munder>")]
    [InlineData(@"\sum\limits_i", "<munder><mo movablelimits=\"false\">∑</mo><mi>i</mi></munder>")]
    [InlineData(@"\sum\nolimits_i", "<msub><mo movablelimits=\"false\">∑</mo><mi>i</mi></msub>")]
    [InlineData(@"\int_0^1", "<msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup>")]
    [InlineData(@"\operatorname*{arg\,max}_w",
        "<munder><mo movablelimits=\"true\" lspace=\"0em\" rspace=\"0em\">arg\u2009max</mo><mi>w</mi></munder>")]
    [InlineData(@"\mathop{\mathrm{argmin}}_w",
        "<munder><mo movablelimits=\"true\" lspace=\"0em\" rspace=\"0em\">argmin</mo><mi>w</mi></munder>")]
    [InlineData(@"\underset{x}{\max}",
        "<munder><mo movablelimits=\"false\" lspace=\"0em\" rspace=\"0em\">max</mo><mi>x</mi></munder>")]
    public void Limits_stand_where_TeX_puts_them(string tex, string expected) =>
        Assert.Equal($"<math>{expected}</math>", Convert(tex).Html);

    [Theory]
    [InlineData(@"\begin{matrix} a & b \\ c & d \end{matrix}",
        "<mtable class=\"matrix\"><mtr><mtd class=\"c\"><mi>a</mi></mtd><mtd "
            + "class=\"c\"><mi>b</mi></mtd></mtr><mtr><mtd class=\"c\"><mi>c</mi></mtd><mtd "
            + "class=\"c\"><mi>d</mi></mtd></mtr></mtable>")]
    [InlineData(@"\begin{aligned} a &= b \\[2pt] &- c \\ \end{aligned}",
        "<mtable class=\"aligned\" displaystyle=\"true\"><mtr><mtd class=\"r\"><mi>a</mi></mtd><mtd "
            + "class=\"l\"><mrow><mo>=</mo><mi>b</mi></mrow></mtd></mtr><mtr><mtd class=\"r\"></mtd><mtd "
            + "class=\"l\"><mrow><mo form=\"infix\">−</mo><mi>c</mi></mrow></mtd></mtr></mtable>")]
    [InlineData(@"\begin{array}{r|c} a & b \\ \hline c & d \end{array}",
        "<mtable class=\"matrix\"><mtr><mtd class=\"r\"><mi>a</mi></mtd><mtd class=\"c "
            + "bar\"><mi>b</mi></mtd></mtr><mtr class=\"line\"><mtd class=\"r\"><mi>c</mi></mtd><mtd class=\"c "
            + "bar\"><mi>d</mi></mtd></mtr></mtable>")]
    [InlineData(@"a \\ b",
        "<mtable class=\"lines\" "
        + "displaystyle=\"true\"><mtr><mtd><mi>a</mi></mtd></mtr><mtr><mtd><mi>b</mi></mtd></mtr></mtable>")]
    public void An_environment_becomes_a_table(string tex, string expected) =>
        Assert.Equal($"<math>{expected}</math>", Convert(tex).Html);

    [Fact]
    public void A_macro_is_known_to_the_formulas_after_it()
    {
        var page = new TexToMathMl();
        page.Convert(@"\newcommand{\E}[2][p]{\mathbb{E}_{#1}#2} \def\half#1{\frac#1 2} \DeclareMathOperator*{\am}{am} \let\to\rightarrow", display: false);
        Assert.Equal("<math><mrow><msub><mi>𝔼</mi><mi>p</mi></msub><mi>x</mi></mrow></math>",
            page.Convert(@"\E{x}", display: false).Html);
        Assert.Equal("<math><mrow><msub><mi>𝔼</mi><mi>q</mi></msub><mi>x</mi></mrow></math>",
            page.Convert(@"\E[q]x", display: false).Html);
        Assert.Equal("<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>", page.Convert(@"\half1", display: false).Html);
        Assert.StartsWith("<math><munder><mo", page.Convert(@"\am_x", display: false).Html);
        Assert.NotNull(Convert(@"\E{x}").Problem);
    }

    [Theory]
    [InlineData(@"\foo x", @"\foo")]
    [InlineData(@"\begin{tikzpicture} x \end{tikzpicture}", "tikzpicture")]
    [InlineData(@"\begin{matrix} x \end{pmatrix}", @"\end{pmatrix}")]
    [InlineData(@"\frac{1", "'}' is missing")]
    [InlineData("x}", "'}' has no partner")]
    [InlineData(@"\left( x", @"'\right' is missing")]
    [InlineData("x^", "argument is missing")]
    [InlineData(@"\verb𝔼x𝔼", @"the end of \verb is missing")]
    [InlineData(@"a \right)", @"'\right' has no partner")]
    [InlineData("x\\", "backslash")]
    [InlineData("a & b", "'&'")]
    [InlineData(@"\def\a{\a}\a", "macros do not end")]
    [InlineData(@"\def\a#1{\a{#1#1}}\a{xxxxxxxxxxxxxxxxxxxxxx}", "macros do not end")]
    public void What_cannot_be_drawn_is_shown_as_its_TeX_with_the_reason(string tex, string named)
    {
        var formula = Convert(tex);
        Assert.Contains(named, formula.Problem);
        Assert.Contains($"${tex.Trim()}$", formula.Problem);
        var shown = XElement.Parse(formula.Html);
        Assert.Equal(("code", "tex", $"${tex}$"), (shown.Name.LocalName, shown.Attribute("class")!.Value, shown.Value));
    }

    [Theory]
    [InlineData(@"\href{javascript:alert(1)}{x}")]
    [InlineData(@"\htmlStyle{background:url(http://x)}{x}")]
    [InlineData(@"\htmlData{a=""onclick""}{x}")]
    [InlineData(@"\class{"" onclick=""alert(1)}{x}")]
    [InlineData(@"\color{red"" onload=""alert(1)} x")]
    [InlineData(@"\text{<script>alert(1)</script>} x")]
    [InlineData(@"\operatorname{<b onclick=x>} x")]
    [InlineData(@"\verb|<img src=x onerror=y>| x")]
    [InlineData(@"\begin{array}{c"" onclick=""x} x \end{array}")]
    [InlineData(@"\unknown<script>"" x")]
    public void No_text_of_a_formula_becomes_an_element_or_an_attribute(string tex)
    {
        var root = XElement.Parse(Convert(tex).Html);
        Assert.Contains("x", root.Value);
        Assert.All(root.DescendantsAndSelf(), e =>
        {
            Assert.True(e.Name.LocalName is "math" or "code" || e.Name.LocalName[0] == 'm', e.Name.LocalName);
            Assert.DoesNotContain(e.Attributes(), a => a.Name.LocalName.StartsWith("on")
                || a.Name.LocalName is "href" or "src" or "style");
        });
    }

    [Theory]
    [InlineData("{", "")]
    [InlineData(@"\sqrt", "")]
    [InlineData(@"\left(", "")]
    [InlineData("x^", "")]
    [InlineData(@"\text{", "")]
    [InlineData(@"\text{\x", "")]
    [InlineData(@"\begin{matrix}", "")]
    [InlineData(@"\sqrt[", "")]
    [InlineData(@"\textcolor{red}", "")]
    [InlineData("{", "}")]
    [InlineData(@"\text{$", "$}")]
    [InlineData(@"\begin{aligned}", @"\end{aligned}")]
    public void Endless_nesting_is_refused_with_the_beginning_of_the_formula(string open, string close)
    {
        var tex = string.Concat(Enumerable.Repeat(open, 100_000)) + string.Concat(Enumerable.Repeat(close, 100_000));
        Assert.InRange(Convert(tex).Problem!.Length, 20, 250);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("x_1 ")]
    [InlineData(@"\displaystyle ")]
    [InlineData(@"\color{red}")]
    [InlineData("'")]
    [InlineData(@"x\\")]
    [InlineData(@"\mathbf{x}")]
    [InlineData(@"\text{$x$ a}")]
    [InlineData(@"\,")]
    [InlineData("1")]
    [InlineData("   ")]
    [InlineData("%\n")]
    public void A_formula_of_a_megabyte_is_drawn(string part)
    {
        var formula = Convert(string.Concat(Enumerable.Repeat(part, 1_000_000 / part.Length)));
        Assert.Null(formula.Problem);
        Assert.Equal("math", XDocument.Parse(formula.Html).Root!.Name.LocalName);
    }

    [Property(MaxTest = 500)]
    public void Any_text_becomes_well_formed_markup(string? text) => Check(text ?? "");

    [Property(MaxTest = 1000)]
    public Property Any_pieces_of_TeX_become_well_formed_markup() => Prop.ForAll(
        Gen.Elements(@"\frac", "{", "}", "[", "]", "^", "_", "&", @"\\", "x", "12", "'", "$", "#", "#1", "%", "\n",
            "~", "<", "\"",
            @"\left", @"\right", "(", "|", ".", "=", "-", @"\begin{aligned}", @"\end{aligned}", @"\begin{array}",
                "{l|r}", @"\end{array}",
            @"\text", @"\mathbf", @"\bf", @"\over", @"\not", @"\limits", @"\sum", @"\color", "{red}", @"\hline",
                @"\def", @"\newcommand",
            @"\a", @"\operatorname", "*", @"\tag", @"\sqrt", @"\verb", @"\hspace", "{1em}", @"\!", @"\big",
                @"\underset", @"\xrightarrow", @"\", "\ud800", "\0", "\ufdd0", "𝔼", "e\u0301").ArrayOf().ToArbitrary(),
        pieces => Check(string.Concat(pieces)));

    [Property(MaxTest = 300)]
    public Property Any_formula_of_known_pieces_is_drawn() =>
        Prop.ForAll(Gen.Sized(Formula).ToArbitrary(), tex => Assert.Null(Check(tex).Problem));

    private static Formula Convert(string tex) => new TexToMathMl().Convert(tex, display: false);

    /// <summary>The formula, which is well-formed, shows all of the TeX or is MathML, and is the same at every
    /// time.</summary>
    private static Formula Check(string tex)
    {
        var formula = Convert(tex);
        Assert.Equal(formula.Problem is null ? "math" : "code", XDocument.Parse(formula.Html).Root!.Name.LocalName);
        Assert.Equal(formula, Convert(tex));
        return formula;
    }

    private static Gen<string> Formula(int size)
    {
        var leaf = Gen.Elements("x", "2.5", @"\theta", @"\mathbb{E}", @"\ldots", @"\text{if }", "a+b", @"x \mid y",
            @"\log p", @"\mathbf{w}", @"\,");
        if (size < 4) return leaf;
        var part = Formula(size / 3);
        var shapes = Gen.Elements(@"\frac{{{0}}}{{{1}}}", "{0} {1}", "x_{{{0}}}^{{{1}}}", @"\left({0}\right]{1}",
            @"\sum_{{{0}}}{1}", @"\hat{{{0}}}'{1}",
            @"\begin{{cases}} {0} & {1} \\ {1} \end{{cases}}", @"\boldsymbol{{{0}}} - {1}", @"{{{0} \over {1}}}",
                @"\underbrace{{{0}}}_{{{1}}}", @"\text{{so ${0}$}}{1}");
        return Gen.OneOf(leaf, from a in part from b in part from shape in shapes
            select string.Format(System.Globalization.CultureInfo.InvariantCulture, shape, a, b));
    }
}
