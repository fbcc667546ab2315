using System.Text;

namespace LmNotebooks.Kernel.Formulas;

/// <summary>What stands between \begin and \end: rows of cells.</summary>
internal sealed partial class TexParser
{
    private Item Environment()
    {
        var name = reader.Group().Trim();
        var grid = Grid.Read(name, reader);
        var table = Table(grid.Class, grid.Display, Rows(grid));
        Expect(@"\end");
        var end = reader.Group().Trim();
        if (end != name) throw new FormatException($"\\begin{{{name}}} ends in \\end{{{end}}}");
        if (grid.Open + grid.Close == "") return new(table);
        return Item.Fenced(grid.Open, table, grid.Close);
    }

    private static string Table(string style, bool display, string rows) =>
        $"<mtable class=\"{style}\"{(display ? " displaystyle=\"true\"" : "")}>{rows}</mtable>";

    private string Rows(Grid grid)
    {
        var (rows, classes) = (new StringBuilder(), grid.ColumnClasses());
        for (var (more, widest) = (true, 1); more;)
        {
            var line = HorizontalLines() ? " class=\"line\"" : "";
            var (cells, columns, empty) = Cells(grid, classes);
            widest = Math.Max(widest, columns);
            more = IsNewLine(reader.Peek());
            if (more || !empty) rows.Append($"<mtr{line}>{cells}</mtr>");
            // Behind the end of the last row there is no other, only the line below the table.
            else if (line != "")
                rows.Append($"<mtr class=\"line end\">{string.Concat(Enumerable.Repeat("<mtd></mtd>", widest))}</mtr>");
            if (more) NewLine();
        }
        return rows.ToString();
    }

    private (string Xml, int Columns, bool Empty) Cells(Grid grid, IReadOnlyList<string> classes)
    {
        var cells = new StringBuilder();
        var last = classes.Count - 1;
        for (var (column, empty) = (0, true); ; column++)
        {
            // In a column that begins with a relation, a sign calculates with what stands in the column before.
            var cell = Row(operand: grid.Class.StartsWith("aligned", StringComparison.Ordinal) && column % 2 == 1);
            empty &= cell.Xml == "";
            // Columns that were not announced are like the last two in turn.
            var like = column <= last ? column : last - (last > 0 ? (column - last) & 1 : 0);
            cells.Append($"<mtd class=\"{classes[like]}\">{cell.Xml}</mtd>");
            if (!reader.Skip("&")) return (cells.ToString(), column + 1, empty && column == 0);
        }
    }

    /// <summary>Whether lines stand above the row that follows.</summary>
    private bool HorizontalLines()
    {
        var found = false;
        while (reader.Peek() is @"\hline" or @"\hdashline" or @"\toprule" or @"\midrule" or @"\bottomrule")
        {
            reader.Next();
            found = true;
        }
        return found;
    }
}
