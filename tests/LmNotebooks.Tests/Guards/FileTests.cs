using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LmNotebooks.Tests.Guards;

/// <summary>What a reader looks for by its name is found by its name.</summary>
public class FileTests
{
    [Theory, InlineData("LmNotebooks"), InlineData("LmNotebooks.Kernel")]
    public void A_public_type_stands_in_a_file_of_its_name(string project) => Assert.Empty(
        from path in Directory.GetFiles(Path.Combine(Root.Folder, "lib", project), "*.cs", SearchOption.AllDirectories)
        where !path.Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj")
        from name in PublicTypes(File.ReadAllText(path))
        where name != Path.GetFileNameWithoutExtension(path)
        select $"{path}: {name}");

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
