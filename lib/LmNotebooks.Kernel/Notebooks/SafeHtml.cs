using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Ganss.Xss;

namespace LmNotebooks.Kernel.Notebooks;

/// <summary>HTML of others as a part of a page: whole, without scripts, and unable to change what stands around
/// it.</summary>
internal static partial class SafeHtml
{
    private const int MostLevels = 500;   // about as deep as browsers go

    /// <summary>Elements whose text is not for readers, or which open a document of their own.</summary>
    private const string Hidden =
        "script, style, title:not(svg title), template, noscript, noembed, noframes, iframe, frameset, object, applet, "
        + "select, datalist, textarea, xmp, plaintext, annotation, annotation-xml, foreignObject, animate, "
            + "animateMotion, animateTransform, set";

    /// <summary>Elements that are in a drawing, and of which none leads out of it.</summary>
    private const string Shapes = "circle|clipPath|defs|ellipse|g|image|line|path|polygon|polyline|rect|text|tspan|use";

    /// <summary>In quotes: without them, the value would take the slash that closes the element.</summary>
    private const string Attributes = @"(?>(?:\s+[\w:-]+=""[^""<>]*"")*)\s*";

    private static readonly HtmlSanitizer Sanitizer = new(new HtmlSanitizerOptions
    {
        AllowedTags = Words("""
            a abbr address article aside b bdi bdo big blockquote br button caption center cite code col colgroup dd del details dfn div dl dt
            em fieldset figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd label legend li main mark menu meter nav ol
            output p picture pre progress q rp rt ruby s samp section small span strike strong sub summary sup table tbody td tfoot th thead
            time tr tt u ul var wbr
            svg circle clipPath defs desc ellipse g image line linearGradient marker mask path pattern polygon polyline radialGradient rect
            stop symbol text textPath title tspan use
            math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup
            mtable mtd mtext mtr munder munderover semantics menclose
            """),
        AllowedAttributes = Words("""
            align alt aria-describedby aria-hidden aria-label aria-labelledby bgcolor border cellpadding cellspacing class color colspan
            datetime dir face headers height high href id lang low max min name open optimum reversed role rowspan scope size span src start
            title valign value width
            clip-path clip-rule clipPathUnits cx cy d dominant-baseline dx dy fill fill-opacity fill-rule font-family font-size font-style
            font-weight fx fy gradientTransform gradientUnits letter-spacing marker-end marker-mid marker-start markerHeight markerUnits
            markerWidth mask maskContentUnits maskUnits offset opacity orient overflow paint-order patternContentUnits patternTransform
            patternUnits points preserveAspectRatio r refX refY rotate rx ry shape-rendering spreadMethod stop-color stop-opacity stroke
            stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor
            text-decoration text-rendering textLength transform vector-effect viewBox visibility x x1 x2 xlink:href xmlns y y1 y2
            accent accentunder alttext columnalign columnlines columnspacing columnspan depth display displaystyle fence form frame framespacing
            largeop linethickness lquote lspace mathbackground mathcolor mathsize mathvariant maxsize minsize movablelimits notation rowlines
            rowspacing rquote rspace scriptlevel separator stretchy symmetric voffset
            """),
        AllowedSchemes = Words("http https mailto"),
        UriAttributes = Words("href xlink:href"),
    }) { KeepChildNodes = true };

    private static readonly HashSet<string> Unclosed =
        Words("br col hr img input link meta wbr p li dt dd tr td th thead tbody tfoot");

    // Links lead elsewhere; parts of pictures are in the picture; whoever embeds pictures decides about each.
    static SafeHtml() => Sanitizer.FilterUrl += (_, e) => e.SanitizedUrl = e.Tag.LocalName switch
    {
        "a" => e.SanitizedUrl,
        "image" => e.OriginalUrl,
        _ => e.OriginalUrl.StartsWith('#') ? e.OriginalUrl : null,
    };

    /// <summary>The body of a document with nothing else; null where elements are nested deeper than browsers show.
    /// Pictures keep their addresses, whatever they are.</summary>
    public static IElement? Parse(string html)
    {
        if (Levels(html) > MostLevels) return null;
        var document = new HtmlParser().ParseDocument("<!DOCTYPE html><body>" + html);
        foreach (var element in document.QuerySelectorAll(Hidden)) element.Remove();
        // The library reads every style, takes minutes for charts, and loses what it does not know. The page's policy
        // lets a style load
        // nothing, and the box around the HTML cuts what it draws elsewhere.
        var styles = document.QuerySelectorAll("[style]").ToDictionary(e => e, e => e.GetAttribute("style")!);
        foreach (var element in styles.Keys) element.RemoveAttribute("style");
        Sanitizer.SanitizeDom(document, document.Body!);
        foreach (var (element, style) in styles)
            if (!Reaching().IsMatch(style)) element.SetAttribute("style", style);
        return document.Body!;
    }

    /// <summary>How deep elements are nested at most, before anything is built that deep.</summary>
    private static int Levels(string html)
    {
        var (open, levels, most) = (new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase), 0, 0);
        foreach (Match tag in Tag().Matches(WithoutShapes(html)))
        {
            var (name, step) = (tag.Groups[2].Value, tag.Groups[1].Length > 0 ? -1 : 1);
            var count = open.GetValueOrDefault(name) + step;
            if (count < 0 || Unclosed.Contains(name)) continue;
            open[name] = count;
            most = Math.Max(most, levels += step);
        }
        return most;
    }

    /// <summary>A shape that closes itself nests nothing, but only where a drawing is read as one: from its start on,
    /// up to the first tag that could lead out of it. Anywhere else it stays open, whatever it says.</summary>
    private static string WithoutShapes(string html)
    {
        var drawing = Drawing().Match(html);
        return Closed().Replace(drawing.Value, "") + html[drawing.Length..];
    }

    private static HashSet<string> Words(string list) =>
        new(list.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);

    /// <summary>Styles that load something, leave the flow of the text, or hide in escapes what they do.</summary>
    [GeneratedRegex(@"url\s*\((?!\s*[""']?#)|position\s*:|expression|@|\\", RegexOptions.IgnoreCase)]
    private static partial Regex Reaching();

    [GeneratedRegex(
        $@"\A<svg{Attributes}>(?>[^<]+|</?(?:{Shapes}){Attributes}/?>|<(?<said>title|desc)>[^<]*</\k<said>>)*")]
    private static partial Regex Drawing();

    [GeneratedRegex($@"<(?:{Shapes}){Attributes}/>")]
    private static partial Regex Closed();

    [GeneratedRegex(@"<(/?)([a-zA-Z][^\s/>]*)")]
    private static partial Regex Tag();
}
