using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using LmNotebooks.Kernel.Notebooks;

namespace LmNotebooks.Tests.Kernel;

public class TexToMathMlTests
{
    [Theory]
    [InlineData("x", "<mi>x</mi>")]
    [InlineData("x^2", "<msup><mi>x</mi><mrow><mn>2</mn></mrow></msup>")]
    [InlineData("x_{ij}", "<msub><mi>x</mi><mrow><mi>i</mi><mi>j</mi></mrow></msub>")]
    [InlineData("x_i^2", "<msubsup><mi>x</mi><mi>i</mi><mrow><mn>2</mn></mrow></msubsup>")]
    [InlineData("x^2_i", "<msubsup><mi>x</mi><mi>i</mi><mrow><mn>2</mn></mrow></msubsup>")]
    [InlineData("f'", "<msup><mi>f</mi><mrow><mo>′</mo></mrow></msup>")]
    [InlineData("3.14", "<mn>3.14</mn>")]
    [InlineData("a<b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>")]
    [InlineData("a-b", "<mi>a</mi><mo>−</mo><mi>b</mi>")]
    [InlineData("{a}-b", "<mrow><mi>a</mi></mrow><mo>−</mo><mi>b</mi>")]
    [InlineData("=-b", "<mo>=</mo><mo form=\"prefix\">−</mo><mi>b</mi>")]
    [InlineData(@"\frac{1}{2}", "<mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac>")]
    [InlineData(@"\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>")]
    [InlineData(@"\sqrt[3]x", "<mroot><mi>x</mi><mrow><mn>3</mn></mrow></mroot>")]
    [InlineData(@"\log x", "<mi>log</mi><mspace width=\"0.17em\"/><mi>x</mi>")]
    [InlineData(@"p\log x", "<mi>p</mi><mspace width=\"0.17em\"/><mi>log</mi><mspace width=\"0.17em\"/><mi>x</mi>")]
    [InlineData(@"=\log x", "<mo>=</mo><mi>log</mi><mspace width=\"0.17em\"/><mi>x</mi>")]
    [InlineData(@"\cdot\log x", "<mo>⋅</mo><mi>log</mi><mspace width=\"0.17em\"/><mi>x</mi>")]
    [InlineData(@"\log(x)", "<mi>log</mi><mo fence=\"true\" stretchy=\"false\">(</mo><mi>x</mi><mo fence=\"true\" stretchy=\"false\">)</mo>")]
    [InlineData(@"\mathbb{E}", "<mi>𝔼</mi>")]
    [InlineData(@"\mathbb{R}", "<mi>ℝ</mi>")]
    [InlineData(@"\text{if true}", "<mtext>if\u00a0true</mtext>")]
    [InlineData(@"\theta", "<mi>θ</mi>")]
    public void A_formula_becomes_the_markup_that_means_the_same(string tex, string expected) =>
        Assert.Equal($"<math><mrow>{expected}</mrow></math>", TexToMathMl.Convert(tex, display: false));

    [Theory]
    [InlineData(@"H = -\sum_{x \in V} p(x) \log p(x)")]
    [InlineData(@"\mathcal{L}(\theta) = -\frac{1}{T} \sum_{t=1}^{T} \ln p_\theta(x_t \mid x_{<t})")]
    [InlineData(@"\mathrm{KL}(p \,\|\, q) = \mathbb{E}_{x\sim p}\left[\log\frac{p(x)}{q(x)}\right] \ge 0")]
    [InlineData(@"\operatorname{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V")]
    [InlineData(@"\hat y = \operatorname*{x}", false)]
    [InlineData(@"\hat{y} = \argmax_y \bar{p}(y), \quad \lVert w \rVert_2 \le 1, \; \theta'' \approx \infty, \ldots, \cdots")]
    [InlineData(@"\prod_i \exp(-E_i) \propto \max\{a, b\} \cdot \min \lbrace c \rbrace \times 10^{-3} \ne x \to y")]
    public void The_formulas_of_language_modelling_are_well_formed(string tex, bool supported = true)
    {
        if (supported) Assert.Equal("math", XDocument.Parse(TexToMathMl.Convert(tex, display: true)).Root!.Name.LocalName);
        else Assert.Throws<FormatException>(() => TexToMathMl.Convert(tex, display: true));
    }

    [Theory]
    [InlineData(@"\foo x", @"\foo")]
    [InlineData(@"\frac{1", "'}' is missing")]
    [InlineData("x}", "'}' has no partner")]
    [InlineData(@"\left( x", @"'\right' is missing")]
    [InlineData("x^", "argument is missing")]
    [InlineData(@"a \right)", @"'\right' has no partner")]
    [InlineData("x\\", "backslash")]
    [InlineData("a & b", "'&'")]
    public void What_is_not_supported_is_refused_by_name(string tex, string named)
    {
        var error = Assert.Throws<FormatException>(() => TexToMathMl.Convert(tex, display: false));
        Assert.Contains(named, error.Message);
        Assert.Contains(tex.Trim(), error.Message);
    }

    [Theory]
    [InlineData("{")]
    [InlineData(@"\sqrt")]
    [InlineData(@"\left(")]
    [InlineData("x^")]
    public void Endless_nesting_is_refused_with_the_beginning_of_the_formula(string part)
    {
        var message = Assert.Throws<FormatException>(() => TexToMathMl.Convert(string.Concat(Enumerable.Repeat(part, 100_000)), display: true)).Message;
        Assert.InRange(message.Length, 20, 200);
    }

    [Property(MaxTest = 500)]
    public bool Any_text_is_either_well_formed_markup_or_refused(NonNull<string> text)
    {
        var tex = new string([.. text.Get.Where(c => !char.IsSurrogate(c) && !char.IsControl(c) && c < 0xFFFE)]);
        try { return XDocument.Parse(TexToMathMl.Convert(tex, display: false)) is not null; }
        catch (FormatException) { return true; }
    }

    [Property(MaxTest = 300)]
    public Property Any_formula_of_known_pieces_is_well_formed() => Prop.ForAll(Gen.Sized(Formula).ToArbitrary(), tex => { XDocument.Parse(TexToMathMl.Convert(tex, display: true)); });

    private static Gen<string> Formula(int size)
    {
        var leaf = Gen.Elements("x", "2.5", @"\theta", @"\mathbb{E}", @"\ldots", @"\text{if }", "a+b", @"x \mid y", @"\log p");
        if (size < 4) return leaf;
        var part = Formula(size / 3);
        return Gen.OneOf(leaf, from a in part from b in part from shape in Gen.Elements(@"\frac{{{0}}}{{{1}}}", "{0} {1}", "x_{{{0}}}^{{{1}}}", @"\left({0}\right]{1}", @"\sum_{{{0}}}{1}", @"\hat{{{0}}}'{1}")
            select string.Format(System.Globalization.CultureInfo.InvariantCulture, shape, a, b));
    }
}
