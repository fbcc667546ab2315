using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using LmNotebooks.Languages;

namespace LmNotebooks.Tests.Languages;

public sealed partial class DownloadTests : IDisposable
{
    private static readonly byte[] Text = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 31 % 251))];

    private readonly Small.Folder folder = new();
    private readonly HttpClient client = new() { Timeout = TimeSpan.FromMinutes(1) };

    private string Part => folder.File("corpus.txt.part");

    public void Dispose()
    {
        client.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_corpus_arrives_whole_with_progress_and_is_not_fetched_twice()
    {
        using var server = new Server(_ => Whole());
        var reports = new List<DownloadProgress>();
        var path = await Fetch(server, new Reports(reports.Add));
        Assert.Equal(Text, File.ReadAllBytes(path));
        Assert.Equal(new DownloadProgress(Text.Length, Text.Length), reports[^1]);
        Assert.Equal(reports.OrderBy(r => r.Bytes), reports);
        await Fetch(server);
        Assert.Single(server.Requests);
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public async Task A_file_of_nothing_or_zeros_is_no_corpus_and_is_fetched(int zeros)
    {
        File.WriteAllBytes(folder.File("corpus.txt"), new byte[zeros]);
        using var server = new Server(_ => Whole());
        Assert.Equal(Text, File.ReadAllBytes(await Fetch(server)));
    }

    [Fact]
    public async Task A_broken_connection_is_one_sentence_and_the_next_download_goes_on_from_there()
    {
        using var server = new Server(from => from == 0 ? Answer("200 OK", Text.Length, Text[..100_000])
            : Ranged(from));
        Assert.Contains($"of {Text.Length} bytes are here", (await Assert.ThrowsAsync<IOException>(() => Fetch(server)))
            .Message);
        var have = new FileInfo(Part).Length;
        Assert.InRange(have, 1, 100_000);
        Assert.Equal(Text, File.ReadAllBytes(await Fetch(server)));
        Assert.Equal([0, have], server.Requests);
    }

    [Fact]
    public async Task A_file_that_ends_early_without_a_stated_length_is_noticed()
    {
        using var server = new Server(_ => [.. "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"u8, .. Text[..1000]]);
        Assert.Contains($"(the file ended early), 1000 of {Text.Length} bytes are here",
            (await Assert.ThrowsAsync<IOException>(() => Fetch(server))).Message);
    }

    [Fact]
    public async Task A_server_that_ignores_ranges_sends_the_whole_again()
    {
        File.WriteAllBytes(Part, Text[..5000]);
        using var server = new Server(_ => Whole());
        Assert.Equal(Text, File.ReadAllBytes(await Fetch(server)));
        Assert.Equal([5000], server.Requests);
    }

    [Fact]
    public async Task A_server_that_sends_another_part_is_refused_and_asked_for_the_whole_next_time()
    {
        foreach (var (wrong, expected) in new[] { (Ranged(7000), "another part than was asked for"),
            (Answer("416 Range Not Satisfiable", 0, []), "416") })
        {
            File.WriteAllBytes(Part, Text[..5000]);
            using var server = new Server(from => from > 0 ? wrong : Whole());
            Assert.Contains(expected, (await Assert.ThrowsAsync<IOException>(() => Fetch(server))).Message);
            var path = await Fetch(server);
            Assert.Equal(Text, File.ReadAllBytes(path));
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_server_that_is_busy_costs_nothing_of_what_is_here()
    {
        File.WriteAllBytes(Part, Text[..5000]);
        using var server = new Server(_ => Answer("503 Service Unavailable", 0, []));
        Assert.Contains(" 5000 of 300000 bytes are here", (await Assert.ThrowsAsync<IOException>(() => Fetch(server)))
            .Message);
    }

    [Fact]
    public async Task A_corrupt_a_longer_and_a_continued_foreign_file_are_refused_and_leave_nothing()
    {
        foreach (var wrong in (byte[][])[[1, .. Text[1..]], [.. Text, 0]])
        {
            using var server = new Server(_ => Answer("200 OK", wrong.Length, wrong));
            var message = (await Assert.ThrowsAsync<InvalidDataException>(() => Fetch(server))).Message;
            Assert.Contains("and data/corpora.json says", message);
            Assert.Contains("whose figures are not verified", message);
            Assert.Empty(Directory.GetFiles(folder.Path));
        }
        File.WriteAllBytes(Part, new byte[5000]);
        using var honest = new Server(Ranged);
        await Assert.ThrowsAsync<InvalidDataException>(() => Fetch(honest));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task A_file_that_was_changed_on_disk_is_noticed_and_kept()
    {
        File.WriteAllText(folder.File("corpus.txt"), "mine");
        using var server = new Server(_ => Whole());
        Assert.Contains("corpus.txt has 4 bytes", (await Assert.ThrowsAsync<InvalidDataException>(() => Fetch(server)))
            .Message);
        Assert.Equal("mine", File.ReadAllText(folder.File("corpus.txt")));
    }

    [Fact]
    public async Task A_missing_page_and_no_connection_are_one_sentence()
    {
        var server = new Server(_ => Answer("404 Not Found", 0, []));
        Assert.Contains("404", (await Assert.ThrowsAsync<IOException>(() => Fetch(server))).Message);
        server.Dispose();
        Assert.Matches(@"could not be fetched \(.+\), 0 of 300000 bytes are here: check the connection and try again to go on from there, or put the file at .+ by hand",
            (await Assert.ThrowsAsync<IOException>(() => Fetch(server))).Message);
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_given_up()
    {
        client.Timeout = TimeSpan.FromSeconds(1);
        using var server = new Server(_ => Answer("200 OK", Text.Length, Text[..1000])) { HangsUp = false };
        Assert.Contains("no answer in time", (await Assert.ThrowsAsync<IOException>(() => Fetch(server))).Message);
    }

    [Fact]
    public void The_catalogue_is_complete()
    {
        Assert.Equal(["tiny-shakespeare", "wikitext-2", "wikitext-103", "tiny-stories"],
            CorpusCatalogue.All.Select(c => c.Name));
        Assert.All(CorpusCatalogue.All, c => Assert.Matches("^[0-9a-f]{64}$", c.Sha256));
        Assert.All(CorpusCatalogue.All, c => Assert.True(c.Bytes > 1_000_000 && c.Url.Scheme == "https"
            && c.Licence.Length > 0 && c.Title.Length > 0));
        Assert.Equal(CorpusCatalogue.All.Count, CorpusCatalogue.All.Select(c => c.File).Distinct().Count());
        Assert.Contains("there are tiny-shakespeare, wikitext-2",
            Assert.Throws<ArgumentException>(() => CorpusCatalogue.Get("none")).Message);
    }

    private Task<string> Fetch(Server server, IProgress<DownloadProgress>? progress = null) => new Download(client)
        .FetchAsync(
        new PublicCorpus("corpus", "A corpus", server.Url, "corpus.txt", "none", Text.Length,
            Convert.ToHexStringLower(SHA256.HashData(Text)), false),
        folder.Path, progress, TestContext.Current.CancellationToken);

    private static byte[] Whole() => Answer("200 OK", Text.Length, Text);

    private static byte[] Ranged(long from) =>
        Answer($"206 Partial Content\r\nContent-Range: bytes {from}-{Text.Length - 1}/{Text.Length}",
            Text.Length - from, Text[(int)from..]);

    private static byte[] Answer(string status, long length, byte[] body) =>
        [.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"),
            .. body];

    /// <summary>Reports at once: Progress of .NET reports later, on another thread.</summary>
    private sealed class Reports(Action<DownloadProgress> report) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => report(value);
    }

    /// <summary>An HTTP server that says whatever it is told to say, true or not.</summary>
    private sealed partial class Server : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly List<TcpClient> open = [];

        /// <param name="answer">The whole answer to a request for the bytes from a place on.</param>
        public Server(Func<long, byte[]> answer)
        {
            listener.Start();
            Url = new Uri($"http://{listener.LocalEndpoint}/corpus.txt");
            _ = ServeAsync(answer);
        }

        public Uri Url { get; }

        /// <summary>The place from which each request asked for bytes.</summary>
        public List<long> Requests { get; } = [];

        /// <summary>Whether the connection ends after the answer.</summary>
        public bool HangsUp { get; init; } = true;

        public void Dispose()
        {
            listener.Stop();
            foreach (var connection in open) connection.Dispose();
        }

        private async Task ServeAsync(Func<long, byte[]> answer)
        {
            while (true)
            {
                TcpClient connection;
                try { connection = await listener.AcceptTcpClientAsync(); }
                catch (Exception e) when (e is SocketException or ObjectDisposedException) { return; }
                open.Add(connection);
                var reader = new StreamReader(connection.GetStream(), Encoding.ASCII);
                var request = new StringBuilder();
                while (await reader.ReadLineAsync() is { Length: > 0 } line) request.AppendLine(line);
                var range = Range().Match(request.ToString());
                Requests.Add(range.Success ? long.Parse(range.Groups[1].Value) : 0);
                try { await connection.GetStream().WriteAsync(answer(Requests[^1])); }
                catch (IOException) { }     // the client has heard enough
                if (HangsUp) connection.Dispose();
            }
        }

        [GeneratedRegex(@"Range: bytes=(\d+)-")]
        private static partial Regex Range();
    }
}
