namespace LmNotebooks.Languages;

/// <param name="Bytes">How much of the file is here.</param>
/// <param name="Of">Its size.</param>
public sealed record DownloadProgress(long Bytes, long Of);
