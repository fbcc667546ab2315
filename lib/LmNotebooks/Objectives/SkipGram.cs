using System.Globalization;
using LmNotebooks.Models;
using LmNotebooks.Tokens;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Objectives;

/// <summary>Skip-gram with negative sampling (Mikolov et al. 2013): of each word and each word near it, -ln sigma(w .
/// c), and of the word and so many words drawn from the noise instead, -ln sigma(-w . n). The word vectors w are the
/// model's token vectors; nothing else of the model takes part. With vectors wide enough and noise in proportion to the
/// words' counts, the best w . c is ln P(w, c) / P(w) P(c) - ln k (Levy and Goldberg 2014).</summary>
/// <param name="Contexts">The vectors c and n, <see cref="TemporaryPart.Vectors"/>.</param>
public sealed record SkipGram(Part Contexts) : IObjective
{
    /// <summary>Words on either side that are near.</summary>
    public int Window { get; init; } = 5;

    /// <summary>Words drawn for each that is near, k.</summary>
    public int Negatives { get; init; } = 5;

    /// <summary>The noise draws a word in proportion to this power of its count in the corpus.</summary>
    public double NoiseExponent { get; init; } = 0.75;

    public string Name =>
        string.Create(CultureInfo.InvariantCulture,
            $"skip-gram, window {Window}, {Negatives} negatives, noise exponent "
        + $"{NoiseExponent}");
    public IReadOnlyList<Part> Temporary => [Contexts];
    public IReadOnlyList<Part> Uses(Model model) => [model.Embedding];

    /// <summary>Mean over the pairs, weighed by the words; 0 where no word has another near it.</summary>
    public Loss Of(Model model, Batch batch, Generator generator)
    {
        var words = batch.Targets;                                                                    // [B, T]
        long B = words.size(0), T = words.size(1);
        // For each word, its neighbours: a window slides over the text, which nothing surrounds, and its middle, the
        // word itself, is cut out.
        var near = functional.pad(words, [Window, Window], PaddingModes.Constant, Corpus.Nothing).unfold(1,
            2 * Window + 1, 1);
        near = cat([near.narrow(2, 0, Window), near.narrow(2, Window + 1, Window)], 2);               // [B, T, 2W]

        // A pair is two words: beyond the ends of a text there is none.
        var isPair = near.ge(Scalars.Zero) & words.ge(Scalars.Zero).unsqueeze(2);

        // What would stand there by chance? Words drawn by how frequent they are, the rare ones a little more often.
        var noise = tensor(batch.Corpus.Counts.Select(n => (float)Math.Pow(n, NoiseExponent)).ToArray())
            .multinomial(B * T * 2 * Window * Negatives, replacement: true, generator).view(B, T, -1).to(words.device);

        // How well does each word go with its neighbours, and with the noise?
        var vectors = model.Tokens.call(words.clamp_min(Scalars.Zero)).unsqueeze(-1);         // [B, T, C, 1]
        var contexts = (TorchSharp.Modules.Embedding)Contexts.Module;
        var others = Kernels.LookUp(contexts, cat([near.clamp_min(Scalars.Zero), noise], 2));
        var scores = others.matmul(vectors).view(B, T, 1 + Negatives, 2 * Window); // of near words, then of noise

        // True pairs shall score high, -ln sigma(s) = softplus(-s), and noise low, -ln sigma(-s) = softplus(s).
        var losses = cat([(-scores.narrow(2, 0, 1)).Softplus(), scores.narrow(2, 1, Negatives).Softplus()], 2).sum(2);

        // A mean over pairs, so that words at the ends of a text, which have fewer, weigh less.
        return new((losses * isPair).sum() / isPair.sum().clamp_min(Scalars.One), batch.Tokens);
    }

    /// <summary>The vectors of the words, and the sampled scores.</summary>
    public IEnumerable<Application> Applications(Model model, Extent text) =>
        [.. model.Tokens.Applications(model.Embedding),
            new(Contexts, 2.0 * model.Config.Width * 2 * Window * (1 + Negatives))];
}
