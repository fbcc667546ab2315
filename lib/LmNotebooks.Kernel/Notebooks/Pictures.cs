using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace LmNotebooks.Kernel.Notebooks;

/// <summary>What a page shows from elsewhere: pictures in its notebook's cells and folder become part of it, others are
/// named in a warning and stand there in words. Nothing outside the folder is read, whatever the path says.</summary>
/// <param name="folder">The notebook's.</param>
internal sealed partial class Pictures(string folder, Action<string> warn)
{
    private const int MostMegabytes = 64;

    /// <summary>Of the file names that browsers show, in the order in which forms of one picture are taken.</summary>
    public static readonly IReadOnlyDictionary<string, string> Types = new OrderedDictionary<string,
        string>(StringComparer.OrdinalIgnoreCase)
    {
        [".svg"] = "image/svg+xml", [".png"] = "image/png", [".jpg"] = "image/jpeg", [".jpeg"] = "image/jpeg",
            [".gif"] = "image/gif",
        [".webp"] = "image/webp", [".avif"] = "image/avif", [".bmp"] = "image/bmp", [".ico"] = "image/x-icon",
    };

    private readonly string home = Real(Path.GetFullPath(folder));
    private long left = MostMegabytes << 20;

    /// <param name="attachments">Pictures that the cell carries: by name and mime type, in base 64.</param>
    public void Embed(IElement html, JsonObject? attachments)
    {
        foreach (var picture in html.QuerySelectorAll("img, image"))
        {
            var attribute = picture.LocalName == "img" ? "src" : picture.HasAttribute("href") ? "href" : "xlink:href";
            var address = picture.GetAttribute(attribute)?.Trim() ?? "";
            try { picture.SetAttribute(attribute, Data(address, attachments)); }
            catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
            {
                var name = address.Length > 100 ? address[..100] + "..." : address;
                warn($"the picture '{name}' is left out: {(e is FormatException ? e.Message : "it cannot be read")}.");
                InWords(picture, picture.GetAttribute("alt") is { Length: > 0 } alt ? alt : name);
            }
        }
    }

    /// <summary>Base 64 as the address of a picture; null if it is none.</summary>
    public static string? Address(string mime, string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var count) && count > 0
            ? Address(mime, bytes.AsSpan(0, count)) : null;
    }

    private static string Address(string mime, ReadOnlySpan<byte> bytes) =>
        $"data:{mime};base64,{Convert.ToBase64String(bytes)}";

    private static void InWords(IElement picture, string text)
    {
        var words = picture.Owner!.CreateElement("span");
        (words.ClassName, words.TextContent) = ("missing", text);
        picture.Replace(words);
    }

    private string Data(string address, JsonObject? attachments)
    {
        if (Attachment().Match(address) is { Success: true } attached)
            return Attached(attached.Groups[1].Value, attachments)
                ?? throw new FormatException("its cell has no such attachment");
        if (address.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            return address.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase) ? address
                : throw new FormatException("it is no picture");
        if (Remote().IsMatch(address))
            throw new FormatException("it is not in the notebook's folder, and a page asks the network for nothing");
        var file = new FileInfo(Inside(address));
        if (!Types.TryGetValue(file.Extension, out var mime))
            throw new FormatException($"its type is none of {string.Join(", ", Types.Keys)}");
        if (file.Length > left) throw new FormatException($"a page carries {MostMegabytes} MB of pictures at most");
        // pipes have no length either, and reading one may never end
        if (file.Length == 0) throw new FormatException("it is empty");
        left -= file.Length;
        return Address(mime, File.ReadAllBytes(file.FullName));
    }

    private static string? Attached(string name, JsonObject? attachments) =>
        new[] { name, Uri.UnescapeDataString(name) }.Select(n => attachments?[n]).OfType<JsonObject>()
            .SelectMany(forms => Types.Values.Where(forms.ContainsKey)
                .Select(mime => Address(mime, Notebook.Text(forms[mime])))).FirstOrDefault(a => a is not null);

    /// <summary>The file that is meant, links followed. A name may have been encoded as an address, or followed by a
    /// query, or neither.</summary>
    private string Inside(string address)
    {
        var cut = address[..(address.IndexOfAny(['?', '#']) is >= 0 and var end ? end : address.Length)];
        string[] names = [address, Uri.UnescapeDataString(address), cut, Uri.UnescapeDataString(cut)];
        var outside = false;
        foreach (var name in names.Where(n => !n.Contains('\0')))
        {
            var full = Path.GetFullPath(Path.Combine(home, name.Replace('\\', '/')));
            if (!Contains(full)) outside = true;
            else if (File.Exists(full) && Real(full) is var real)
            {
                if (Contains(real)) return real;
                outside = true;
            }
        }
        throw new FormatException(outside ? "it is outside the notebook's folder" : "there is no such file");
    }

    private bool Contains(string path)
    {
        var way = Path.GetRelativePath(home, path);
        return !Path.IsPathRooted(way) && way.Split(Path.DirectorySeparatorChar)[0] != "..";
    }

    /// <summary>The place of a file or folder that exists, behind every link on the way to it.</summary>
    private static string Real(string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent) return path;
        var here = Path.Combine(Real(parent), Path.GetFileName(path));
        return File.ResolveLinkTarget(here, returnFinalTarget: true) is { } target ? Real(target.FullName) : here;
    }

    [GeneratedRegex("^attachment:(.*)$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Attachment();

    /// <summary>A scheme and what follows it, or a server. A drive's letter is no scheme.</summary>
    [GeneratedRegex(@"^([a-zA-Z][a-zA-Z0-9+.-]+:|[/\\]{2})")]
    private static partial Regex Remote();
}
