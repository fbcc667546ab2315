using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using LmNotebooks.Files;

namespace LmNotebooks.Languages;

/// <summary>Gets a corpus over HTTP. An interrupted download stays beside the file, and the next one goes on from
/// there; the file appears under its name only when size and SHA-256 are right.</summary>
/// <param name="client">Its time-out is for the answer's beginning and then for every wait within it.</param>
public sealed class Download(HttpClient client)
{
    /// <returns>The path of the file; one that is already in the folder is only checked.</returns>
    /// <exception cref="IOException">There is no connection, or it broke; one sentence.</exception>
    /// <exception cref="InvalidDataException">The file is not the one in the catalogue.</exception>
    public async Task<string> FetchAsync(PublicCorpus corpus, string folder,
        IProgress<DownloadProgress>? progress = null, CancellationToken token = default)
    {
        Directory.CreateDirectory(folder);
        var path = WholeFile.Target(Path.Combine(folder, corpus.File));
        if (File.Exists(path) && !WholeFile.IsBlank(path))
        {
            await CheckAsync(corpus, path, token);
            return path;
        }
        var part = path + ".part";
        try
        {
            await ContinueAsync(corpus, part, progress, token);
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is OperationCanceledException && !token.IsCancellationRequested))
        {
            var have = File.Exists(part) ? new FileInfo(part).Length : 0;
            var reason = e is OperationCanceledException ? "no answer in time" : e.Message.TrimEnd('.');
            throw new IOException($"{corpus.Url} could not be fetched ({reason}), {have} of {corpus.Bytes} bytes are "
                + "here: "
                + $"check the connection and try again to go on from there, or put the file at {path} by hand.", e);
        }
        try
        {
            await CheckAsync(corpus, part, token);
        }
        catch (InvalidDataException)
        {
            File.Delete(part);      // going on from wrong bytes would never end well
            throw;
        }
        WholeFile.Replace(part, path);
        return path;
    }

    private async Task ContinueAsync(PublicCorpus corpus, string part, IProgress<DownloadProgress>? progress,
        CancellationToken token)
    {
        await using var file = new FileStream(part, FileMode.OpenOrCreate);
        if (file.Length >= corpus.Bytes) return;
        using var request = new HttpRequestMessage(HttpMethod.Get, corpus.Url);
        if (file.Length > 0) request.Headers.Range = new RangeHeaderValue(file.Length, null);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
        var status = response.StatusCode;
        // it has no such range: the whole is needed
        if (status is HttpStatusCode.OK or HttpStatusCode.RequestedRangeNotSatisfiable) file.SetLength(0);
        response.EnsureSuccessStatusCode();
        if (status == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From != file.Length)
        {
            file.SetLength(0);
            throw new IOException("the server sent another part than was asked for");
        }
        file.Seek(0, SeekOrigin.End);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(token);
        await using var body = await response.Content.ReadAsStreamAsync(token);
        var buffer = new byte[1 << 16];
        while (file.Length <= corpus.Bytes)     // a longer file is wrong, however long
        {
            waiting.CancelAfter(client.Timeout);
            var read = await body.ReadAsync(buffer, waiting.Token);
            if (read == 0) break;
            await file.WriteAsync(buffer.AsMemory(0, read), token);
            progress?.Report(new DownloadProgress(file.Position, corpus.Bytes));
        }
        if (file.Length < corpus.Bytes) throw new IOException("the file ended early");
    }

    private static async Task CheckAsync(PublicCorpus corpus, string path, CancellationToken token)
    {
        await using var file = File.OpenRead(path);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, token));
        if (file.Length == corpus.Bytes && hash == corpus.Sha256) return;
        throw new InvalidDataException($"{corpus.File} has {file.Length} bytes and the SHA-256 {hash}, "
            + $"and data/corpora.json says {corpus.Bytes} and {corpus.Sha256}: "
            + (corpus.Verified ? "delete it and try again."
                : "delete it and try again, or mend the catalogue, whose figures are not verified."));
    }
}
