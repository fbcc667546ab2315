using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Models;
using LmNotebooks.Questions;
using LmNotebooks.Tokens;

namespace LmNotebooks.Experiments;

/// <summary>A language model that is asked for the topic and the polarity of texts, and has no answer to learn from: a
/// prompt is put after a text, and the next word answers. What else it takes comes from texts that the model was
/// trained on, without labels: the words that stand for the answers, the choice among prompts, and what the answers are
/// divided by.</summary>
public sealed record Prompted(string Name, string Preset, Trained Model) : Adapted(Name, Preset, Model)
{
    /// <summary>Words that a text can go on with, and then a noun, which answers: the one is taken after which the
    /// answers say most of the texts. None for the language's own form, "... about" or "... mood".</summary>
    public IReadOnlyList<string> Openers { get; init; } = Determiners;

    /// <summary>Whether the answers are freed from what the model likes whatever the text is.</summary>
    public bool Calibrated { get; init; } = true;

    /// <summary>Whether the nouns that stand for the answers are dealt out among them at random: what a model answers
    /// that knows the same words, and not what they are for. It answers after each of 16 deals.</summary>
    public bool Permuted { get; init; }

    /// <summary>Whether the language itself is asked, and not the model: what the prompt costs, as far as it is not the
    /// model that costs it.</summary>
    public bool Exact { get; init; }

    /// <summary>The words after which the language has nouns in all sentences, definitions among them.</summary>
    public static IReadOnlyList<string> Determiners { get; } = ["the", "some", "a"];

    private const int Texts = 400, Deals = 16;

    /// <inheritdoc/>
    protected override string Detail => $"after {string.Join(" or ", Openers)}"
        + $"{(Calibrated ? ", calibrated" : "")}{(Permuted ? ", permuted" : "")}{(Exact ? ", exact" : "")}";

    /// <inheritdoc/>
    protected override ISequenceDistribution Adapt(LanguageModel model, Lingua language, Dataset data, int seed)
    {
        ISequenceDistribution asked = Exact ? language : model;
        var (once, texts) = (new NextOnce(asked), WholeSentences(language, data.Train.Documents));
        return new Answering(asked, Prompts.Forms.ToDictionary(which => which, which =>
            Reader(once, new PromptedLabel(language, which), data.Train.Documents, texts, seed)));
    }

    /// <param name="documents">That have definitions.</param>
    /// <param name="texts">To ask about, without labels.</param>
    private IConditionalDistribution Reader(ISequenceDistribution model, PromptedLabel question,
        IReadOnlyList<int[]> documents, IReadOnlyList<int[]> texts, int seed)
    {
        IConditionalDistribution Freed(SlotReader reader) =>
            Calibrated ? new CalibratedReader(reader, texts) : reader;
        if (Openers.Count == 0)
            return Freed(new SlotReader(model, question.Ask, [.. question.Answers.Select(id => (int[])[id])]));

        var words = LabelWords.Of(question, documents);
        var chosen = question.Language.Ids(string.Join(' ', Openers))
            .Select(opener => new SlotReader(model, text => [.. text, opener], words))
            .MaxBy(reader => AnswerInformation.Of(reader, texts))!;
        return !Permuted ? Freed(chosen) : new Readers([.. Enumerable.Range(0, Deals).Select(deal =>
            Freed(chosen with { Words = LabelWords.Dealt(words, Seeds.Mix(seed, deal)) }))]);
    }

    /// <summary>The first documents, each cut after its last whole sentence, if that can be asked about: it defines
    /// nothing and says no hidden cause.</summary>
    private static IReadOnlyList<int[]> WholeSentences(Lingua language, IReadOnlyList<int[]> documents)
    {
        bool Is(int id, Slot slot) => language.WordOf(id)!.Slot == slot;
        return [.. (from document in documents
                    let end = Array.FindLastIndex(document, id => Is(id, Slot.Stop))
                    where end >= 0
                    let last = document[..end].Reverse().TakeWhile(id => !Is(id, Slot.Stop))
                    where !last.Any(id => Is(id, Slot.Copula) || Is(id, Slot.Prompt))
                    select document[..(end + 1)]).Take(Texts)];
    }
}
