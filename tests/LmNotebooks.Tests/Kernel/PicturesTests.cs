using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LmNotebooks.Kernel.Notebooks;
using static LmNotebooks.Tests.Kernel.Pages;

namespace LmNotebooks.Tests.Kernel;

/// <summary>What a page shows from elsewhere.</summary>
public sealed class PicturesTests : IDisposable
{
    private readonly string outer = Directory.CreateTempSubdirectory("lm-pictures-").FullName;
    private readonly string folder;

    public PicturesTests() => folder = Directory.CreateDirectory(Path.Combine(outer, "notebooks")).FullName;

    public void Dispose() => Directory.Delete(outer, recursive: true);

    [Theory]
    [InlineData("a.png", "![](a.png)")]
    [InlineData("a.png", "![](./a.png)")]
    [InlineData("a.png", "![](a.png?raw=true)")]
    [InlineData("a.png", "[![words](a.png \"title\")](https://example.org)")]
    [InlineData("a.png", "![words][a]\n\n[a]: a.png")]
    [InlineData("a.png", "<img src=\"a.png\" width=\"40\">")]
    [InlineData("a.png", "<img width=40 alt='words' src='a.png'/>")]
    [InlineData("a.png", "<IMG\n SRC=a.png>")]
    [InlineData("a.png", "<p align=center><img src=a.png></p>")]
    [InlineData("my picture é.PNG", "![](<my picture é.PNG>)")]
    [InlineData("my picture é.PNG", "![](my%20picture%20%C3%A9.PNG)")]
    [InlineData("my picture é.PNG", "<img src=\"my picture é.PNG\">")]
    [InlineData("a#1.png", "![](a#1.png)")]
    [InlineData("a#1.png", "![](a%231.png)")]
    [InlineData("50% off.gif", "![](<50% off.gif>)")]
    [InlineData("50%25.gif", "![](50%25.gif)")]
    [InlineData("a & b.webp", "<img src=\"a &amp; b.webp\">")]
    [InlineData("日本.jpeg", "![](日本.jpeg)")]
    [InlineData("sub/a.avif", "![](sub/a.avif)")]
    [InlineData("sub/a.bmp", "![](sub\\a.bmp)")]
    [InlineData("..a.ico", "![](..a.ico)")]
    [InlineData("a.svg", "![](sub/../a.svg)")]
    public void A_picture_of_the_folder_is_part_of_the_page(string file, string markdown)
    {
        var bytes = Write(file);
        var page = Page(Markdown(markdown));
        Assert.Empty(page.Warnings);
        Assert.Matches($"<img [^>]*src=\"data:image/[a-z+-]+;base64,{Regex.Escape(Convert.ToBase64String(bytes))}\"",
            page.Html);
    }

    [Theory]
    [InlineData("../secret.png")]
    [InlineData("%2e%2e/secret.png")]
    [InlineData("..%2fsecret.png")]
    [InlineData("..\\secret.png")]
    [InlineData("..%5Csecret.png")]
    [InlineData("sub/../../secret.png")]
    [InlineData("../notebooks-too/secret.png")]
    [InlineData("OUTER/secret.png")]
    [InlineData("file://OUTER/secret.png")]
    [InlineData("file:../secret.png")]
    [InlineData("link.png")]
    [InlineData("there/secret.png")]
    [InlineData("//server/secret.png")]
    [InlineData("\\\\server\\secret.png")]
    [InlineData("C:\\secret.png")]
    public void Nothing_outside_the_folder_is_read(string path)
    {
        Write("../secret.png");
        Write("../notebooks-too/secret.png");
        Directory.CreateDirectory(Path.Combine(folder, "sub"));
        File.CreateSymbolicLink(Path.Combine(folder, "link.png"), Path.Combine(outer, "secret.png"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "there"), outer);
        var address = path.Replace("OUTER", outer);
        foreach (var cell in new[] { Markdown($"![words](<{address.Replace("\\", "\\\\")}>)"),
            Markdown($"<img src='{address}' alt=words>"),
            Code("x", Result(("text/html",
                $"<svg><image href='{address}' alt=words></svg><img alt=words src='{address}'>"))) })
        {
            var page = Page(cell);
            Assert.DoesNotContain("base64", page.Html);
            Assert.Contains("<span class=\"missing\">words</span>", page.Html);
            Assert.Contains("secret.png' is left out: ".Replace("secret", path == "link.png" ? "link" : "secret"),
                Assert.Single(page.Warnings));
        }
    }

