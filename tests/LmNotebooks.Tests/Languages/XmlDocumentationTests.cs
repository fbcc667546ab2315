using LmNotebooks.Languages;

namespace LmNotebooks.Tests.Languages;

public sealed class XmlDocumentationTests : IDisposable
{
    private readonly Small.Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Its_text_is_its_lines_without_tags_each_once()
    {
        File.WriteAllText(folder.File("Kit.xml"),
            "<doc>\n  <summary>The sine.</summary>\n <c>The</c> sine.\n x\n</doc>");
        var path = XmlDocumentation.In(folder.File("out"), folder.File("Kit.xml"));
        Assert.Equal(Path.Combine(folder.File("out"), "Kit.txt"), path);
        Assert.Equal("\nThe sine.\nx", RealText.Read(path));
        Assert.StartsWith("There is no ", Assert.Throws<FileNotFoundException>(() =>
            XmlDocumentation.In(folder.Path, folder.File("none.xml"))).Message);
    }
}
