using static TorchSharp.torch;

namespace LmNotebooks.Tokens;

/// <summary>Some rows of a corpus: inputs [B, T] and targets [B, T], the token after each input; targets beyond a row's
/// end are <see cref="Corpus.Nothing"/>.</summary>
/// <param name="Tokens">Number of real targets; of answers, tokens of the texts that they are about.</param>
public sealed record Batch(Tensor Inputs, Tensor Targets, long Tokens)
{
    /// <summary>Of translations, what each row translates, [B, S]; <see cref="Corpus.Nothing"/> beyond its end. Else
    /// null.</summary>
    public Tensor? Sources { get; init; }

    /// <summary>What the rows are from.</summary>
    public required Corpus Corpus { get; init; }
}
