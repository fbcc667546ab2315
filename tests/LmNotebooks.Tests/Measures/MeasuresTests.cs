using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Models;
using LmNotebooks.Tokens;

namespace LmNotebooks.Tests.Measures;

public class MeasuresTests
{
    private static readonly Lingua Language = Lingua.Preset("base", 1);
    private static readonly int[][] Documents = [.. Language.Sample(200, 9).Select(d => d.Ids)];

    [Fact]
    public void The_truth_has_no_excess_and_captures_every_latent_fully()
    {
        Assert.Equal(new Estimate(0, 0), Excess.Of(Language, Language, Documents));
        var share = CapturedShare.Of(Language, Language, Latent.Topic, 100, 1);
        Assert.Equal((1.0, 1.0, 1.0), (share.Value, share.Low, share.High));
    }

    [Fact]
    public void The_excess_on_a_data_set_is_that_on_its_test_texts_and_the_loss_of_the_model_above_the_truths()
    {
        var data = Dataset.Of(Language, 2_000, 30, seed: 1);
        var unigram = NgramModel.Fit(1, Language.Vocabulary, data.Train.Documents);
        var excess = Excess.Of(Language, unigram, data);
        Assert.Equal(Interval.Of(Excess.Of(Language, unigram, data.Test.Documents)), excess);
        Assert.Equal(data.Loss(unigram) - data.Loss(Language), excess.Value, 1e-9);
        Assert.Equal(-unigram.LogProbabilities(data.Test.Documents).SelectMany(d => d).Average(), data.Loss(unigram),
            1e-12);
        var pair = LinguaPair.Preset("tiny", 1);
        Assert.Equal(new Interval(0, 0, 0), Excess.Of(pair, pair, Dataset.Of(pair, 500, 10, seed: 1)));
    }

    /// <summary>A thousand bytes that repeat themselves cost next to nothing, above all to whoever knows
    /// them.</summary>
    [Fact]
    public void A_compressor_needs_few_bits_for_what_it_has_seen()
    {
        var random = new Random(1);
        var noise = string.Concat(Enumerable.Range(0, 1000).Select(_ => (char)random.Next('a', 'z' + 1)));
        Assert.InRange(Compression.BitsPerByte(noise), Math.Log2(26), 5.2);   // no code needs fewer of random letters
        Assert.InRange(Compression.BitsPerByte(noise, seen: noise), 0, 0.2);
        Assert.InRange(Compression.BitsPerByte("é", seen: new string('é', 1000)), -8, 8);   // of two bytes
        Assert.Throws<ArgumentException>(() => Compression.BitsPerByte(""));
    }

    [Fact]
    public void A_unigram_model_has_an_excess_and_captures_nothing()
    {
        var unigram = NgramModel.Fit(1, Language.Vocabulary, Documents);
        Assert.True(Excess.Of(Language, unigram, Documents).Mean > 1);
        Assert.Equal(0, CapturedShare.Of(Language, unigram, Latent.Polarity, 100, 1).Value, 1e-12);
    }

    [Fact]
    public void A_language_with_other_pulls_is_as_overconfident_as_it_should_be()
    {
        // believes that polarity never changes
        var louder = new Lingua(1, Language.Knobs with { PolarityPersistence = 1 });
        var share = CapturedShare.Of(Language, louder, Latent.Polarity, 400, 1);
        Assert.True(share.Low > 1, share.ToString());
        Assert.True(Excess.Of(Language, louder, Documents).Mean > 0);
    }

    [Fact]
    public void What_the_language_implies_to_believe_is_its_posterior() =>
        Assert.All(Language.Sample(20, 3), document =>
    {
        var prefix = document.Ids[..(Array.FindLastIndex(document.Ids, id =>
            Language.WordOf(id)!.Slot == Slot.Determiner) + 1)];
        Assert.All(Belief.Implied(Language, Language, Latent.Polarity, prefix)
            .Zip(Language.Posterior(Latent.Polarity, prefix)), pair => Assert.Equal(pair.Second, pair.First, 0.01));
    });

    [Fact]
    public void The_language_is_calibrated_and_one_that_never_changes_its_mind_is_overconfident()
    {
        IReadOnlyList<BeliefBin> Calibrated(Lingua model) =>
            Belief.Calibration(Language, model, Latent.Polarity, 1000, 4);
        Assert.All(Calibrated(Language), bin =>
            Assert.InRange(bin.True - bin.Believed, -4 * Error(bin), 4 * Error(bin)));
        var stubborn = Calibrated(new Lingua(1, Language.Knobs with { PolarityPersistence = 1 }))[^1];
        Assert.True(stubborn.True < stubborn.Believed - 4 * Error(stubborn), stubborn.ToString());
        static double Error(BeliefBin bin) => Math.Sqrt(Math.Max(bin.True * (1 - bin.True), 0.01) / bin.Count);
    }

    /// <summary>Sums 1 and 5 over counts 1 and 2: mean 2, residuals -1 and 1, standard error sqrt(2 x 2) / 3.</summary>
    [Fact]
    public void The_ratio_estimate_is_the_one_worked_by_hand() =>
        Assert.Equal(new Estimate(2, 2 / 3.0), Estimate.OfRatio([(1, 1), (5, 2)]));

    /// <summary>1, 2, 3: mean 2, standard deviation 1, t(2 degrees of freedom, 97.5 %) = 4.3027.</summary>
    [Fact]
    public void The_interval_over_seeds_is_Students()
    {
        var interval = Interval.OfMean([1, 2, 3]);
        Assert.Equal((2.0, 4.3027 / Math.Sqrt(3)), (interval.Value, interval.High - 2), (a, b) => a.Item1 == b.Item1
            && Math.Abs(a.Item2 - b.Item2) < 1e-3);
        Assert.Contains("at least two values", Assert.Throws<ArgumentException>(() => Interval.OfMean([1])).Message);
        Assert.Equal(new Interval(1, 1 - 0.196, 1 + 0.196), Interval.Of(new Estimate(1, 0.1)));
    }

    [Fact]
    public void The_interval_of_the_entropy_covers_the_truth_as_often_as_it_says()
    {
        var reference = Language.Entropy(0.0015, seed: 77);
        var covered = Enumerable.Range(0, 200).Count(i =>
        {
            var units = Language.LogProbabilities([.. Language.Sample(100, 1000 + i).Select(d => d.Ids)])
                .Select(l => (-l.Sum(), (double)l.Length)).ToList();
            var estimate = Estimate.OfRatio(units);
            return Math.Abs(estimate.Mean - reference.Mean) < 1.96 * estimate.StandardError;
        });
        Assert.InRange(covered, 180, 198);   // 190 expected; 3 standard deviations are 9
    }
}
