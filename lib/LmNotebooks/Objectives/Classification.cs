using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Tokens;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Objectives;

/// <summary>Answer a question about a text: -ln M(answer | text), by the model's head for it.</summary>
/// <param name="Question">One of the model's <see cref="ModelConfig.Classes"/>.</param>
public sealed record Classification(string Question) : IObjective
{
    public string Name => Question;
    public bool Answers => true;

    public Loss Of(Model model, Batch batch, Generator generator)
    {
        // The text is what is read; the answer, its only target, is not.
        var (texts, lengths) = WholeTexts.Of(batch.Sources!, model.Config.Start);

        // One text has one answer: the head reads the last state, or all of them, as the model was trained to read.
        var logits = model.Answers(texts, lengths, Question); // [B, K]

        // How surprising is the right answer?
        return new(functional.cross_entropy(logits, batch.Targets.squeeze(1)), texts.size(0));
    }

    public IDistribution Says(Model model) => new Classifier(model, Question);

    /// <remarks>All that reads a text, and the head that answers; not what predicts words.</remarks>
    public IReadOnlyList<Part> Uses(Model model) => [.. model.Readers, model.HeadOf(Question)];

    public IEnumerable<Application> Applications(Model model, Extent text) =>
        model.AnswerApplications((int)text.Length, Question);
}
