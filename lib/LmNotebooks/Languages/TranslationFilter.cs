namespace LmNotebooks.Languages;

/// <summary>Reads a translation word by word and keeps the exact belief about what its words leave open: b(order, topic) = P(order of
/// this sentence, topic | source, words so far). Senses and synonyms are seen in the words.</summary>
internal sealed class TranslationFilter
{
    private readonly TargetLexicon lexicon;
    private readonly double scrambling;
    private readonly Queue<Place[][]> sentences;   // those that have not ended
    private readonly double[][] belief;            // [order][topic]
    private int position;

    /// <param name="topics">P(topic | source).</param>
    public TranslationFilter(PairKnobs knobs, TargetLexicon lexicon, IEnumerable<Place[][]> sentences, double[] topics)
    {
        (this.lexicon, scrambling, this.sentences) = (lexicon, knobs.Scrambling, new(sentences));
        belief = [.. Enumerable.Range(0, Transfer.OrderCount).Select(_ => new double[topics.Length])];
        Begin(topics);
    }

    /// <summary>Whether everything is said.</summary>
    public bool Ended => sentences.Count == 0;

    /// <summary>Reads the next word and returns its probability given those before; after a probability of 0 the filter is of no use.</summary>
    public double Read(int id)
    {
        if (Ended || lexicon.WordOf(id) is not { } word) return 0;
        var (given, sum) = (lexicon.Probabilities(id), 0.0);
        for (var order = 0; order < belief.Length; order++)
        {
            var fits = Due(order) == new Place(word.Source, word.Case);
            for (var topic = 0; topic < given.Length; topic++) sum += belief[order][topic] *= fits ? given[topic] : 0;
        }
        foreach (var row in belief)
            for (var topic = 0; topic < row.Length; topic++) row[topic] /= sum;
        if (++position == sentences.Peek()[0].Length)
        {
            (position, _) = (0, sentences.Dequeue());
            Begin([.. Enumerable.Range(0, given.Length).Select(topic => belief.Sum(row => row[topic]))]);
        }
        return sum;
    }

    /// <summary>P(next word | source, words so far), by id; all zero when everything is said.</summary>
    public double[] Next()
    {
        var next = new double[lexicon.Texts.Count];
        for (var order = 0; order < belief.Length && !Ended; order++)
            foreach (var id in lexicon.Choices(Due(order))) next[id] += belief[order].Zip(lexicon.Probabilities(id), (b, p) => b * p).Sum();
        return next;
    }

    private Place Due(int order) => sentences.Peek()[order][position];

    private void Begin(double[] topics)
    {
        for (var order = 0; order < belief.Length; order++)
            for (var topic = 0; topic < topics.Length; topic++)
                belief[order][topic] = topics[topic] * (order == 0 ? 1 - scrambling : scrambling / (belief.Length - 1));
    }
}
