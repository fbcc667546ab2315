using FsCheck.Xunit;
using LmNotebooks.Languages;
using LmNotebooks.Questions;

namespace LmNotebooks.Tests.Questions;

/// <summary>What forward and backward messages say, against sums over all documents of a length, one by one.</summary>
public class InfillingTests
{
    private static readonly LinguaKnobs Tiny = LinguaKnobs.Preset("tiny");
    private static readonly LinguaKnobs Plain = Tiny with { Depth = 0 };

    /// <summary>Small languages, with a length that their documents can have.</summary>
    private static readonly Dictionary<string, (Lingua Language, int Length)> Small = new()
    {
        ["modifiers"] = (new(1, Plain), 6),
        ["phrases and clauses"] = (new(1, Tiny with { Nouns = 1, Adjectives = 1, Negation = 0, Intransitive = 1 }), 7),
        ["two sentences"] = (new(1, Plain with { Sentences = 2, Adjective = 0, Negation = 0 }), 9),
        ["cut"] = (new(1, Plain with { Sentences = 0, Tokens = 6, Adjectives = 1 }), 6),
        ["two sentences or cut"] = (new(1, Plain with { Sentences = 2, Tokens = 8, Negation = 0, Adverb = 0 }), 8),
    };

    public static TheoryData<string> Languages => new(Small.Keys);

    private static readonly LinguaKnobs Flat = LinguaKnobs.Preset("flat");
    private static readonly Lingua FlatLanguage = new(1, Flat);
    private static readonly Infilling FlatInfilling = new(FlatLanguage);
    private static readonly IReadOnlyList<Document> FlatDocuments = FlatLanguage.Sample(200, seed: 5);

    /// <summary>BERT's shares; all selected words hidden; noise, so that often what is seen was not there.</summary>
    private static readonly Masking[] Maskings =
    [
        new(), new() { Hidden = 1, Random = 0 }, new() { Rate = 0.5, Hidden = 0.3, Random = 0.6 },
    ];

    private sealed record Weighed(int[] Words, double P);

    /// <summary>Every document of a length with its probability, word after word by the chain rule.</summary>
    private static List<Weighed> All(string name)
    {
        var (language, length) = Small[name];
        var (documents, open) = (new List<Weighed>(), new Stack<Weighed>([new([], 1)]));
        while (open.TryPop(out var prefix))
        {
            if (Ended(language, prefix.Words))
            {
                if (prefix.Words.Length == length) documents.Add(prefix);
                continue;
            }
            if (prefix.Words.Length == length) continue;
            foreach (var (word, p) in language.Next(prefix.Words).Index().Where(w => w.Item > 0))
                open.Push(new([.. prefix.Words, word], prefix.P * p));
        }
        return documents;
    }

    private static bool Ended(Lingua language, int[] words)
    {
        var sentences = words.Count(id => language.WordOf(id)!.Slot == Slot.Stop);
        var (k, n) = (language.Knobs, words.Length);
        return (k.Sentences > 0 && sentences == k.Sentences) || (k.Tokens > 0 && n == k.Tokens);
    }

    /// <summary>By word, the share of the weight of all documents that have it at t.</summary>
    private static double[] Share(Lingua language, IEnumerable<Weighed> documents, int t)
    {
        var share = new double[language.Vocabulary];
        foreach (var (words, p) in documents) share[words[t]] += p;
        var sum = share.Sum();
        return [.. share.Select(p => p / sum)];
    }

