using System.Text.Json;
using System.Text.Json.Serialization;

namespace LmNotebooks.Languages;

/// <summary>Everything that shapes a synthetic language besides its seed. A preset is this record as JSON; see
/// data/languages.</summary>
public sealed record LinguaKnobs
{
    internal static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Values of the document's topic.</summary>
    public required int Topics { get; init; }

    /// <summary>Values of the sentence's intent.</summary>
    public required int Intents { get; init; }

    /// <summary>Probability that the polarity carries over to the next sentence instead of being drawn anew.</summary>
    public required double PolarityPersistence { get; init; }

    public required int Nouns { get; init; }
    public required int Verbs { get; init; }
    public required int Adjectives { get; init; }
    public required int Adverbs { get; init; }

    /// <summary>Classes that nouns fall into and that verbs agree with.</summary>
    public required int NounClasses { get; init; }

    /// <summary>Share of nouns and of verbs that are positive or negative; adjectives all are, and half of the
    /// adverbs.</summary>
    public required double ValencedShare { get; init; }

    /// <summary>Exponent of Zipf's law within a kind of word: the weight of rank r is r^-Zipf.</summary>
    public required double Zipf { get; init; }

    /// <summary>Added to a word's logit when its topic is the document's.</summary>
    public required double TopicPull { get; init; }

    /// <summary>Times valence (-1, 0, 1) times polarity (-1, 1), added to a word's logit.</summary>
    public required double PolarityPull { get; init; }

    /// <summary>Times the word's register (-1, 1) times the document's, added to its logit.</summary>
    public required double RegisterPull { get; init; }

    /// <summary>Added to the logit of a verb or adverb that expresses the sentence's intent.</summary>
    public required double IntentPull { get; init; }

    /// <summary>Added to the logit of a verb that prefers its subject's class, and of a noun of the class that the
    /// adjective before it prefers.</summary>
    public required double ClassPull { get; init; }

    /// <summary>Probability of an adjective before the noun, at each of at most two places.</summary>
    public required double Adjective { get; init; }

    /// <summary>Probability of "not" and an adjective before the noun.</summary>
    public required double Negation { get; init; }

    /// <summary>Probability that a preposition and another noun phrase follow a noun.</summary>
    public required double Prepositional { get; init; }

    /// <summary>Probability that a relative clause follows a noun.</summary>
    public required double Relative { get; init; }

    /// <summary>Probability of an adverb at the end of the sentence.</summary>
    public required double Adverb { get; init; }

    /// <summary>Probability that the main verb has no object.</summary>
    public required double Intransitive { get; init; }

    /// <summary>Probability of the plural; 0 makes a language without number.</summary>
    public required double Plural { get; init; }

    /// <summary>How deep phrases and clauses nest in each other.</summary>
    public required int Depth { get; init; }

    /// <summary>Sentences in a document; 0 for no limit.</summary>
    public required int Sentences { get; init; }

    /// <summary>Tokens at which a document is cut; 0 for no limit.</summary>
    public required int Tokens { get; init; }

    /// <summary>Nouns beyond the others that no document has: words that are new when a language is told to say
    /// them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int HeldOutNouns { get; init; }

    /// <summary>Positive adjectives of which "un-" makes another, with the opposite valence and all else the
    /// same.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Derived { get; init; }

    /// <summary>Positive adjectives beyond those whose opposite no document has.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int HeldOutDerived { get; init; }

    /// <summary>Probability that a sentence defines a noun: "a dax is a good polite class-a animal ."</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double Definition { get; init; }

    /// <summary>Probability that a sentence ends by saying its document's topic, "about animal .", and likewise its
    /// polarity, "mood good ."</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double Prompt { get; init; }

    /// <summary>Which documents say their topic with <see cref="Prompt"/>: 0 none, so that the form is new to a model;
    /// 1 those of the first half of the topics; 2 all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Leakage { get; init; }

    /// <summary>A preset of the kit, by the name of its file.</summary>
    /// <exception cref="ArgumentException">There is no preset of that name.</exception>
    public static LinguaKnobs Preset(string name) => Parse(PresetText("language", name), name);

