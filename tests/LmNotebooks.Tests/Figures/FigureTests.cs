using System.Net;
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
    public static TheoryData<string> Kinds => [.. Samples.Graphics.Keys];

    [Theory, InlineData("loss"), InlineData("fronts")]
    public void A_kernel_shows_a_figure_or_a_pair_as_a_chart_a_picture_and_a_line_of_text(string kind)
    {
        var graphic = Samples.Graphics[kind];
        string[] bundle = ["application/vnd.plotly.v1+json", "image/svg+xml", "text/plain"];
        Assert.Equal(bundle, Formatter.GetPreferredMimeTypesFor(graphic.GetType()));
        Assert.Equal(PlotlyRenderer.ToJson(graphic), Formatter.ToDisplayString(graphic, bundle[0]));
        Assert.Equal(SvgRenderer.ToSvg(graphic), Formatter.ToDisplayString(graphic, bundle[1]));
        Assert.Equal(graphic.Caption, Formatter.ToDisplayString(graphic, bundle[2]));
    }

    [Fact]
    public void The_figures_of_a_pair_stand_beside_each_other_over_one_y_axis_in_the_same_colours_and_one_legend()
    {
        Figure Of(string title, Axis x, params (string Name, double At)[] dots) =>
            new(title, x, new Axis("y"), [new Reference("zero", 0),
                .. dots.Select(d => new Dots(d.Name, [d.At], [d.At]))], "");
        var pair = new FigurePair(Of("first", new Axis("a"), ("one", 1), ("two", 2)),
            Of("second", new Axis("b", Log: true), ("three", 30), ("two", 2)));
        using var json = JsonDocument.Parse(PlotlyRenderer.ToJson(pair));
        var (layout, traces) = (json.RootElement.GetProperty("layout"), json.RootElement.GetProperty("data")
            .EnumerateArray().ToList());
        Assert.Equal([("one", "x", true), ("two", "x", true), ("three", "x2", true), ("two", "x2", false)],
            traces.Select(t => (t.GetProperty("name").GetString(),
            t.TryGetProperty("xaxis", out var axis) ? axis.GetString() : "x", t.GetProperty("showlegend")
                .GetBoolean())));
        var colours = traces.Select(t => t.GetProperty("marker").GetProperty("color").GetString()).ToList();
        Assert.Equal(colours[1], colours[3]);
        Assert.Distinct(colours.Take(3));
        Assert.True(Numbers(layout.GetProperty("xaxis").GetProperty("domain"))[1] < Numbers(layout.GetProperty("xaxis2")
            .GetProperty("domain"))[0]);
        // the left figure alone ends at 2
        Assert.True(Numbers(layout.GetProperty("yaxis").GetProperty("range"))[1] > 30);
        Assert.False(layout.TryGetProperty("yaxis2", out _));
        Assert.Equal(["zero", "first", "zero", "second"], layout.GetProperty("annotations").EnumerateArray()
            .Select(a => a.GetProperty("text").GetString()));
        var texts = XElement.Parse(SvgRenderer.ToSvg(pair)).Descendants().Where(e => e.Name.LocalName == "text")
            .Select(e => e.Value).ToList();
        Assert.All(["first", "second", "a", "b", "y", "one", "two", "three"], text => Assert.Single(texts, text));

        static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(v => v.GetDouble())];
    }

    [Fact]
    public void Bounds_are_arrow_heads_and_means_are_points_without_bars()
    {
        using var json = JsonDocument.Parse(PlotlyRenderer.ToJson(Samples.Replacement));
        var traces = json.RootElement.GetProperty("data").EnumerateArray()
            .Where(t => t.TryGetProperty("name", out _)).ToList();   // all but the open ends of means
        Assert.All(traces, trace => Assert.Equal("scatter", trace.GetProperty("type").GetString()));
        Assert.Equal(["circle-open", "triangle-right-open", "triangle-left-open", "square"], traces
            .Select(t => t.GetProperty("marker").GetProperty("symbol").GetString()));
        Assert.Equal(0.479, traces[3].GetProperty("x")[0].GetDouble(), 3);
        Assert.Single(traces.Take(3).Select(t => t.GetProperty("marker").GetProperty("color").GetString()).Distinct());
        // seeds of one arm stand in one line
        Assert.Equal(traces[0].GetProperty("y")[3].GetDouble(), traces[1].GetProperty("y")[0].GetDouble());
        var heads = XElement.Parse(SvgRenderer.ToSvg(Samples.Replacement)).Descendants()
            .Count(e => e.Name.LocalName == "polygon");
        Assert.Equal(2 + 2 + 2, heads);   // two bounds, each kind in the legend, and two means without an end
    }

    [Theory, MemberData(nameof(Kinds))]
    public void The_chart_is_written_as_Plotly_NET_writes_it_to_the_byte(string kind) =>
        Assert.Equal(Plotly.NET.GenericChart.toJson(PlotlyRenderer.ToChart(Samples.Graphics[kind])),
            PlotlyRenderer.ToJson(Samples.Graphics[kind]));

    [Theory, MemberData(nameof(Kinds))]
    public void The_chart_is_small_and_carries_neither_a_template_nor_an_address(string kind)
    {
        var json = PlotlyRenderer.ToJson(Samples.Graphics[kind]);
        Assert.InRange(Encoding.UTF8.GetByteCount(json), 500, 15_000);
        Assert.DoesNotContain("\"template\"", json);
        Assert.DoesNotContain("http", json);
        using var chart = JsonDocument.Parse(json);
        Assert.Equal(["data", "layout", "config"], chart.RootElement.EnumerateObject().Select(p => p.Name));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void The_picture_is_one_scalable_element_named_by_its_caption(string kind)
    {
        var figure = Samples.Graphics[kind];
        var svg = XElement.Parse(SvgRenderer.ToSvg(figure));
        Assert.Equal("img", svg.Attribute("role")?.Value);
        Assert.Equal(figure.Caption, svg.Attribute("aria-label")?.Value);
        Assert.Equal(figure.Caption, svg.Element(svg.Name.Namespace + "title")?.Value);
        Assert.NotNull(svg.Attribute("viewBox"));
        Assert.DoesNotContain("http", SvgRenderer.ToSvg(figure).Replace("http://www.w3.org/2000/svg", ""));
    }

    /// <summary>Programs beside browsers draw text with another baseline than the alphabetic one half a line
    /// off.</summary>
    [Theory, MemberData(nameof(Kinds))]
    public void The_picture_asks_for_no_baseline(string kind) =>
        Assert.DoesNotContain("baseline", SvgRenderer.ToSvg(Samples.Graphics[kind]));

    [Theory, MemberData(nameof(Kinds))]
    public void The_finding_stands_under_the_title_in_every_form_in_lines_that_fit(string kind)
    {
        var graphic = Samples.Graphics[kind];
        var finding = graphic.Finding;
        Assert.NotEmpty(finding);
        using var json = JsonDocument.Parse(PlotlyRenderer.ToJson(graphic));
        var heading = json.RootElement.GetProperty("layout").GetProperty("title").GetProperty("text").GetString()!;
        var lines = heading.Split("<br>").Where(line => !line.StartsWith("<b>")).Select(WebUtility.HtmlDecode).ToList();
        Assert.Equal(finding, string.Join(' ', lines));
        Assert.All(lines, line => Assert.InRange(line!.Length, 1, 96));
        var texts = XElement.Parse(SvgRenderer.ToSvg(graphic)).Descendants().Where(e => e.Name.LocalName == "text")
            .Select(e => e.Value).ToList();
        Assert.All(lines, line => Assert.Contains(line, texts));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void The_same_figure_is_drawn_in_the_same_bytes_whatever_the_culture(string kind)
    {
        var before = (PlotlyRenderer.ToJson(Samples.Graphics[kind]), SvgRenderer.ToSvg(Samples.Graphics[kind]));
        var culture = Thread.CurrentThread.CurrentCulture;
        Thread.CurrentThread.CurrentCulture = new System.Globalization.CultureInfo("") { NumberFormat =
            { NumberDecimalSeparator = "," } };
        try
        {
            Assert.Equal(before, (PlotlyRenderer.ToJson(Samples.Graphics[kind]),
                SvgRenderer.ToSvg(Samples.Graphics[kind])));
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Two_pictures_in_one_page_share_no_id()
    {
        var ids = Samples.Graphics.Values.SelectMany(f => XElement.Parse(SvgRenderer.ToSvg(f)).DescendantsAndSelf()
            .Attributes("id")).Select(a => a.Value).ToList();
        Assert.NotEmpty(ids);
        Assert.Distinct(ids);
    }

    [Fact]
    public void A_chart_carries_what_its_subtitle_does_not_say()
    {
        static string? Rest(Graphic graphic) => JsonDocument.Parse(PlotlyRenderer.ToJson(graphic)).RootElement
            .GetProperty("layout").GetProperty("meta").GetProperty("rest").GetString();
        Assert.Equal($"{Samples.Loss.Finding.TrimEnd('.')}; {Rest(Samples.Loss)}", Samples.Loss.Caption);
        Assert.Equal($"{Samples.Paths.Left.Rest} {Samples.Paths.Right.Rest}", Rest(Samples.Paths));
    }

    [Fact]
    public void A_label_of_a_level_stands_where_it_covers_no_mark()
    {
        var falling = new Figure("", new Axis(""), new Axis(""),
            [new Line("curve", [0, 10, 60, 70, 80, 90, 100], [3, 2, 1.1, 1.1, 1.05, 0.95, 0.9]),
                new Reference("the mean of it all", 1)], "");
        var label = Frame.Of(falling)[0].Labels.Single();
        Assert.Equal(-1, label.Side);
    }

    [Fact]
    public void Both_renderers_draw_every_point_whisker_and_cell()
    {
        Assert.Equal([16, 16, 16], Data(Samples.Embedding, "x").Select(x => x.GetArrayLength()));
        Assert.Equal([4, 3, 1], Data(Samples.Scaling, "error_y").Select(e => e.GetProperty("array").GetArrayLength()));
        Assert.Equal(["cat", "dog", "house"], Data(Samples.Embedding, "text")[0].EnumerateArray().Take(3)
            .Select(t => t.GetString()));
        var rows = Data(Samples.Attention, "z")[0].EnumerateArray()
            .Select(row => row.EnumerateArray().Select(v => v.GetDouble()).ToArray()).ToList();
        // from below: the first word stands at the top
        Assert.Equal((9, 9, 1.0), (rows.Count, rows[0].Length, rows[^1][0]));
        Assert.Equal(16 + 1, Drawn(Samples.Embedding, "ellipse"));   // and in the legend
        Assert.InRange(Drawn(Samples.Attention, "rect"), 45, 200);  // cells that are not 0, and the colours' axis

        static List<JsonElement> Data(Figure figure, string name) =>
            [.. JsonDocument.Parse(PlotlyRenderer.ToJson(figure)).RootElement.GetProperty("data").EnumerateArray()
                .Where(t => t.TryGetProperty(name, out _)).Select(t => t.GetProperty(name))];
        static int Drawn(Figure figure, string element) => XElement.Parse(SvgRenderer.ToSvg(figure)).Descendants()
            .Count(e => e.Name.LocalName == element);
    }

    [Fact]
    public void Texts_of_points_stand_where_they_cover_nothing_and_are_left_out_where_there_is_no_such_place()
    {
        Figure Of(int count, double apart) => new("f", new Axis("x"), new Axis("y"),
            [new Dots("word", [0, 1, .. Enumerable.Range(0, count).Select(i => 0.5 + apart * i)],
            [0, 1, .. Enumerable.Repeat(0.5, count)]) { Texts =
                [.. Enumerable.Range(0, count + 2).Select(i => $"word{i}")] }], "");
        Assert.Equal(["word0", "word1", "word2"], Beside(Of(1, 0)));
        Assert.InRange(Beside(Of(100, 0.001)).Count, 3, 12);

        static List<string?> Beside(Figure figure) =>
            [.. JsonDocument.Parse(PlotlyRenderer.ToJson(figure)).RootElement.GetProperty("layout")
            .GetProperty("annotations").EnumerateArray().Select(a => a.GetProperty("text").GetString())];
    }

    [Fact]
    public void Text_from_outside_is_escaped()
    {
        var figure = NextWordBars.Of(["<b>", "&"], [0.5, 0.1], [0.4, 0.2], "\"</svg>");
        Assert.Contains("</svg>", XElement.Parse(SvgRenderer.ToSvg(figure)).Attribute("aria-label")!.Value);
    }
}
