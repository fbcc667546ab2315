using LmNotebooks.Figures;
using LmNotebooks.Kernel.Commands;
using LmNotebooks.Tests.Charts;

namespace LmNotebooks.Tests.Kernel;

/// <summary>Figures as tables.</summary>
public class FigureTableTests
{
    [Theory, MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void Every_mark_has_its_rows_under_one_header(string name)
    {
        var figure = Samples.All[name];
        var lines = FigureTable.ToCsv(figure).TrimEnd('\n').Split('\n');
        Assert.Equal("mark,x,low,y,high", lines[0]);
        Assert.Equal(figure.Marks.Select(m => m.Name).Distinct().Order(StringComparer.Ordinal), lines.Skip(1)
            .Select(l => Mark(First(l))).Distinct().Order(StringComparer.Ordinal));

        string Mark(string first) => figure.Marks.Select(m => m.Name)
            .FirstOrDefault(name => first == name || first.StartsWith(name + ": ")) ?? first;

        static string First(string line) => line.StartsWith('"') ? line[1..line.IndexOf('"', 1)] : line.Split(',')[0];
    }

    [Fact]
    public void Points_bands_bars_and_lines_across_have_what_they_have_with_all_digits()
    {
        var lines = FigureTable.ToCsv(Samples.Banded).Split('\n');
        Assert.Contains("95 % interval,2000000,2.5,,2.6", lines);
        Assert.Contains("mean,1000000,,3.1,", lines);
        var bars = FigureTable.ToCsv(Samples.Excess).Split('\n');
        Assert.Contains("0: the truth,0,,,", bars);
        Assert.Contains(bars, l => l.StartsWith("excess,\"hierarchical training, frozen body\",0.25,0.31,0.37"));
        Assert.Contains("noun: cat,-1,,", FigureTable.ToCsv(Samples.Embedding));
        Assert.Contains("attention weight: the,the,,1,", FigureTable.ToCsv(Samples.Attention).Split('\n'));
        Assert.Contains("trigram model 2.92,,,2.92,", FigureTable.ToCsv(Samples.Loss).Split('\n'));
    }
}
