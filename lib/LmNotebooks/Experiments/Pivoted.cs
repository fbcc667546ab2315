using LmNotebooks.Languages;
using LmNotebooks.Models;

namespace LmNotebooks.Experiments;

/// <summary>From A into C by way of B: the translator translates into B, the most probable word at each step, and then
/// what it wrote into C.</summary>
/// <inheritdoc/>
public sealed record Pivoted(string Name, string Preset, Trained Model) : Retold(Name, Preset, Model)
{
    protected override string Detail => "in B";

    /// <remarks>A text in B that is too long to be read is cut.</remarks>
    protected override IReadOnlyList<int[]> Others(EncoderDecoder translator, JointLanguages languages,
        IReadOnlyList<int[]> sources)
    {
        int[][] toB = [.. sources.Select(source => (int[])[languages.Naming(Language.B), .. source.Skip(1)])];
        return [.. translator.Greedy(toB, languages.Ends).Select(text =>
            (int[])[languages.Naming(Language.C), .. text.Take(translator.Config.SourceContext - 1)])];
    }
}
