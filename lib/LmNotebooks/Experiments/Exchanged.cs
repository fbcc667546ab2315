using LmNotebooks.Languages;
using LmNotebooks.Models;

namespace LmNotebooks.Experiments;

/// <summary>From A into C with the source of another text, the next of the test that is not the same. How the
/// language is, it knows as before; of the text it knows nothing.</summary>
/// <inheritdoc/>
public sealed record Exchanged(string Name, string Preset, Trained Model) : Retold(Name, Preset, Model)
{
    protected override string Detail => "of another text";

    protected override IReadOnlyList<int[]> Others(EncoderDecoder translator, JointLanguages languages,
        IReadOnlyList<int[]> sources) =>
        [.. sources.Select((source, n) => sources.Skip(n + 1).Concat(sources).First(other =>
            !other.SequenceEqual(source)))];
}
