using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>XML documentation as plain text: of cells, of assemblies with an XML file beside them, and of .NET
/// itself.</summary>
internal static partial class Documentation
{
    private static readonly string Runtime = RuntimeEnvironment.GetRuntimeDirectory();

    /// <summary>The runtime's assemblies have no XML beside them: it comes with the SDK, split otherwise than the
    /// assemblies. Largest first, which are the likeliest.</summary>
    private static readonly Lazy<string[]> Pack = new(() =>
    {
        var packs = new DirectoryInfo(Path.Combine(Runtime, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        var newest = packs.Exists ? packs.EnumerateDirectories($"{Environment.Version.Major}.*")
            .MaxBy(d => d.Name, StringComparer.Ordinal) : null;
        return newest is null ? [] : [.. newest.EnumerateFiles("*.xml", SearchOption.AllDirectories)
            .OrderByDescending(f => f.Length).Select(f => f.FullName)];
    });

    private static ReadOnlySpan<byte> End => "</member>"u8;

    /// <returns>Empty where nothing is documented.</returns>
    public static string Of(ISymbol symbol, Compilation compilation, CancellationToken token) =>
        string.Join('\n', Elements(symbol, compilation, token).Select(Line).Where(l => l.Length > 0));

    /// <summary>What a symbol's documentation consists of; an <c>inheritdoc</c> stands for that of the overridden or
    /// implemented member.</summary>
    private static IEnumerable<XElement> Elements(ISymbol symbol, Compilation compilation, CancellationToken token)
    {
        symbol = symbol is IMethodSymbol { ReducedFrom: { } extension } ? extension : symbol.OriginalDefinition;
        var xml = symbol.GetDocumentationCommentXml(cancellationToken: token) is { Length: > 0 } ofCell ? ofCell
            : FromFile(symbol, compilation, token);
        return Parse(xml).SelectMany(e => e.Name != "inheritdoc" ? [e] : Base(symbol) is { } member
            ? Elements(member, compilation, token) : []);
    }

    private static IEnumerable<XElement> Parse(string xml)
    {
        try { return xml.Length == 0 ? [] : XElement.Parse(xml, LoadOptions.PreserveWhitespace).Elements(); }
        catch (XmlException) { return []; } // A cell's comment may be any text.
    }

    private static ISymbol? Base(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { OverriddenMethod: { } method } => method,
        IPropertySymbol { OverriddenProperty: { } property } => property,
        _ => symbol.ContainingType?.AllInterfaces.SelectMany(i => i.GetMembers(symbol.Name))
            .FirstOrDefault(m =>
                SymbolEqualityComparer.Default.Equals(symbol.ContainingType.FindImplementationForInterfaceMember(m),
                symbol)),
    };

    /// <summary>Finds one element as bytes: a file of 7 MB takes a few milliseconds, and nothing is kept.</summary>
    private static string FromFile(ISymbol symbol, Compilation compilation, CancellationToken token)
    {
        if (symbol.ContainingAssembly is not { } assembly || symbol.GetDocumentationCommentId() is not { } id)
            return "";
        if (compilation.GetMetadataReference(assembly) is not PortableExecutableReference { FilePath: { } path })
            return "";
        var start = Encoding.UTF8.GetBytes($"<member name=\"{id}\">");
        string[] files = path.StartsWith(Runtime, StringComparison.Ordinal)
            ? [.. Pack.Value.OrderBy(f => Path.GetFileNameWithoutExtension(f) != assembly.Name)]
                : [Path.ChangeExtension(path, ".xml")];
        foreach (var file in files.Where(File.Exists))
        {
            token.ThrowIfCancellationRequested();
            var bytes = File.ReadAllBytes(file).AsSpan();
            if (bytes.IndexOf(start) is not (>= 0 and var from)) continue;
            return Encoding.UTF8.GetString(bytes.Slice(from, bytes[from..].IndexOf(End) + End.Length));
        }
        return "";
    }

    private static string Line(XElement element)
    {
        var text = BlankLines().Replace(Text(element), "\n").Trim();
        return text.Length == 0 ? "" : element.Name.LocalName switch
        {
            "summary" or "remarks" or "value" => text,
            "param" or "typeparam" => $"{element.Attribute("name")?.Value}: {text}",
            "returns" => $"Returns: {text}",
            "exception" => $"Throws {Name(element.Attribute("cref")?.Value ?? "")}: {text}",
            _ => "",
        };
    }

    private static string Text(XElement element) => string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => Blanks().Replace(text.Value, " "),
        XElement { Name.LocalName: "para" or "p" or "br" or "item" } part => $"\n{Text(part)}\n",
        XElement { Name.LocalName: "code" } code => $"\n{code.Value}\n",
        XElement { IsEmpty: true } link when link.Attributes().FirstOrDefault() is { } name => name.Name == "cref"
            ? Name(name.Value) : name.Value,
        XElement part => Text(part),
        _ => "",
    }));

    /// <summary><c>M:System.Math.Max(System.Int32,System.Int32)</c> as <c>Math.Max</c>, a type by its own
    /// name.</summary>
    private static string Name(string id)
    {
        var parts = Arity().Replace(id.Split(':')[^1].Split('(')[0], "").Replace(".#ctor", "", StringComparison.Ordinal)
            .Split('.');
        return string.Join('.', parts.TakeLast(id.StartsWith("T:", StringComparison.Ordinal) ? 1 : 2));
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\s*\n\s*")]
    private static partial Regex BlankLines();

    [GeneratedRegex(@"`+\d+")]
    private static partial Regex Arity();
}
