namespace LmNotebooks.Languages;

/// <summary>Three languages with the same meanings in one vocabulary, for one translator of several directions (Johnson
/// et al. 2017): a source begins with the word that names the language to translate it into. From A to B, from B to C
/// and from A to C, the probabilities of translations are exactly known.</summary>
/// <param name="second">The pair of A and B.</param>
public sealed class JointLanguages(LinguaPair second) : IConditionalDistribution
{
    private static readonly Language[] All = Enum.GetValues<Language>();

    private readonly TargetPair pair = new(second);

    /// <summary>The directions in which the probabilities of translations are exactly known.</summary>
    public static IReadOnlyList<Direction> Known { get; } =
        [new(Language.A, Language.B), new(Language.B, Language.C), new(Language.A, Language.C)];

    /// <inheritdoc cref="LinguaPair.Preset"/>
    public static JointLanguages Preset(string name, int seed) => new(LinguaPair.Preset(name, seed));

    /// <summary>From A to B.</summary>
    public LinguaPair Second => pair.Second;

    /// <summary>From A to C.</summary>
    public LinguaPair Third => pair.Third;

    /// <summary>Words by id: those of A, of B and of C, each in the order of their own ids, and the three that name a
    /// language, "&lt;to A>" say.</summary>
    public IReadOnlyList<string> Words => field ??=
        [.. All.SelectMany(WordsOf), .. All.Select(language => $"<to {language}>")];

    /// <inheritdoc/>
    public int Vocabulary => Words.Count;

    /// <summary>The id of a word that has another one in its own language.</summary>
    public int Id(Language language, int word) => First(language) + word;

    /// <summary>The id of the word that names a language to translate into.</summary>
    public int Naming(Language language) => Vocabulary - All.Length + (int)language;

    /// <summary>The language of a word, and its id there; null of a word that names a language, and of what is no
    /// id.</summary>
    public (Language Language, int Word)? WordOf(int id)
    {
        foreach (var language in All)
            if (id >= First(language) && id - First(language) < WordsOf(language).Count)
                return (language, id - First(language));
        return null;
    }

    /// <summary>The text of some ids, words separated by blanks.</summary>
    public string Text(IEnumerable<int> text) => string.Join(' ', text.Select(id => Words[id]));

    /// <summary>Documents drawn from A, as they are or translated; the same seed gives the same documents in every
    /// language.</summary>
    public IReadOnlyList<int[]> Sample(Language language, int count, int seed)
    {
        var texts = language switch
        {
            Language.A => Second.Source.Sample(count, seed).Select(d => d.Ids),
            Language.B => Second.Sample(count, seed).Select(e => e.Target),
            _ => Third.Sample(count, seed).Select(e => e.Target),
        };
        return [.. texts.Select(text => (int[])[.. text.Select(word => Id(language, word))])];
    }

    /// <summary>Texts with what they are in another language, or copies of them.</summary>
    /// <inheritdoc cref="Sample(Language, int, int)"/>
    public IReadOnlyList<Example> Sample(Direction direction, int count, int seed)
    {
        var (from, into) = direction;
        return Asked(into, Sample(from, count, seed), Sample(into, count, seed));
    }

    /// <summary>Texts that are to be translated into a language, with their translations.</summary>
    internal IReadOnlyList<Example> Asked(Language into, IReadOnlyList<int[]> texts, IReadOnlyList<int[]> translations)
        => [.. texts.Zip(translations, (text, translation) => new Example([Naming(into), .. text], translation))];

    /// <summary>Whether a text is at its end: it has as many full stops as every document.</summary>
    public bool Ends(IReadOnlyList<int> text) =>
        text.Count(id => id < Vocabulary - All.Length && Words[id] == ".") >= Second.Knobs.Source.Sentences;

    /// <inheritdoc/>
    /// <remarks>Exact. From the first word on that no translation of the source has there, negative infinity.</remarks>
    /// <exception cref="ArgumentException">A source is no text in one of the three directions.</exception>
    public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<Example> examples) =>
    [
        .. examples.Select(example =>
        {
            var (truth, source, into) = Plain(example.Source);
            return truth.LogProbabilities([new(source, Own(into, example.Target))])[0];
        }),
    ];

    /// <inheritdoc/>
    /// <remarks>Exact.</remarks>
    /// <exception cref="ArgumentException">The source is no text in one of the three directions, or the prefix does not
    /// begin a translation of it, or is one.</exception>
    public double[] Next(IReadOnlyList<int> source, IReadOnlyList<int> prefix)
    {
        var (truth, plain, into) = Plain(source);
        var next = new double[Vocabulary];
        truth.Next(plain, Own(into, prefix)).CopyTo(next, First(into));
        return next;
    }

    private IReadOnlyList<string> WordsOf(Language language) => language switch
    {
        Language.A => Second.Source.Words, Language.B => Second.Words, _ => Third.Words,
    };

    /// <summary>The id of the first word of a language.</summary>
    private int First(Language language) => All[..(int)language].Sum(before => WordsOf(before).Count);

    /// <summary>Ids in a language; -1, which is none, for a word of another.</summary>
    private int[] Own(Language language, IEnumerable<int> text) =>
        [.. text.Select(id => WordOf(id) is { } word && word.Language == language ? word.Word : -1)];

    private (IConditionalDistribution Truth, int[] Source, Language Into) Plain(IReadOnlyList<int> source)
    {
        foreach (var (direction, truth) in Known.Zip<Direction, IConditionalDistribution>([Second, pair, Third]))
            if (source.Count > 1 && source[0] == Naming(direction.Into)
                && WordOf(source[1])?.Language == direction.From)
                return (truth, Own(direction.From, source.Skip(1)), direction.Into);
        throw new ArgumentException("The source has no translation that is exactly known: it must begin with <to B> "
            + "and be a text of A, or with <to C> and be one of A or B.");
    }
}
