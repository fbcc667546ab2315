using LmNotebooks.Models;
using LmNotebooks.Tokens;
using static TorchSharp.torch;

namespace LmNotebooks.Objectives;

/// <summary>Predict the words that were selected from the whole text, in which most of them are hidden, some are
/// replaced by a random word, and some stay (BERT, Devlin et al. 2019). Each word is selected by itself; the model does
/// not see which ones are. It is no distribution over texts: its loss has a floor of its own.</summary>
public sealed record MaskedLm : IObjective
{
    /// <summary>Probability with which a word is selected.</summary>
    public double Rate { get; init; } = 0.15;

    /// <summary>Share of the selected words that are hidden.</summary>
    public double Hidden { get; init; } = 0.8;

    /// <summary>Share of the selected words that are replaced, by a word drawn uniformly.</summary>
    public double Random { get; init; } = 0.1;

    public string Name => FormattableString.Invariant($"masked LM, {Rate}, {Hidden}/{Random}");

    public bool ReadsWhole => true;

    public Loss Of(Model model, Batch batch, Generator generator)
    {
        var words = batch.Targets;                                                                    // [B, T]
        // Each word is selected by itself, so any number of them can be; what lies beyond a text's end is none.
        Tensor Drawn() => rand(words.shape, generator: generator).to(words.device);
        var selected = Scalars.With(Rate, rate => Drawn().lt(rate)).logical_and(words.ge(Scalars.Zero));

        // Of the selected words most are hidden. If all were, states of words that are seen would never be trained,
        // though they are all that there is when the model is used: so some are replaced, and some stay.
        var how = Drawn();
        var hides = Scalars.With(Hidden, share => how.lt(share)).logical_and(selected);
        var replaces = Scalars.With(Hidden + Random, share => how.lt(share)).logical_and(selected)
            .logical_and(hides.logical_not());
        var others = randint(0, model.Vocabulary, words.shape, dtype: int64, generator: generator).to(words.device);
        var shown = where(hides, words.Filled(model.Config.Hole), where(replaces, others, words));

        // The whole text is read at once, and each position sees what comes later, too.
        var (texts, lengths) = WholeTexts.Of(shown, model.Config.Start);
        var states = model.States(texts, Sight.Whole(lengths, texts.size(1)));                        // [B, T + 1, C]

        // Only the selected words count: what is seen tells itself. The state at the start predicts nothing.
        var (targets, count) = WholeTexts.Asked(words, selected);
        var loss = model.Head.Module.Loss(states.narrow(1, 1, words.size(1)).contiguous(), targets);

        // Where nothing was selected, the loss is 0, with gradients of 0 for a backward pass to find.
        return new(count > 0 ? loss : (states * Scalars.Zero).sum(), count);
    }
}
