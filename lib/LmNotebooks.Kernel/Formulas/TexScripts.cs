using System.Text.RegularExpressions;

namespace LmNotebooks.Kernel.Formulas;

/// <summary>What stands below and above an item.</summary>
internal sealed partial class TexParser
{
    /// <summary>The item with the scripts that follow it. The primes of a letter stand beside it: fonts draw them
    /// raised and small.</summary>
    private Item Scripts(Item item)
    {
        var (sub, sup) = (new List<string>(), new List<string>());
        while (true)
            switch (reader.Peek())
            {
                case "_": sub.Add(Script()); break;
                case "^" or "'":
                    var above = reader.Peek() == "'" ? Primes() : Script();
                    if (IsPrimes().IsMatch(above) && sub.Count + sup.Count == 0
                        && item.Xml.StartsWith("<mi", StringComparison.Ordinal))
                        item = item with { Xml = $"<mrow>{item.Xml}{above}</mrow>" };
                    else sup.Add(above);
                    break;
                case @"\limits" or @"\nolimits": item = item.WithLimits(reader.Next() == @"\limits"); break;
                default: return Scripted(item, Side(sub), Side(sup));
            }
    }

    private string Script()
    {
        reader.Next();
        return ArgumentItem().Grouped().Element;
    }

    private string Primes()
    {
        var count = 0;
        while (reader.Skip("'")) count++;
        return Item.Sign(count switch { 2 => "″", 3 => "‴", _ => new string('′', count) }).Xml;
    }

    private static string Side(List<string> scripts) =>
        scripts.Count > 1 ? $"<mrow>{string.Concat(scripts)}</mrow>" : string.Concat(scripts);

    private static Item Scripted(Item item, string sub, string sup)
    {
        var (below, above, both) = item.Limits ? ("munder", "mover", "munderover") : ("msub", "msup", "msubsup");
        return (sub, sup) switch
        {
            ("", "") => item,
            (_, "") => item with { Xml = $"<{below}>{item.Element}{sub}</{below}>" },
            ("", _) => item with { Xml = $"<{above}>{item.Element}{sup}</{above}>" },
            _ => item with { Xml = $"<{both}>{item.Element}{sub}{sup}</{both}>" },
        };
    }

    [GeneratedRegex("^(<mrow>)?(<mo [^>]*>[′″‴]+</mo>)+(</mrow>)?$")]
    private static partial Regex IsPrimes();
}
