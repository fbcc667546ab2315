using System.Globalization;
using LmNotebooks.Languages;
using LmNotebooks.Tests.Guards;

namespace LmNotebooks.Tests.Languages;

public sealed class DotnetDocumentationTests : IDisposable
{
    private const string Members = """
        <?xml version="1.0" encoding="utf-8"?>
        <doc><assembly><name>A</name></assembly><members>
          <member name="M:N.List`1.#ctor(System.Int32)">
            <summary>Makes a <see cref="T:N.List`1" />
               of <paramref name="size" /> <see cref="T:System.String" /> or <see langword="null" />.</summary>
            <param name="size">How long &amp; <c>wide</c> it is.</param>
            <returns>What <see cref="M:N.List`1.#ctor(System.Int32)" /> <see cref="E:N.List`1.Ended">ends</see>.</returns>
            <exception cref="T:N.E">
              <paramref name="size" /> is less than 0.
          -or-
          It is <see cref="M:N.List`1.N#IList{T}#Get``1(System.Func{``0,System.Int32}[])" />.</exception>
            <exception cref="T:N.F"><para>One.</para><para>Two.</para></exception>
          </member>
          <member name="M:N.V.Add(N.V)">
            <summary>__m128i _mm_add (__m128i a, __m128i b)</summary>
            <param name="size">How long &amp; <c>wide</c> it is.</param>
            <remarks />
          </member>
        </members></doc>
        """;

    private readonly Small.Folder folder = new();

    public void Dispose() => folder.Dispose();

    private string Source(params (string Name, string Content)[] files)
    {
        var source = Directory.CreateDirectory(folder.File(Guid.NewGuid().ToString())).FullName;
        foreach (var (name, content) in files) File.WriteAllText(Path.Combine(source, name), content);
        return source;
    }

    [Fact]
    public void The_sentences_of_all_members_are_lines_without_tags() => Assert.Equal(
        [
            "Makes a List of size String or null.", "How long & wide it is.", "What List ends.",
            "size is less than 0. -or- It is Get.", "One. Two.", "How long & wide it is.",
        ], DotnetDocumentation.Entries(Source(("a.xml", Members))));

    [Fact]
    public void Neither_line_ends_nor_the_culture_nor_the_order_of_files_on_disk_change_them()
    {
        var other = Members.Replace("wide", "INVITED");
        var expected = DotnetDocumentation.Entries(Source(("B.xml", other), ("a.xml", Members), ("a.dll", "MZ")))
            .ToList();
        Assert.Equal("How long & INVITED it is.", expected[1]);
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("tr-TR");
            Assert.Equal(expected, DotnetDocumentation.Entries(Source(
                ("a.xml", Members.ReplaceLineEndings("\r\n")), ("B.xml", other.ReplaceLineEndings("\r")))));
        }
        finally { CultureInfo.CurrentCulture = before; }
    }

    [Fact]
    public void The_text_has_the_pinned_bytes_and_is_written_again_where_it_is_damaged()
    {
        var path = folder.File($"dotnet-documentation-{DotnetDocumentation.Version}.txt");
        File.WriteAllText(path, "The first half.\n");
        Assert.Equal(path, DotnetDocumentation.In(folder.Path));
        Assert.Equal(DotnetDocumentation.Sha256, RealText.Hash(path, ""));
        var lines = File.ReadAllText(path).Split('\n');
        Assert.Equal(("", lines.Length - 1), (lines[^1], lines[..^1].Distinct().Count()));
        Assert.All(lines[..^1], line => Assert.Matches(@"^\S.*\.$", line));
        var written = File.GetLastWriteTimeUtc(path);
        Assert.Equal(path, DotnetDocumentation.In(folder.Path, folder.File("nowhere")));
        Assert.Equal(written, File.GetLastWriteTimeUtc(path));
    }

    [Fact]
    public void Where_the_package_is_missing_or_another_one_a_sentence_says_how_to_get_it()
    {
        var nowhere = folder.File("nowhere");
        Assert.Equal($"There is no {nowhere}: 'dotnet restore' in the kit's folder brings it, with "
            + $"Microsoft.NETCore.App.Ref {DotnetDocumentation.Version}; where packages are kept elsewhere, "
            + "NUGET_PACKAGES must say where.",
            Assert.Throws<FileNotFoundException>(() => DotnetDocumentation.In(folder.Path, nowhere)).Message);
        var other = Source(("a.xml", Members));
        Assert.StartsWith($"The files in {other} are not those of Microsoft.NETCore.App.Ref",
            Assert.Throws<InvalidDataException>(() => DotnetDocumentation.In(folder.Path, other)).Message);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void The_project_restores_the_version_that_is_read() => Assert.Contains(
        $"<PackageDownload Include=\"Microsoft.NETCore.App.Ref\" Version=\"[{DotnetDocumentation.Version}]\" />",
        File.ReadAllText(Path.Combine(Root.Folder, "lib", "LmNotebooks", "LmNotebooks.csproj")));
}
