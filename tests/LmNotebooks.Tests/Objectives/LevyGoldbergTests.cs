using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Objectives;

/// <summary>Where skip-gram ends if nothing holds it back: vectors as wide as there are words, and the whole corpus in
/// each batch (Levy and Goldberg 2014). A document is three words, each near both others, so that a word's share of the
/// pairs is its share of the corpus.</summary>
public class LevyGoldbergTests
{
    private const int Vocabulary = 7, Documents = 512, Steps = 400, Negatives = 3;
    private const double Tolerance = 0.1;       // of w.c: twice what the drawn noise leaves open, whatever the seed

    /// <summary>Three of the words 1 to 4, or three of 3 to 6, the first of them the most often: 1 and 2 never meet 5
    /// and 6.</summary>
    private static readonly int[][] Texts = [.. Enumerable.Range(0, Documents).Select(i =>
    {
        var random = new Random(i);
        return Enumerable.Range(0, 3).Select(_ => 1 + i % 2 * 2 + (int)(4 * Math.Pow(random.NextDouble(), 3)))
            .ToArray();
    })];

    private static readonly Corpus Corpus = Corpus.OfDocuments(Texts, 0);

    /// <summary>How often each word, by row, has each near it, by column.</summary>
    private static readonly double[,] Pairs = Count();

    private static readonly Lazy<double[,]> ByCount = new(() => Train(exponent: 1)),
        Flattened = new(() => Train(exponent: 0.75));

    private static double[,] Count()
    {
        var pairs = new double[Vocabulary, Vocabulary];
        foreach (var text in Texts)
            for (var i = 0; i < text.Length; i++)
                for (var j = 0; j < text.Length; j++)
                    if (i != j) pairs[text[i], text[j]]++;
        return pairs;
    }

    private static double Sum(int word) => Enumerable.Range(0, Vocabulary).Sum(c => Pairs[word, c]);

    private static double NoiseOf(int word, double exponent) =>
        Math.Pow(Corpus.Counts[word], exponent) / Corpus.Counts.Sum(n => Math.Pow(n, exponent));

    private static IEnumerable<(int Word, int Context)> Met =>
        from w in Enumerable.Range(0, Vocabulary) from c in Enumerable.Range(0, Vocabulary) where Pairs[w, c] > 0
            select (w, c);

    /// <summary>w.c of each word, by row, and context, by column, after training.</summary>
    private static double[,] Train(double exponent)
    {
        using var scope = NewDisposeScope();
        var model = LanguageModel.Of(new ModelConfig { Vocabulary = Vocabulary, Context = 3, Width = 8, Layers = 1,
            Heads = 1 }, new Generator(1));
        var contexts = TemporaryPart.Vectors("contexts", model);
        var data = new Dataset("three words", "0123456789abcdef", Vocabulary, 0, Corpus, Corpus);
        var options = new TrainingOptions { BatchRows = Documents, WeightDecay = 0, Evaluations = 1 };
        var objective = new SkipGram(contexts) { Window = 2, Negatives = Negatives, NoiseExponent = exponent };
        var stage = new Stage("words", objective, [model.Embedding, contexts],
            Steps * Corpus.Tokens) { Schedule = new Schedule { Peak = 0.05, Final = 0.01 } };
        var scores = new double[0, 0];
        // the trainer disposes of the contexts after the last event
        new Trainer("test", model, data, options, new Generator(2)).Train([stage], _ =>
        {
            using var products = model.Embedding.Module
                .Weight.matmul(((Embedding)contexts.Module).weight!.t()).to(float64);
            scores = (double[,])products.data<double>().ToNDArray();
        });
        return scores;
    }

    [Fact]
    public void With_noise_in_proportion_to_the_counts_the_scores_are_pointwise_mutual_information_less_ln_k()
    {
        var all = Pairs.Cast<double>().Sum();
        Assert.All(Met, p => Assert.Equal(
            Math.Log(Pairs[p.Word, p.Context] * all / (Sum(p.Word) * Sum(p.Context))) - Math.Log(Negatives),
                ByCount.Value[p.Word, p.Context], Tolerance));
    }

    [Fact]
    public void With_flattened_noise_the_scores_are_information_against_that_noise_less_ln_k() =>
        Assert.All(Met, p => Assert.Equal(
        Math.Log(Pairs[p.Word, p.Context] / (Sum(p.Word) * NoiseOf(p.Context, 0.75))) - Math.Log(Negatives),
            Flattened.Value[p.Word, p.Context], Tolerance));

    [Fact]
    public void Flattened_noise_raises_the_scores_of_frequent_contexts_and_lowers_those_of_rare_ones()
    {
        double Shift(int context) => Math.Log(NoiseOf(context, 1) / NoiseOf(context, 0.75));
        var shifted = Met.Where(p => Math.Abs(Shift(p.Context)) > Tolerance).ToList();
        Assert.Equal([-1, 1], shifted.Select(p => Math.Sign(Shift(p.Context))).Distinct().Order());
        Assert.All(shifted, p => Assert.Equal(Shift(p.Context),
            Flattened.Value[p.Word, p.Context] - ByCount.Value[p.Word, p.Context], Tolerance));
    }
}
