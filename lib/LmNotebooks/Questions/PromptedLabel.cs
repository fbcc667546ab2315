using LmNotebooks.Languages;

namespace LmNotebooks.Questions;

/// <summary>A hidden cause of a text as a question that a model of the language can be asked without labels, since the
/// language has words for it: "... about" or "... mood" continues the text's last sentence, and the next word is the
/// answer.</summary>
/// <remarks>Documents are cut after their last whole sentence; one whose last sentence is a definition, or has a
/// prompt, is not asked about. Where the language prompts in the first half of the topics only (leakage 1), documents
/// of the other topics are asked about.</remarks>
public sealed class PromptedLabel : Labelling
{
    private readonly Latent which;
    private readonly int opener;

    /// <param name="which">Topic or polarity.</param>
    /// <exception cref="ArgumentException">The language has no words for it.</exception>
    public PromptedLabel(Lingua language, Latent which)
        : base($"{which.ToString().ToLowerInvariant()} by prompt", language, language.Values(which))
    {
        if (language.Knobs.Prompt == 0)
            throw new ArgumentException("This language has no words for prompts: Prompt must be more than 0.");
        var form = Prompts.Forms.IndexOf(which);
        if (form < 0)
            throw new ArgumentException($"No prompt says the {which}: there are forms for topic and polarity.");
        (this.which, opener) = (which, language.Lexicon.IdOf(Slot.Prompt, form));
        var lexicon = language.Lexicon;
        var values = lexicon.Latents.DistinctBy(z => z.Value(which)).OrderBy(z => z.Value(which));
        Answers = [.. values.Select(z => lexicon.IdOf(Slot.Attribute, lexicon.Prompts.Answer(form, z)))];
    }

    /// <summary>Ids of the words that are the answers, in their order.</summary>
    public IReadOnlyList<int> Answers { get; }

    /// <summary>The document and the words after which the answer is the next one.</summary>
    /// <param name="document">Whole sentences.</param>
    public int[] Ask(IReadOnlyList<int> document) => [.. document.SkipLast(1), opener];

    public override int LabelOf(Document document) => document.Sentences[^1].Latents.Value(which);

    /// <inheritdoc/>
    /// <remarks>Given also, at leakage 1, that the topic is one of those that are asked about.</remarks>
    public override double[] Posterior(IReadOnlyList<int> document) => Language.PosteriorOfLast(which, document, Asked);

    protected override IEnumerable<Document> Documents(int seed) => base.Documents(seed).Select(Cut).OfType<Document>();

    private bool Asked(Latents z) => Language.Knobs.Leakage != 1 || !Language.Lexicon.Prompts.Leaks(z);

    private Document? Cut(Document document)
    {
        var end = Array.LastIndexOf(document.Ids, Language.Lexicon.IdOf(Slot.Stop, 0)) + 1;
        if (end == 0) return null;
        var sentences = document.Sentences.TakeWhile(s => s.Start < end).ToList();
        var (start, latents) = sentences[^1];
        var words = document.Ids[start..end].Select(id => Language.WordOf(id)!.Slot);
        var fits = Asked(latents) && !words.Any(slot => slot is Slot.Copula or Slot.Prompt);
        return fits ? new Document(document.Ids[..end], sentences) : null;
    }
}
