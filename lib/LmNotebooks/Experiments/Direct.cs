using LmNotebooks.Languages;
using LmNotebooks.Models;

namespace LmNotebooks.Experiments;

/// <summary>From A into C at once: the translator is given the texts that it is asked to translate.</summary>
/// <inheritdoc/>
public sealed record Direct(string Name, string Preset, Trained Model) : Retold(Name, Preset, Model)
{
    protected override string Detail => "as it is";

    /// <inheritdoc/>
    internal override double Flops(Scale scale, Material like) => Model.Flops(scale, like);

    protected override IReadOnlyList<int[]> Others(EncoderDecoder translator, JointLanguages languages,
        IReadOnlyList<int[]> sources) => sources;
}
