using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LmNotebooks.Tests.Guards;

/// <summary>What a reader looks for by its name is found by its name.</summary>
public partial class FileTests
{
    [Theory, InlineData("LmNotebooks"), InlineData("LmNotebooks.Kernel")]
    public void A_public_type_stands_in_a_file_of_its_name(string project) => Assert.Empty(
        from path in Sources(project)
        from name in PublicTypes(File.ReadAllText(path))
        where name != Path.GetFileName(path).Split('.')[0]   // Exercises.RealText.cs is a part of Exercises
        select $"{path}: {name}");

    [Theory, InlineData("LmNotebooks"), InlineData("LmNotebooks.Kernel")]
    public void A_summary_needs_no_other_one_before_it(string project) => Assert.Empty(
        from path in Sources(project)
        from Match opening in Leaning().Matches(File.ReadAllText(path))
        select $"{path}: {opening.Value}");

    private static IEnumerable<string> Sources(string project) =>
        Directory.GetFiles(Path.Combine(Root.Folder, "lib", project), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj"));

    [GeneratedRegex("<summary>(The same( of| for| as| in| with|,|;)|One of|Of those|Those|Likewise|As above|Their|They"
        + "|Its|B is) ?")]
    private static partial Regex Leaning();

    private static IEnumerable<string> PublicTypes(string source) =>
        from member in CSharpSyntaxTree.ParseText(source).GetRoot().DescendantNodes(n => n is not TypeDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>()
        where member.Modifiers.Any(SyntaxKind.PublicKeyword)
        let name = member switch
        {
            BaseTypeDeclarationSyntax type => type.Identifier.Text,
            DelegateDeclarationSyntax type => type.Identifier.Text,
            _ => null,
        }
        where name is not null
        select name;
}
