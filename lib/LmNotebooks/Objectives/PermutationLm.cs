using LmNotebooks.Models;
using LmNotebooks.Tokens;
using static TorchSharp.torch;

namespace LmNotebooks.Objectives;

/// <summary>Predict the last words of a random order, each from those before it in that order and from its place
/// (XLNet, Yang et al. 2019). Two streams go through the same body: contents, which know their word, and queries, which
/// do not; a word is predicted from its query. With <see cref="K"/> = 1 all words are predicted, and the sum of their
/// losses is -ln of the probability that the model gives to the text among those of its length.</summary>
public sealed record PermutationLm : IObjective
{
    /// <summary>The last 1/K of the words are predicted, and at least one of each text.</summary>
    public int K { get; init; } = 6;

    public string Name => $"permutation LM, last 1/{K}";

    public bool ReadsWhole => true;

    public Loss Of(Model model, Batch batch, Generator generator)
    {
        var words = batch.Targets;                                                                    // [B, T]
        // Only the order of the predictions is random: every word keeps its place in the text.
        var (texts, lengths) = WholeTexts.Of(words, model.Config.Start);                              // [B, T + 1]
        var T = texts.size(1);
        var (ranks, _) = Sight.Shuffled(lengths, T, generator);

        // A word must not see itself, and those after it in the order must see it. So each goes through the body
        // twice: as content, which knows it, and as query, which knows its place alone and reads the contents.
        var places = Sight.Places(T, words.device);
        var states = model.States(cat([texts, texts.Filled(model.Config.Hole)], 1), Sight.TwoStreams(ranks),
            cat([places, places], 0));                                                                // [B, 2T + 2, C]

        // Only queries predict, and only the last of the order, which have seen enough of the text.
        var queries = states.narrow(1, T + 1, T - 1).contiguous(); // without the start
        var asked = IsLast(ranks.narrow(1, 1, T - 1), lengths).logical_and(words.ge(Scalars.Zero));
        var (targets, count) = WholeTexts.Asked(words, asked);
        return new(model.Head.Module.Loss(queries, targets), count);
    }

    /// <remarks>The body is gone through twice, the head once.</remarks>
    public IEnumerable<Application> Applications(Model model, Extent text)
    {
        // Up to the end of the body everything is computed for contents and for queries.
        var applications = model.Applications(text).ToList();
        var parts = model.Body.All.ToHashSet();
        var end = applications.FindLastIndex(a => a.Owner is { } owner && parts.Contains(owner));
        return applications.Select((a, i) => i <= end ? a with { Flops = 2 * a.Flops } : a);
    }

    /// <summary>Whether a word is among the last 1/K of its text's order.</summary>
    private Tensor IsLast(Tensor ranks, Tensor lengths)
    {
        // The start has a rank, and is no word.
        var count = lengths.sub(Scalars.One).unsqueeze(1);                                            // words of a text
        var asked = Scalars.With(K, k => count.div(k, RoundingMode.floor)).clamp_min(Scalars.One);
        return ranks.ge(count.sub(asked));
    }
}
