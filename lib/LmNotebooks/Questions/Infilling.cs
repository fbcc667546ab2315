using LmNotebooks.Languages;
using MathNet.Numerics.Random;

namespace LmNotebooks.Questions;

/// <summary>What a flat language says about words of a document whose length and other words are known, or known in
/// part: the exact floors of masked and of permutation language modelling. A model of either kind is told the length T
/// before it predicts anything, so every probability here is given T. Sums over all documents of that length run over
/// the cells (state of the grammar, sentence, z), which must be few; see the remarks.</summary>
/// <remarks>From left to right the words read so far settle the state of the grammar, and only z is open. Around holes
/// they do not: a hole may end a sentence or begin a clause. So the state is summed over too.</remarks>
public sealed class Infilling
{
    private const int MostDepth = 1, MostCells = 2_000;
    private readonly Lingua language;
    private readonly Trellis trellis;

    /// <exception cref="ArgumentException">The language nests deeper than 1, has more than 2,000 cells, or has
    /// definitions or prompts.</exception>
    public Infilling(Lingua language)
    {
        this.language = language;
        var knobs = language.Knobs;
        if (knobs.Depth > MostDepth)
            throw new ArgumentException(
                $"Infilling is exact on flat languages only: Depth is {knobs.Depth}, and must be at most {MostDepth}.");
        if (knobs.Definition + knobs.Prompt > 0)
            throw new ArgumentException(
                "Infilling knows neither definitions nor prompts: Definition and Prompt must be 0.");
        var automaton = new SentenceAutomaton(knobs, language.Lexicon);
        var (sentences, latents) = (Math.Max(1, knobs.Sentences), language.Lexicon.Latents.Length);
        Cells = automaton.States * sentences * latents;
        if (Cells > MostCells)
            throw new ArgumentException($"Infilling sums over every cell: this language has {automaton.States} states "
                + $"x {sentences} sentences x {latents} values of the latents = {Cells} cells, and must have at most "
                + $"{MostCells}, so take fewer topics, intents, noun classes or sentences, or less Depth.");
        trellis = new Trellis(knobs, language.Lexicon, automaton);
    }

    /// <summary>States of the grammar x sentences of a document (1 if they are not limited) x values of z.</summary>
    public int Cells { get; }

    /// <summary>ln P(T), the probability that a document has so many words.</summary>
    public double LogLength(int length) => LogProbability(Enumerable.Repeat(Masking.Hole, length).ToArray());

    /// <summary>ln P(the known words, T): that a document has this length, and these words at these places. Of a whole
    /// document it is ln P(x), and less <see cref="LogLength"/> it is ln P(x | T). Negative infinity if there is no
    /// such document.</summary>
    /// <param name="words">T ids; <see cref="Masking.Hole"/> where any word may stand.</param>
    public double LogProbability(IReadOnlyList<int> words) => trellis.LogProbability([.. words.Select(Evidence.Of)]);

    /// <summary>P(x_t | the known words, T) for every position t: V probabilities that sum to one.</summary>
    /// <param name="words">T ids; <see cref="Masking.Hole"/> where any word may stand.</param>
    /// <exception cref="ArgumentException">No document of this length has these words at these places.</exception>
    public double[][] Posterior(IReadOnlyList<int> words)
    {
        var evidence = words.Select(Evidence.Of).ToArray();
        return Posterior(evidence, Enumerable.Range(0, words.Count).ToArray(), t => evidence[t]);
    }

    /// <summary>P(x_t | what masking left of the document, T, t is selected) for every selected position t, in their
    /// order: V probabilities that sum to one. Whether other positions were selected is not known; each of them may
    /// have been, so that every word that is seen is doubtful.</summary>
    /// <exception cref="ArgumentException">Masking cannot have left this of any document.</exception>
    public double[][] Posterior(Masked masked, Masking masking)
    {
        masking.Check();
        var (seen, V) = (masked.Seen, language.Vocabulary);
        var evidence = seen.Select(id => masking.OfAny(id, V)).ToArray();
        return Posterior(evidence, [.. masked.Selected], t => masking.OfSelected(seen[t], V));
    }

