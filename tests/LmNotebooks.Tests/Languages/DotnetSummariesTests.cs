using LmNotebooks.Languages;

namespace LmNotebooks.Tests.Languages;

public sealed class DotnetSummariesTests : IDisposable
{
    private readonly Small.Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_label_is_the_namespace_of_what_a_plain_summary_describes()
    {
        File.WriteAllText(folder.File("a.xml"), """
            <doc><members>
              <member name="T:System.Net.A"><summary>Sends
                 a  message.</summary><remarks>It is long.</remarks></member>
              <member name="P:System.Net.A.B"><summary>Gets the <see cref="T:System.Uri" />.</summary></member>
              <member name="P:System.Net.A.C"><summary>Gets the state.</summary></member>
              <member name="P:System.Net.A.D"><summary>Gets the name.</summary></member>
              <member name="P:System.Net.A.E"><summary>Gets the name.</summary></member>
              <member name="P:System.Net.A.F"><summary>Part of System.Net.</summary></member>
              <member name="M:System.Network.A"><summary>Stops.</summary></member>
            </members></doc>
            """);
        File.WriteAllText(folder.File("b.xml"), """
            <doc><members>
              <member name="M:System.Security.A.B(System.Net.A)"><summary>Checks a signature.</summary></member>
              <member name="P:System.Security.A.C"><summary>Gets the state.</summary></member>
              <member name="P:System.Security.A.D"><summary>No sentence</summary></member>
              <member name="P:System.Security.A.E" />
            </members></doc>
            """);
        LabelledText[] all = [new("Gets the name.", "System.Net"), new("Sends a message.", "System.Net"),
            new("Checks a signature.", "System.Security")];
        Assert.Equal(all, DotnetSummaries.Of(folder.Path, 3).OrderBy(t => t.Label).ThenBy(t => t.Text));
        Assert.Equal(["System.Net", "System.Security"], DotnetSummaries.Of(folder.Path, 1).Select(t => t.Label));
    }

    [Fact]
    public void The_file_has_the_pinned_bytes_as_many_texts_of_each_label_and_is_written_again_where_it_is_damaged()
    {
        File.WriteAllText(folder.File($"dotnet-summaries-{DotnetDocumentation.Version}.csv"), "text,label\n");
        var path = DotnetSummaries.In(folder.Path);
        Assert.Equal(DotnetSummaries.Sha256, RealText.Hash(path, ""));
        var texts = LabelledFile.Read(path);
        Assert.Equal([("System.Net", 1500), ("System.Security", 1500)],
            texts.CountBy(t => t.Label).Select(c => (c.Key, c.Value)).Order());
        Assert.Subset(RealText.Read(DotnetDocumentation.In(folder.Path)).Split('\n').ToHashSet(),
            texts.Select(t => t.Text).ToHashSet());
        var written = File.GetLastWriteTimeUtc(path);
        Assert.Equal(path, DotnetSummaries.In(folder.Path, folder.File("nowhere")));
        Assert.Equal(written, File.GetLastWriteTimeUtc(path));
    }

    [Fact]
    public void Where_the_package_is_missing_the_sentence_is_that_of_the_documentation() =>
        Assert.StartsWith($"There is no {folder.File("nowhere")}: 'dotnet restore'",
            Assert.Throws<FileNotFoundException>(
            () => DotnetSummaries.In(folder.Path, folder.File("nowhere"))).Message);
}