    /// <summary>Knobs from JSON; comments are allowed. The knobs from <see cref="HeldOutNouns"/> on are 0 unless they
    /// are there, all others must be.</summary>
    /// <param name="source">Where the text comes from, for messages.</param>
    /// <exception cref="ArgumentException">A knob is missing, unknown or out of range; one sentence.</exception>
    public static LinguaKnobs Parse(string json, string source) => Read<LinguaKnobs>(json, source).Checked();

    /// <summary>The JSON of a preset of some kind.</summary>
    internal static string PresetText(string kind, string name)
    {
        var (library, folder) = (typeof(LinguaKnobs).Assembly, $"{kind}s/");
        using var stream = library.GetManifestResourceStream($"{folder}{name}.json");
        if (stream is not null) return new StreamReader(stream).ReadToEnd();
        var names = library.GetManifestResourceNames().Where(n => n.StartsWith(folder))
            .Select(n => Path.GetFileNameWithoutExtension(n)).Order(StringComparer.Ordinal);
        throw new ArgumentException($"There is no {kind} preset '{name}': there are {string.Join(", ", names)}.");
    }

    internal static T Read<T>(string json, string source)
    {
        try { return JsonSerializer.Deserialize<T>(json, Format)!; }
        catch (JsonException e) { throw new ArgumentException($"The language {source} cannot be read: {e.Message}"); }
    }

    /// <summary>The knobs as JSON, the same text for the same values.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format);

    internal LinguaKnobs Checked()
    {
        Within(nameof(Topics), Topics, 1, 64);
        Within(nameof(Intents), Intents, 1, 64);
        Within("Topics x Intents x 4, the number of latent states,", Topics * Intents * 4, 4, 256);
        Within(nameof(NounClasses), NounClasses, 1, 6);
        foreach (var (name, count) in new[] { (nameof(Nouns), Nouns), (nameof(Verbs), Verbs),
            (nameof(Adjectives), Adjectives), (nameof(Adverbs), Adverbs) })
            Within(name, count, 1, 5000);
        foreach (var (name, p) in new[]
        {
            (nameof(PolarityPersistence), PolarityPersistence), (nameof(ValencedShare), ValencedShare),
                (nameof(Adverb), Adverb),
            (nameof(Intransitive), Intransitive), (nameof(Plural), Plural), (nameof(Adjective), Adjective),
                (nameof(Negation), Negation),
            ("Adjective + Negation", Adjective + Negation), (nameof(Prepositional), Prepositional),
                (nameof(Relative), Relative),
            ("Prepositional + Relative", Prepositional + Relative),
            (nameof(Definition), Definition), ("2 x Prompt", 2 * Prompt),
        }) Within(name, p, 0, 1);
        foreach (var (name, pull) in new[]
        {
            (nameof(Zipf), Zipf), (nameof(TopicPull), TopicPull), (nameof(PolarityPull), PolarityPull),
                (nameof(RegisterPull), RegisterPull),
            (nameof(IntentPull), IntentPull), (nameof(ClassPull), ClassPull),
        }) Within(name, pull, 0, 20);
        Within(nameof(Depth), Depth, 0, 16);
        Within(nameof(HeldOutNouns), HeldOutNouns, 0, 5000);
        Within(nameof(Derived), Derived, 0, 5000);
        Within(nameof(HeldOutDerived), HeldOutDerived, 0, 5000);
        Within("Derived + HeldOutDerived, of positive adjectives,", Derived + HeldOutDerived, 0, (Adjectives + 1) / 2);
        Within(nameof(Leakage), Leakage, 0, 2);
        Within(nameof(Sentences), Sentences, 0, 10_000);
        Within(nameof(Tokens), Tokens, 0, 100_000);
        if (Sentences == 0 && Tokens == 0)
            throw new ArgumentException("Sentences and Tokens are both 0: one of them must end a document.");
        return this;
    }

    internal static void Within(string name, double value, double low, double high)
    {
        if (!(value >= low && value <= high))
            throw new ArgumentException(FormattableString.Invariant($"{name} is {value}: it must be {low} to {high}."));
    }
}
