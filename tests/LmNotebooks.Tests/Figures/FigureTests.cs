using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using LmNotebooks.Charts;
using LmNotebooks.Figures;
using LmNotebooks.Tests.Charts;
using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Tests.Figures;

public class FigureTests
{
    public static TheoryData<string> Kinds => [.. Samples.All.Keys];

    [Fact]
    public void A_kernel_shows_a_figure_as_a_chart_a_picture_and_a_line_of_text()
    {
        string[] bundle = ["application/vnd.plotly.v1+json", "image/svg+xml", "text/plain"];
        Assert.Equal(bundle, Formatter.GetPreferredMimeTypesFor(typeof(Figure)));
        Assert.Equal(PlotlyRenderer.ToJson(Samples.Loss), Samples.Loss.ToDisplayString(bundle[0]));
        Assert.Equal(SvgRenderer.ToSvg(Samples.Loss), Samples.Loss.ToDisplayString(bundle[1]));
        Assert.Equal(Samples.Loss.Caption, Samples.Loss.ToDisplayString(bundle[2]));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void The_chart_is_small_and_carries_neither_a_template_nor_an_address(string kind)
    {
        var json = PlotlyRenderer.ToJson(Samples.All[kind]);
        Assert.InRange(Encoding.UTF8.GetByteCount(json), 500, 15_000);
        Assert.DoesNotContain("\"template\"", json);
        Assert.DoesNotContain("http", json);
        using var chart = JsonDocument.Parse(json);
        Assert.Equal(["data", "layout", "config"], chart.RootElement.EnumerateObject().Select(p => p.Name));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void The_picture_is_one_scalable_element_named_by_its_caption(string kind)
    {
        var figure = Samples.All[kind];
        var svg = XElement.Parse(SvgRenderer.ToSvg(figure));
        Assert.Equal("img", svg.Attribute("role")?.Value);
        Assert.Equal(figure.Caption, svg.Attribute("aria-label")?.Value);
        Assert.Equal(figure.Caption, svg.Element(svg.Name.Namespace + "title")?.Value);
        Assert.NotNull(svg.Attribute("viewBox"));
        Assert.DoesNotContain("http", SvgRenderer.ToSvg(figure).Replace("http://www.w3.org/2000/svg", ""));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void The_same_figure_is_drawn_in_the_same_bytes_whatever_the_culture(string kind)
    {
        var before = (PlotlyRenderer.ToJson(Samples.All[kind]), SvgRenderer.ToSvg(Samples.All[kind]));
        var culture = Thread.CurrentThread.CurrentCulture;
        Thread.CurrentThread.CurrentCulture = new System.Globalization.CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
        try
        {
            Assert.Equal(before, (PlotlyRenderer.ToJson(Samples.All[kind]), SvgRenderer.ToSvg(Samples.All[kind])));
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Two_pictures_in_one_page_share_no_id()
    {
        var ids = Samples.All.Values.SelectMany(f => XElement.Parse(SvgRenderer.ToSvg(f)).DescendantsAndSelf().Attributes("id")).Select(a => a.Value).ToList();
        Assert.NotEmpty(ids);
        Assert.Distinct(ids);
    }

    [Fact]
    public void Text_from_outside_is_escaped()
    {
        var figure = NextWordBars.Of(["<b>", "&"], [0.5, 0.1], [0.4, 0.2], "\"</svg>");
        Assert.Contains("</svg>", XElement.Parse(SvgRenderer.ToSvg(figure)).Attribute("aria-label")!.Value);
    }
}
