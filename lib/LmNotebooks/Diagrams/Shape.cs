using System.Globalization;
using System.Xml.Linq;

namespace LmNotebooks.Diagrams;

/// <summary>One thing of a drawing.</summary>
internal abstract record Shape
{
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>What it stands for: shown where a pointer rests on it. Null where it says so itself.</summary>
    public string? Title { get; init; }

    public XElement ToXml()
    {
        var drawn = Draw();
        if (Title is not null) drawn.Add(new XElement(Svg + "title", Title));
        return drawn;
    }

    protected abstract XElement Draw();

    internal static string Number(double value) =>
        Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);

    /// <summary>Paints in two tones: renderers that know no dark paper take the attribute, all others the
    /// style.</summary>
    protected static IEnumerable<XAttribute> Painted(params (string Attribute, Tone? Tone)[] tones)
    {
        foreach (var (attribute, tone) in tones)
            yield return new XAttribute(attribute, tone?.Light ?? "none");
        var styles = tones.Where(t => t.Tone is not null)
            .Select(t => $"{t.Attribute}:light-dark({t.Tone!.Value.Light},{t.Tone.Value.Dark})").ToList();
        if (styles.Count > 0) yield return new XAttribute("style", string.Join(';', styles));
    }
}
