namespace LmNotebooks.Languages;

/// <summary>Reads a translation word by word and keeps the exact belief about what its words leave open, the topic and
/// the order of the sentence: b(order, topic) = P(order, topic | source, words so far). Senses and synonyms are seen in
/// the words.</summary>
/// <param name="sentences">The sentences in every order, from <see cref="Transfer"/>.</param>
/// <param name="topics">P(topic | source).</param>
internal sealed class TranslationFilter(PairKnobs knobs, TargetLexicon lexicon, IEnumerable<TargetPlace[][]> sentences,
    double[] topics)
{
    private readonly Queue<TargetPlace[][]> left = new(sentences);
    private double[] belief = Begin(knobs, topics);   // the topic runs fastest
    private int position;

    /// <summary>Whether everything is said.</summary>
    public bool Ended => left.Count == 0;

    /// <summary>P(topic | source, words so far).</summary>
    public double[] Topics =>
        [.. topics.Select((_, topic) => belief.Where((_, cause) => cause % topics.Length == topic).Sum())];

    /// <summary>Reads the next word and returns its probability given those before; after a probability of 0 the filter
    /// is of no use.</summary>
    public double Read(int id)
    {
        if (Ended) return 0;
        double[] joint = [.. belief.Select((_, cause) => Joint(cause, id))];
        var sum = joint.Sum();
        if (sum == 0) return 0;
        belief = [.. joint.Select(b => b / sum)];
        if (++position == left.Peek()[0].Length)
        {
            (position, _) = (0, left.Dequeue());
            belief = Begin(knobs, Topics);
        }
        return sum;
    }

    /// <summary>P(next word | source, words so far), by id; not to be asked when everything is said.</summary>
    public double[] Next()
    {
        var next = new double[lexicon.Texts.Count];
        for (var cause = 0; cause < belief.Length; cause++)
            foreach (var id in lexicon.Choices(Due(cause))) next[id] += Joint(cause, id);
        return next;
    }

    private TargetPlace Due(int cause) => left.Peek()[cause / topics.Length][position];

    private double Joint(int cause, int id) =>
        belief[cause] * lexicon.Probability(id, Due(cause), cause % topics.Length);

    private static double[] Begin(PairKnobs knobs, double[] topics) =>
        [.. Transfer.OrderProbabilities(knobs.Scrambling).SelectMany(_ => topics, (order, topic) => order * topic)];
}
