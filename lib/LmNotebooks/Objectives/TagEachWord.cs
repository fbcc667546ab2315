using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Tokens;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Objectives;

/// <summary>Give each word of a text a tag: the mean over words of -ln M(tag | text), by the model's head for it, which
/// is applied to what the model has made of each word. The model sees the whole text at each word where its description
/// says so, else what is up to the word.</summary>
/// <param name="Question">One of the model's <see cref="ModelConfig.Classes"/>: its answers are the tags.</param>
public sealed record TagEachWord(string Question) : IObjective
{
    public string Name => Question;
    public bool Answers => true;

    /// <param name="batch">The texts are its sources, [B, S], and the tags its targets, [B, S], one for each
    /// word.</param>
    /// <exception cref="ArgumentException">A text has not as many tags as words; one sentence.</exception>
    /// <inheritdoc cref="IObjective.Of"/>
    public Loss Of(Model model, Batch batch, Generator generator)
    {
        if (!AreAligned(batch.Sources!, batch.Targets))
            throw new ArgumentException($"A text of '{Question}' has not as many tags as words: give each word one "
                + "tag.");
        var (texts, lengths) = WholeTexts.Of(batch.Sources!, model.Config.Start);

        // Each word has its tag: the head reads the state of each, but that of the start.
        var logits = Tagger.Logits(model, texts, lengths, Question);                                  // [B, S, K]

        // How surprising are the right tags? Beyond a text's end there is nothing to tag.
        return new(functional.cross_entropy(logits.flatten(0, 1), batch.Targets.flatten()), batch.Tokens);
    }

    public IDistribution Says(Model model) => new Tagger(model, Question);

    /// <remarks>All that reads a text, and the head that gives tags; not what predicts words.</remarks>
    public IReadOnlyList<Part> Uses(Model model) => [.. model.Readers, model.HeadOf(Question)];

    /// <remarks>The head is used at each word, not once a text.</remarks>
    public IEnumerable<Application> Applications(Model model, Extent text)
    {
        var head = model.HeadOf(Question);
        return [.. model.AnswerApplications(text.Length, Question).Where(a => a.Owner != head),
            head.Module.Application(head, 1)];
    }

    /// <summary>Whether each word has a tag, and nothing else has one. A tensor without numbers is not looked
    /// into.</summary>
    private static bool AreAligned(Tensor words, Tensor tags) => words.size(1) == tags.size(1)
        && (words.device_type == DeviceType.META
            || words.ge(Scalars.Zero).eq(tags.ge(Scalars.Zero)).all().item<bool>());
}