    private static void Close(IEnumerable<double> expected, IEnumerable<double> actual, double tolerance = 1e-10) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));

    [Theory, MemberData(nameof(Languages))]
    public void The_probability_of_a_length_is_that_of_all_documents_that_have_it(string name)
    {
        var (documents, infilling) = (All(name), new Infilling(Small[name].Language));
        Assert.InRange(documents.Count, 100, 200_000);
        Assert.Equal(documents.Sum(d => d.P), Math.Exp(infilling.LogLength(Small[name].Length)), 1e-10);
    }

    [Theory, MemberData(nameof(Languages))]
    public void The_posterior_of_a_hole_is_that_of_all_documents_with_the_known_words(string name)
    {
        var ((language, length), documents) = (Small[name], All(name));
        var (infilling, random) = (new Infilling(language), new Random(1));
        for (var trial = 0; trial < 12; trial++)
        {
            var document = documents[random.Next(documents.Count)].Words;
            int[] seen = [.. document.Select(id => random.Next(12) < trial ? id : Masking.Hole)];
            var fitting = documents.Where(d => Fits(d.Words, seen)).ToList();
            var posterior = infilling.Posterior(seen);
            Assert.Equal(length, posterior.Length);
            for (var t = 0; t < length; t++) Close(Share(language, fitting, t), posterior[t]);
            Assert.Equal(Math.Log(fitting.Sum(d => d.P)), infilling.LogProbability(seen), 1e-9);
        }
    }

    private static bool Fits(int[] words, int[] seen) =>
        words.Zip(seen).All(p => p.Second == Masking.Hole || p.First == p.Second);

    [Theory, MemberData(nameof(Languages))]
    public void The_posterior_of_a_selected_word_weighs_every_document_by_the_noise(string name)
    {
        var (language, documents) = (Small[name].Language, All(name));
        var (infilling, random) = (new Infilling(language), new Random(1));
        foreach (var masking in Maskings)
            for (var trial = 0; trial < 6; trial++)
            {
                var document = documents[random.Next(documents.Count)].Words;
                var masked = masking.Draw(document, language.Vocabulary, random);
                var posterior = infilling.Posterior(masked, masking);
                Assert.Equal(masked.Selected.Count, posterior.Length);
                foreach (var (t, words) in masked.Selected.Zip(posterior))
                {
                    double Noisy(int[] of) => Noise(masking, of, masked.Seen, t, language.Vocabulary);
                    Close(Share(language, documents.Select(d => d with { P = d.P * Noisy(d.Words) }), t), words);
                }
                var losses = posterior.Zip(masked.Selected, (words, t) => -Math.Log(words[document[t]]));
                Close(losses, infilling.MaskedLosses(masked, masking));
            }
    }

    /// <summary>P(seen | words, t is selected), every other position being selected or not.</summary>
    private static double Noise(Masking masking, int[] words, IReadOnlyList<int> seen, int t, int V)
    {
        var product = 1.0;
        for (var s = 0; s < words.Length; s++)
        {
            var same = words[s] == seen[s] ? 1 : 0;
            var hole = seen[s] == Masking.Hole ? 1 : 0;
            var selected = masking.Hidden * hole + masking.Random / V + (1 - masking.Hidden - masking.Random) * same;
            product *= s == t ? selected : (1 - masking.Rate) * same + masking.Rate * selected;
        }
        return product;
    }

    /// <summary>In these languages all documents have one length.</summary>
    [Theory]
    [InlineData("cut")]
    [InlineData("two sentences or cut")]
    public void The_floor_where_every_word_is_hidden_is_the_mean_entropy_of_the_places(string name)
    {
        var ((language, length), documents) = (Small[name], All(name));
        var places = Enumerable.Range(0, length).Select(t => Share(language, documents, t));
        var entropy = places.Average(share => -share.Where(p => p > 0).Sum(p => p * Math.Log(p)));
        var floor = new Infilling(language).MaskedFloor(new() { Rate = 1, Hidden = 1, Random = 0 }, 0.02);
        Assert.InRange(floor.Mean, entropy - 4 * floor.StandardError, entropy + 4 * floor.StandardError);
        Assert.InRange(floor.StandardError, 0, 0.02);
    }

    [Property(MaxTest = 40)]
    public bool In_any_order_the_losses_sum_to_that_of_the_document_given_its_length(byte which, int seed)
    {
        var document = FlatDocuments[which % FlatDocuments.Count].Ids;
        var order = Enumerable.Range(0, document.Length).ToArray();
        new Random(seed).Shuffle(order);
        var exact = FlatInfilling.LogLength(document.Length) - FlatLanguage.LogProbabilities([document])[0].Sum();
        return Math.Abs(FlatInfilling.PermutationLosses(document, order).Sum() - exact) < 1e-9;
    }

    [Property(MaxTest = 20)]
    public bool Each_loss_in_an_order_is_that_of_the_posterior_of_its_hole(byte which, int seed)
    {
        var document = FlatDocuments[which % FlatDocuments.Count].Ids;
        var (order, random) = (Enumerable.Range(0, document.Length).ToArray(), new Random(seed));
        random.Shuffle(order);
        var known = random.Next(document.Length);
        int[] seen = [.. document.Select((id, t) => order.Take(known).Contains(t) ? id : Masking.Hole)];
        var loss = -Math.Log(FlatInfilling.Posterior(seen)[order[known]][document[order[known]]]);
        return Math.Abs(FlatInfilling.PermutationLosses(document, order, known)[0] - loss) < 1e-9;
    }

    [Fact]
    public void From_left_to_right_it_says_what_the_language_says_where_the_length_is_certain()
    {
        var language = new Lingua(1, Flat with { Sentences = 0, Tokens = 48 });
        var infilling = new Infilling(language);
        Assert.Equal(0, infilling.LogLength(48), 1e-9);
        foreach (var document in language.Sample(5, seed: 1))
        {
            var losses = infilling.PermutationLosses(document.Ids, Enumerable.Range(0, 48).ToArray());
            Close(language.LogProbabilities([document.Ids])[0].Select(log => -log), losses, 1e-9);
        }
    }

    /// <summary>A sentence has at most 15 words.</summary>
    [Fact]
    public void Probabilities_of_all_lengths_sum_to_one() =>
        Assert.Equal(1, Enumerable.Range(0, 31).Sum(T => Math.Exp(FlatInfilling.LogLength(T))), 1e-10);

    [Fact]
    public void A_long_document_does_not_vanish()
    {
        var infilling = new Infilling(new(1, Plain with { Sentences = 0, Tokens = 3_000 }));
        Assert.Equal(0, infilling.LogLength(3_000), 1e-8);
    }

    /// <summary>By hand: a start; per noun phrase "the", "not" before either adjective, an adjective of either class
    /// alone or second; four subject nouns; what follows a noun of the object, the verb and the adverb.</summary>
    [Fact]
    public void There_are_no_more_states_than_the_words_to_come_can_tell_apart() =>
        Assert.Equal((1 + 2 * (3 + 2 * 2) + 4 + 3) * 2 * 32, FlatInfilling.Cells);

    [Fact]
    public void Of_selected_words_as_many_are_hidden_random_and_left_as_the_shares_say()
    {
        var document = Enumerable.Range(0, 200_000).Select(t => 2 + t % 98).ToArray();
        var masked = new Masking().Draw(document, 100, new Random(1));
        Assert.InRange(masked.Selected.Count, 29_000, 31_000);
        Assert.InRange(masked.Selected.Average(t => masked.Seen[t] == Masking.Hole ? 1 : 0), 0.79, 0.81);
        Assert.InRange(masked.Selected.Average(t => masked.Seen[t] == document[t] ? 1 : 0), 0.095, 0.108);
        var others = Enumerable.Range(0, document.Length).Except(masked.Selected);
        Assert.All(others, t => Assert.Equal(document[t], masked.Seen[t]));
    }

    [Fact]
    public void Selected_words_may_all_be_spoilt() =>
        Assert.Equal(4, new Masking { Rate = 1, Hidden = 0.9, Random = 0.1 }.Draw([2, 3, 4, 5], 9, new Random(1))
            .Selected.Count);

    [Fact]
    public void The_more_words_are_known_the_lower_is_the_floor()
    {
        var last = FlatInfilling.PermutationFloor(6, 0.05);
        var all = FlatInfilling.PermutationFloor(1, 0.05);
        var masked = FlatInfilling.MaskedFloor(new(), 0.05);
        Assert.True(last.Mean < all.Mean - 0.2, $"{last}, {all}");
        Assert.True(masked.Mean < all.Mean - 0.2, $"{masked}, {all}");
    }

    [Fact]
    public void A_language_that_nests_deeper_is_refused_in_one_sentence() => Refused(
        () => new Infilling(Lingua.Preset("base", 1)), "Depth is 2, and must be at most 1");

    [Fact]
    public void A_language_with_definitions_or_prompts_is_refused_in_one_sentence() => Assert.All(
        new[] { Flat with { Definition = 0.1 }, Flat with { Prompt = 0.1 } },
        knobs => Refused(() => new Infilling(new Lingua(1, knobs)), "neither definitions nor prompts"));

    [Fact]
    public void A_language_with_too_many_cells_is_refused_in_one_sentence() => Refused(
        () => new Infilling(new(1, Flat with { Sentences = 10_000 })),
        "22 states x 10000 sentences x 32 values of the latents = 7040000 cells");

    [Fact]
    public void What_no_document_can_be_is_refused_in_one_sentence()
    {
        var (document, stop) = (FlatDocuments[0].Ids, FlatLanguage.Ids(".")[0]);
        Refused(() => FlatInfilling.Posterior([stop, .. document[1..]]), "No document of");
        Refused(() => FlatInfilling.Posterior([Masking.Hole, stop]), "No document of 2 words");
        Refused(() => FlatInfilling.PermutationLosses([stop], [0]), "No document of 1 words");
        Refused(() => FlatInfilling.PermutationLosses(document, [0]), "once");
        Refused(() => FlatInfilling.MaskedFloor(new() { Rate = 0 }), "Rate is 0");
        Refused(() => FlatInfilling.MaskedFloor(new() { Hidden = 0.8, Random = 0.3 }), "Hidden + Random is");
        Refused(() => FlatInfilling.PermutationFloor(0), "K is 0");
        Assert.Equal(double.NegativeInfinity, FlatInfilling.LogProbability([]));
    }

    private static void Refused(Func<object> question, string says)
    {
        var message = Assert.Throws<ArgumentException>(question).Message;
        Assert.Contains(says, message);
        Assert.DoesNotContain(". ", message);
    }
}
