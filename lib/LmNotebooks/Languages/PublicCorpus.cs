namespace LmNotebooks.Languages;

/// <summary>A public corpus and where to get it.</summary>
/// <param name="File">Its name on disk.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Verified">Whether size and SHA-256 were computed from a download with this kit; else they are as others
/// published them.</param>
public sealed record PublicCorpus(string Name, string Title, Uri Url, string File, string Licence, long Bytes,
    string Sha256, bool Verified);
