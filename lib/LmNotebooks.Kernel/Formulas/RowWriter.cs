using System.Text;

namespace LmNotebooks.Kernel.Formulas;

/// <summary>Puts the items of a row side by side, at the distances that TeX keeps and a browser does not
/// know.</summary>
/// <param name="operand">Whether something to calculate with stands before the row.</param>
internal sealed class RowWriter(bool operand)
{
    private const string Mo = "<mo";
    private readonly StringBuilder text = new();
    private readonly SortedDictionary<string, string> style = new(StringComparer.Ordinal);
    private Item only = Item.Nothing, neighbour = Item.Nothing;
    private Kind last = operand ? Kind.Value : Kind.Operator;
    private int count, neighbourAt;
    private (string Start, string Numerator, string End)? fraction;

    public void Add(Item item)
    {
        var xml = item.Xml;
        if (IsRelation(neighbour) && IsRelation(item))
        {
            text.Insert(neighbourAt + Mo.Length, " rspace=\"0em\"");
            xml = xml.Insert(Mo.Length, " lspace=\"0em\"");
        }
        if (xml != "" && KeepDistance(last, item.Kind)) Append(Item.Space("0.17em").Xml);
        // A space between two items leaves them neighbours.
        if (item.Kind != Kind.Space) (neighbour, neighbourAt, last) = (item, text.Length, item.Kind);
        if (xml == "") return;
        if (count == 0) only = item;
        Append(xml);
    }

    /// <summary>Whether TeX sets it close to another of its kind, as in =: and two ⊥.</summary>
    private static bool IsRelation(Item item) =>
        item.Xml.StartsWith(Mo + ">", StringComparison.Ordinal) && item.Xml is not ("<mo>,</mo>" or "<mo>;</mo>");

    /// <summary>A sign such as minus: before a value where there is nothing to calculate with, else between
    /// two.</summary>
    public Item Signed(string sign)
    {
        var form = last is not (Kind.Value or Kind.Close or Kind.Fenced) ? " form=\"prefix\""
            : count == 0 ? " form=\"infix\"" : "";
        return new($"<mo{form}>{sign}</mo>", Kind.Operator);
    }

    /// <summary>What follows has this attribute too, to the end of the row.</summary>
    public void Style(string attribute, string value)
    {
        if (style.Count > 0) text.Append("</mstyle>");
        style[attribute] = value;
        text.Append("<mstyle").AppendJoin("", style.Select(s => $" {s.Key}=\"{Item.Escape(s.Value)}\"")).Append('>');
        count += 2;
    }

    /// <summary>What came is the numerator of a fraction whose denominator follows, as with \over.</summary>
    public void Divide(string start, string end)
    {
        if (fraction is not null) throw new FormatException("it has two fractions in one group");
        fraction = (start, $"<mrow>{Text()}</mrow>", end);
        text.Clear();
        style.Clear();
        (neighbour, last) = (Item.Nothing, Kind.Operator);
    }

    public Item Whole() =>
        fraction is { } f ? new($"{f.Start}{f.Numerator}<mrow>{Text()}</mrow>{f.End}")
        : count == 1 ? only
        : count == 0 ? new("")
        : new($"<mrow>{Text()}</mrow>");

    private void Append(string xml)
    {
        text.Append(xml);
        count++;
    }

    private string Text() => style.Count > 0 ? text + "</mstyle>" : text.ToString();

    private static bool KeepDistance(Kind left, Kind right) =>
        left == Kind.Function ? right is Kind.Value or Kind.Function
        : right == Kind.Function && left is Kind.Value or Kind.Close or Kind.Fenced;
}