    /// <summary>-ln P(x_t | what masking left, T, t is selected) of the document's own word at every selected position,
    /// in nats: what no masked language model can do better than, on average.</summary>
    /// <exception cref="ArgumentException">Masking cannot have left this of any document.</exception>
    public double[] MaskedLosses(Masked masked, Masking masking)
    {
        var posteriors = masked.Selected.Zip(Posterior(masked, masking));
        return [.. posteriors.Select(p => -Math.Log(p.Second.ElementAtOrDefault(masked.Document[p.First])))];
    }

    /// <summary>-ln P(x_z(k) | x_z(1) .. x_z(k-1), where these words and the next one stand, T) for each k, in nats:
    /// each word of a document in the order z, given those before it in that order. By the chain rule a whole order
    /// sums to -ln P(x | T), whichever it is.</summary>
    /// <param name="order">Every position of the document once.</param>
    /// <param name="known">So many words of the order are given, and only those after them predicted.</param>
    /// <exception cref="ArgumentException">The order is none, or there is no such document.</exception>
    public double[] PermutationLosses(IReadOnlyList<int> document, IReadOnlyList<int> order, int known = 0)
    {
        if (!order.Order().SequenceEqual(Enumerable.Range(0, document.Count)))
            throw new ArgumentException($"The order must name each of the positions 0 to {document.Count - 1} once.");
        if (double.IsNegativeInfinity(LogProbability(document))) throw Impossible(document.Count);

        var words = Enumerable.Repeat(Masking.Hole, document.Count).ToArray();
        foreach (var t in order.Take(known)) words[t] = document[t];
        var (losses, before) = (new List<double>(), LogProbability(words));
        foreach (var t in order.Skip(known))
        {
            words[t] = document[t];
            var after = LogProbability(words);
            losses.Add(before - after);
            before = after;
        }
        return [.. losses];
    }

    /// <summary>The floor of masked language modelling in nats per selected position, over drawn documents and masks,
    /// with its standard error over documents.</summary>
    /// <param name="standardError">Documents are drawn until the standard error is this small.</param>
    /// <exception cref="ArgumentException">The rate or the shares of masking are no probabilities.</exception>
    public Estimate MaskedFloor(Masking masking, double standardError = 0.02, int seed = 0) =>
        Floor(standardError, seed, (document, random) =>
            MaskedLosses(masking.Draw(document, language.Vocabulary, random), masking));

    /// <summary>The floor of permutation language modelling in nats per predicted word, over drawn documents and
    /// orders, with its standard error over documents. Of T words in random order the last max(1, T / K), rounded down,
    /// are predicted (XLNet, Yang et al. 2019); K = 1 predicts all of them.</summary>
    /// <param name="standardError">Documents are drawn until the standard error is this small.</param>
    /// <exception cref="ArgumentException">K is less than 1.</exception>
    public Estimate PermutationFloor(int K, double standardError = 0.02, int seed = 0)
    {
        LinguaKnobs.Within(nameof(K), K, 1, int.MaxValue);
        return Floor(standardError, seed, (document, random) =>
        {
            var order = Enumerable.Range(0, document.Length).ToArray();
            random.Shuffle(order);
            return PermutationLosses(document, order, document.Length - Math.Max(1, document.Length / K));
        });
    }

    private Estimate Floor(double standardError, int seed, Func<int[], Random, double[]> losses) =>
        Estimate.OfRatio(standardError, drawn =>
        {
            var random = new Xoshiro256StarStar(Seeds.Mix(seed, drawn, 1), threadSafe: false);
            return language.Sample(200, Seeds.Mix(seed, drawn, 0))
                .Select(document => losses(document.Ids, random))
                .Select(of => (of.Sum(), (double)of.Length));
        });

    /// <summary>Bayes' rule at each position asked for: what all others say, times what it says itself.</summary>
    private double[][] Posterior(Evidence[] seen, int[] asked, Func<int, Evidence> own)
    {
        return [.. trellis.Joint(seen, asked).Zip(asked, (others, t) =>
        {
            var weights = others.Select((weight, word) => weight * own(t).Likelihood(word)).ToArray();
            var sum = weights.Sum();
            if (sum == 0) throw Impossible(seen.Length);
            return weights.Select(weight => weight / sum).ToArray();
        })];
    }

    private static ArgumentException Impossible(int length) =>
        new($"No document of {length} words can look like this: the words do not fit their places or the length.");
}