    [Fact]
    public void A_link_that_stays_within_the_folder_is_followed_also_where_the_folder_is_one()
    {
        Write("a.png");
        File.CreateSymbolicLink(Path.Combine(folder, "link.png"), "a.png");
        var alias = Path.Combine(outer, "alias");
        Directory.CreateSymbolicLink(alias, folder);
        Assert.Empty(HtmlPage.Render(Book(Markdown("![](link.png)")), "t", alias).Warnings);
    }

    [Theory]
    [InlineData("https://example.org/a.png", "asks the network for nothing")]
    [InlineData("none.png", "no such file")]
    [InlineData("%00.png", "no such file")]
    [InlineData("notes.txt", "its type is none of")]
    [InlineData("empty.png", "it is empty")]
    [InlineData("attachment:none.png", "no such attachment")]
    [InlineData("data:text/html;base64,AAAA", "it is no picture")]
    public void A_picture_that_is_left_out_is_named_with_its_cell_and_stands_there_in_words(string address, string why)
    {
        Write("notes.txt");
        File.Create(Path.Combine(folder, "empty.png")).Dispose();
        var page = Page(Markdown("text"), Markdown($"![a &lt;b>](<{address}>)"));
        Assert.StartsWith($"cell 2: the picture '{address}' is left out: ", Assert.Single(page.Warnings));
        Assert.Contains(why, page.Warnings[0]);
        Assert.Contains("<span class=\"missing\">a &lt;b&gt;</span>", page.Html);
    }

    [Fact]
    public void A_page_does_not_grow_beyond_bounds()
    {
        using (var large = File.Create(Path.Combine(folder, "large.png"))) large.SetLength(40 << 20);
        var page = Page(Markdown("![one](large.png) ![two](large.png)"));
        Assert.Contains("64 MB", Assert.Single(page.Warnings));
        Assert.Contains("<span class=\"missing\">two</span>", page.Html);
    }

    [Theory]
    [InlineData("![the board](attachment:board.png)")]
    [InlineData("<img src=\"attachment:board.png\" width=\"40\">")]
    [InlineData("<img width=40 src=attachment:board.png>")]
    [InlineData("![the board](<attachment:my board.png>)")]
    [InlineData("![the board](attachment:my%20board.png)")]
    [InlineData("<img src='attachment:my board.png'>")]
    [InlineData("![broken png, whole jpeg](attachment:several)")]
    public void A_picture_that_a_cell_carries_is_part_of_the_page(string markdown)
    {
        var cell = Markdown(markdown);
        cell["attachments"] = new JsonObject
        {
            ["board.png"] = new JsonObject { ["image/png"] = Png[..20] + "\n" + Png[20..] },
            ["my board.png"] = new JsonObject { ["text/plain"] = "a board", ["image/png"] = Png },
            ["several"] = new JsonObject { ["image/png"] = "no base 64!", ["image/jpeg"] = Png },
        };
        var page = Page(cell);
        Assert.Empty(page.Warnings);
        Assert.Contains($"base64,{Png}\"", page.Html);
        Assert.DoesNotContain("attachment:", page.Html);
    }

    private RenderedPage Page(params JsonObject[] cells) => HtmlPage.Render(Book(cells), "t", folder);

    /// <summary>A file with other bytes than all others.</summary>
    private byte[] Write(string name)
    {
        var (path, bytes) = (Path.Combine(folder, name), Guid.NewGuid().ToByteArray());
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return bytes;
    }
}
