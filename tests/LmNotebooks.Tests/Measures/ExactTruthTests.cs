using FsCheck.Xunit;
using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Models;
using LmNotebooks.Tokens;

namespace LmNotebooks.Tests.Measures;

/// <summary>What can be asked only where the true probabilities are known.</summary>
public class ExactTruthTests
{
    private static readonly Lingua Language = Lingua.Preset("base", 1), Tiny = Lingua.Preset("tiny", 1);
    private static readonly Dataset Data = Dataset.Of(Language, 2_000, 60, seed: 1),
        TinyData = Dataset.Of(Tiny, 500, 300, seed: 1);
    private static readonly NgramModel Unigram = NgramModel.Fit(1, Language.Vocabulary, Data.Train.Documents),
        TinyUnigram = NgramModel.Fit(1, Tiny.Vocabulary, TinyData.Train.Documents);

    /// <summary>Sums of squares: 1 about the diagonal, and 1 + 0 + 1 about the mean.</summary>
    [Fact]
    public void The_fit_is_the_one_worked_by_hand()
    {
        var fit = new ProbabilityFit([-1, -2, -3], [-1, -2, -4]);
        Assert.Equal((0.5, 1.0), (fit.R2, fit.Rho), (a, b) => Near(a.Item1, b.Item1) && Near(a.Item2, b.Item2));
        Assert.Equal(-1, new ProbabilityFit([-1, -2, -3], [-3, -2, -1]).Rho, 1e-12);
        Assert.Equal(1 - 8 / 2.0, new ProbabilityFit([-1, -2, -3], [-3, -2, -1]).R2, 1e-12);
        // ranks 1.5 1.5 3 4 with 1 2 3 4: covariance 4.5, variances 4.5 and 5
        Assert.Equal(4.5 / Math.Sqrt(4.5 * 5), new ProbabilityFit([-9, -9, -3, -1], [-8, -7, -2, -1]).Rho, 1e-12);
        Assert.Equal(double.NaN, new ProbabilityFit([-1, -2, -3], [-2, -2, -2]).Rho);
    }

    [Fact]
    public void The_truth_fits_itself_and_closes_the_gap_and_has_no_excess_anywhere()
    {
        var fit = ProbabilityFit.Of(Language, Language, Data);
        Assert.Equal((1.0, 1.0), (fit.R2, fit.Rho), (a, b) => Near(a.Item1, b.Item1) && Near(a.Item2, b.Item2));
        Assert.All(LossByPosition.Excess(Language, Language, Data), group =>
            Assert.Equal(new Interval(0, 0, 0), group.Value));
        Assert.Equal(new Interval(1, 1, 1), UniformGap.Closed(Language, Language, Data));
    }

    [Fact]
    public void A_unigram_model_of_the_tiny_language_is_measured_as_by_hand()
    {
        var (p, m) = (Tiny.LogProbabilities(TinyData.Test.Documents),
            TinyUnigram.LogProbabilities(TinyData.Test.Documents));
        double[] truth = [.. p.SelectMany(d => d)], model = [.. m.SelectMany(d => d)];
        var (mean, fit) = (truth.Average(), ProbabilityFit.Of(Tiny, TinyUnigram, TinyData));
        Assert.Equal(1 - truth.Zip(model, (a, b) => (a - b) * (a - b)).Sum() / truth.Sum(a => (a - mean) * (a - mean)),
            fit.R2, 1e-9);
        Assert.InRange(fit.Rho, 0.01, 0.9);
        var first = LossByPosition.Excess(Tiny, TinyUnigram, TinyData)[0];
        var beginnings = p.Zip(m, (a, b) => a.Zip(b, (x, y) => x - y).Take(LossByPosition.Width)).SelectMany(d => d)
            .ToList();
        Assert.Equal((1, beginnings.Count), (first.Key, first.Count));
        Assert.Equal(beginnings.Average(), first.Value.Value, 1e-9);
        Assert.Equal((Math.Log(Tiny.Vocabulary) + model.Average()) / (Math.Log(Tiny.Vocabulary) + mean),
            UniformGap.Closed(Tiny, TinyUnigram, TinyData).Value, 1e-9);
    }

    /// <summary>Where position t costs t nats, positions 1 to 4 cost 2.5 and the last two of six 5.5.</summary>
    [Fact]
    public void Positions_are_grouped_by_fours_from_the_first_on()
    {
        var data = TinyData with { Test = Corpus.OfDocuments(Enumerable.Repeat((int[])[2, 3, 2, 3, 2, 3], 20), 0) };
        var (one, many) = (new Costs(_ => 1), new Costs(t => t));
        Assert.Equal([(1, 2.5, 80), (5, 5.5, 40)], LossByPosition.Of(many, data).Select(g =>
            (g.Key, g.Value.Value, g.Count)));
        Assert.Equal([(1, 1.5, 1.5), (5, 4.5, 4.5)], LossByPosition.Excess(one, many, data).Select(g =>
            (g.Key, g.Value.Low, g.Value.High)));
    }

