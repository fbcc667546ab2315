using System.Text.Json;

namespace LmNotebooks.Languages;

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
