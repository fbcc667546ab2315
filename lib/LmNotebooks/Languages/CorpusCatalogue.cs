using System.Text.Json;

namespace LmNotebooks.Languages;

/// <summary>A public corpus and where to get it.</summary>
/// <param name="File">Its name on disk.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Verified">Whether size and SHA-256 were computed from a download with this kit; else they are as others
/// published them.</param>
public sealed record PublicCorpus(string Name, string Title, Uri Url, string File, string Licence, long Bytes,
    string Sha256, bool Verified);

/// <summary>The public corpora that the kit knows: data/corpora.json.</summary>
public static class CorpusCatalogue
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip, RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
    };

    public static IReadOnlyList<PublicCorpus> All { get; } = Read();

    /// <exception cref="ArgumentException">The catalogue has no corpus of that name.</exception>
    public static PublicCorpus Get(string name) => All.FirstOrDefault(c => c.Name == name)
        ?? throw new ArgumentException($"There is no corpus '{name}': there are "
            + $"{string.Join(", ", All.Select(c => c.Name))}.");

    private static PublicCorpus[] Read()
    {
        using var stream = typeof(CorpusCatalogue).Assembly.GetManifestResourceStream("corpora.json")!;
        return JsonSerializer.Deserialize<PublicCorpus[]>(stream, Format)!;
    }
}