    [Fact]
    public void The_excess_of_all_positions_together_is_the_excess_and_the_difference_of_the_losses()
    {
        var (excess, truth, model) = (LossByPosition.Excess(Language, Unigram, Data), LossByPosition.Of(Language, Data),
            LossByPosition.Of(Unigram, Data));
        Assert.Equal(Excess.Of(Language, Unigram, Data).Value,
            excess.Sum(g => g.Count * g.Value.Value) / excess.Sum(g => g.Count), 1e-12);
        Assert.Equal(Data.Test.Tokens, excess.Sum(g => g.Count));
        Assert.All(excess.Zip(truth, model), g =>
            Assert.Equal(g.Third.Value.Value - g.Second.Value.Value, g.First.Value.Value, 1e-12));
    }

    [Fact]
    public void The_first_words_cost_the_truth_more_than_the_last()
    {
        var groups = LossByPosition.Of(Language, Dataset.Of(Language, 50, 400, seed: 1));
        Assert.True(groups[0].Value.Low > groups[^1].Value.High, $"{groups[0]} {groups[^1]}");
    }

    /// <summary>The loss of a model that mixes its probabilities with the uniform ones is between the two.</summary>
    [Property(MaxTest = 100)]
    public void The_gap_is_closed_in_proportion(byte closed, byte entropy)
    {
        var (share, least, uniform) = (closed / 255.0, entropy / 100.0, Math.Log(240));
        Assert.Equal(share, UniformGap.Closed(uniform - share * (uniform - least), least, 240), 1e-9);
        Assert.True(UniformGap.Closed(uniform + 1, least, 240) < 0);
    }

    /// <summary>A model that is less sure of everything ranks as before.</summary>
    [Property(MaxTest = 20)]
    public void A_model_that_is_less_sure_has_the_same_rank_correlation_and_never_an_R2_above_1(int seed)
    {
        var random = new Random(seed);
        double[] Logs() => [.. Enumerable.Range(0, 30).Select(_ => Math.Log(random.NextDouble()))];
        var (truth, model) = (Logs(), Logs());
        var fit = new ProbabilityFit(truth, model);
        Assert.Equal(fit.Rho, new ProbabilityFit(truth, [.. model.Select(log => log / 2)]).Rho, 1e-12);
        Assert.InRange(fit.Rho, -1, 1);
        Assert.True(fit.R2 <= 1);
    }

    [Fact]
    public void The_excess_that_is_left_is_the_part_of_the_gap_that_is_not_closed()
    {
        var (gap, least) = (UniformGap.Closed(Language, Unigram, Data), Data.Loss(Language));
        Assert.Equal(UniformGap.Closed(Data.Loss(Unigram), least, Data.Vocabulary), gap.Value, 1e-9);
        Assert.Equal(1 - Excess.Of(Language, Unigram, Data).Value / (Math.Log(Data.Vocabulary) - least), gap.Value,
            1e-9);
        Assert.InRange(gap.Value, gap.Low, gap.High);
    }

    [Fact]
    public void Translations_have_positions_and_a_gap_too()
    {
        var pair = LinguaPair.Preset("tiny", 1);
        var data = Dataset.Of(pair, 100, 60, seed: 1);
        Assert.Equal(new Interval(1, 1, 1), UniformGap.Closed(pair, pair, data));
        Assert.Equal(data.Loss(pair), ProbabilityFit.Of(pair, pair, data).Truth.Average(log => -log), 1e-12);
        Assert.Equal(1, LossByPosition.Of(pair, data)[0].Key);
    }

    [Fact]
    public void What_cannot_be_compared_is_refused_in_a_sentence()
    {
        Refused("A token of the test texts has probability 0 in the truth: its logarithm cannot be compared. Take "
            + "texts of the language, and a model that rules none of them out.", () => ProbabilityFit.Of(Tiny, Tiny,
            TinyData with { Test = Corpus.OfDocuments([[2, 2, 2]], 0) }));
        Refused($"{TinyData.Name} has 3 test texts, and an interval needs 20: draw more.", () =>
            LossByPosition.Of(Tiny, Dataset.Of(Tiny, 50, 3, seed: 1)));
        Refused("An entropy of 9.00 is not below ln 240 = 5.48: there is no gap to close. Give both in nats per token.",
            () => UniformGap.Closed(5, 9, 240));
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-12;

    private static void Refused(string sentence, Func<object> ask) =>
        Assert.Equal(sentence, Assert.Throws<ArgumentException>(ask).Message);

    /// <summary>Says of the token at position t, from 1, that it costs so many nats.</summary>
    private sealed class Costs(Func<int, double> nats) : ISequenceDistribution
    {
        public int Vocabulary => Tiny.Vocabulary;
        public double[] Next(IReadOnlyList<int> prefix) => throw new NotSupportedException();
        public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<int[]> documents) =>
            [.. documents.Select(d => d.Select((_, t) => -nats(t + 1)).ToArray())];
    }
}
