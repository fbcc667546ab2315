using System.Text.RegularExpressions;
using LmNotebooks.Kernel.Packages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LmNotebooks.Kernel.Scripting;

/// <summary><c>#i "nuget: source"</c>, which says where else packages are, as in Polyglot Notebooks. C# has no such
/// directive.</summary>
internal static partial class SourceDirectives
{
    private static readonly CSharpParseOptions Script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    /// <returns>The code with blanks in their places, and what they name, each with its line.</returns>
    public static (string Code, IReadOnlyList<(string Source, int Line)> Sources) Take(string code)
    {
        if (!Directive().IsMatch(code)) return (code, []);
        var found = new List<(string, int)>();
        var root = CSharpSyntaxTree.ParseText(code, Script).GetRoot();
        foreach (var trivia in root.DescendantTrivia().Where(t => t.IsKind(SyntaxKind.BadDirectiveTrivia)))
        {
            var text = trivia.ToString().TrimEnd('\r', '\n');
            if (Directive().Match(text) is not { Success: true } match) continue;
            found.Add((match.Groups[1].Value, trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1));
            code = code.Remove(trivia.SpanStart, text.Length).Insert(trivia.SpanStart, new string(' ', text.Length));
        }
        return (code, found);
    }

    /// <summary>Makes a source known.</summary>
    /// <param name="folder">Where relative paths begin.</param>
    /// <exception cref="PackageException">There is no such folder.</exception>
    public static void Follow(string source, string folder, SessionPackages packages)
    {
        var isAddress = Uri.TryCreate(source, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
        var place = isAddress ? source : Path.GetFullPath(source, folder);
        if (!isAddress && !Directory.Exists(place))
            throw new PackageException(null,
                $"There is no folder '{place}' to take packages from: "
                + "write #i \"nuget: https://...\", or the path of a folder.");
        packages.AddSource(place);
    }

    [GeneratedRegex("""^[ \t]*#[ \t]*i[ \t]+"[ \t]*nuget:[ \t]*([^"\r\n]*?)[ \t]*"[ \t]*(//[^\r\n]*)?\r?$""",
        RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Directive();
}
