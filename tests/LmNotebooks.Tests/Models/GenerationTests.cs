using FsCheck.Xunit;
using LmNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Models;

public class GenerationTests
{
    private static readonly NgramModel Model = NgramModel.Fit(2, Small.Vocabulary, Small.Documents(200, 1));

    [Fact]
    public void The_same_seed_writes_the_same_text_and_keeps_the_prefix()
    {
        var text = Model.Generate([2, 8], 20, seed: 4);
        Assert.Equal(text, Model.Generate([2, 8], 20, seed: 4));
        Assert.NotEqual(text, Model.Generate([2, 8], 20, seed: 5));
        Assert.Equal([2, 8], text[..2]);
        Assert.Equal(22, text.Length);
    }

    [Fact]
    public void A_low_temperature_takes_the_likeliest_token()
    {
        var text = Model.Generate([2], 10, seed: 1, temperature: 1e-3);
        for (var t = 1; t < text.Length; t++)
        {
            var next = Model.Next(text[..t]);
            Assert.Equal(Array.IndexOf(next, next.Max()), text[t]);
        }
    }

    [Fact]
    public void At_temperature_one_tokens_come_as_often_as_the_model_says()
    {
        var probability = Model.Next([5])[7];
        var count = Enumerable.Range(0, 2000).Count(seed => Model.Generate([5], 1, seed)[1] == 7);
        Assert.InRange(count / 2000.0, probability - 0.05, probability + 0.05);
    }

    [Fact]
    public void A_temperature_of_zero_is_refused() =>
        Assert.Contains("above 0", Assert.Throws<ArgumentException>(() => Model.Generate([], 1, 1, 0)).Message);

    public static TheoryData<ModelConfig> All => new(Small.Kinds);

    /// <summary>Logits of the step after each prefix are, up to a constant, logarithms of the probabilities.</summary>
    [Theory, MemberData(nameof(All))]
    public void Reading_token_by_token_gives_what_the_full_pass_gives_also_beyond_the_context(ModelConfig kind)
    {
        using var model = LanguageModel.Of(kind, new Generator(1));
        var random = new Random(3);
        for (var trial = 0; trial < 10; trial++)
        {
            int[] text = [.. Enumerable.Range(0, 15).Select(_ => random.Next(Small.Vocabulary))];
            var begun = random.Next(8);
            var reading = model.Read(text[..begun]);
            for (var t = begun; t < text.Length; t++)
            {
                long[] window = [.. text[..t].Prepend(0).TakeLast(Small.Config.Context)];
                var full = model.Logits(tensor(window).unsqueeze(0))[0, -1].log_softmax(-1).data<float>().ToArray();
                Assert.All(full.Zip(reading.Next), p => Assert.Equal(p.First, Math.Log(p.Second), 1e-4));
                using var before = reading;
                reading = reading.Then(text[t]);
            }
            reading.Dispose();
        }
    }

    [Fact]
    public void Greedy_takes_the_likeliest_token_whatever_the_seed()
    {
        var text = Model.Generate([2], 10, seed: 1, Sampling.Greedy);
        Assert.Equal(text, Model.Generate([2], 10, seed: 2, Sampling.Greedy));
        for (var t = 1; t < text.Length; t++) Assert.Equal(Model.Next(text[..t]).Max(), Model.Next(text[..t])[text[t]]);
    }

    [Fact]
    public void Top_k_and_top_p_draw_from_the_likeliest_tokens_as_often_as_their_shares_say()
    {
        double[] next = [0.1, 0.4, 0.2, 0.3];
        Assert.Equal([0, 1, 0, 0.75], new Sampling { TopK = 2 }.Weights(next).Select(w => Math.Round(w, 9)));
        Assert.Equal([0, 1, 0.5, 0.75], new Sampling { TopP = 0.75 }.Weights(next).Select(w => Math.Round(w, 9)));
        Assert.Equal([0, 1, 0, 0], new Sampling { TopP = 0.3 }.Weights(next));
        Assert.Equal([0, 1, 0, 0.5625], new Sampling { TopK = 2, Temperature = 0.5 }.Weights(next)
            .Select(w => Math.Round(w, 9)));
    }

    [Property(MaxTest = 30)]
    public bool With_a_beam_for_every_text_the_search_finds_the_most_probable_one(byte seed)
    {
        using var model = LanguageModel.Of(new ModelConfig { Vocabulary = 4, Context = 5, Width = 8, Layers = 1,
            Heads = 2 }, new Generator(seed));
        var all = from a in Enumerable.Range(0, 4) from b in Enumerable.Range(0, 4) from c in Enumerable.Range(0, 4)
            select (int[])[2, a, b, c];
        var best = all.Max(text => model.LogProbabilities([text])[0].Skip(1).Sum());
        return Math.Abs(model.LogProbabilities([model.BeamSearch([2], 3, beams: 16)])[0].Skip(1).Sum() - best) < 1e-5;
    }

    [Fact]
    public void One_beam_is_greedy() => Assert.Equal(Model.Generate([2], 8, 1, Sampling.Greedy),
        Model.BeamSearch([2], 8, 1));

    [Fact]
    public void Impossible_sampling_is_refused_in_one_sentence()
    {
        Assert.Contains("at least 1", Assert.Throws<ArgumentException>(() =>
            Model.Generate([], 1, 1, new Sampling { TopK = 0 })).Message);
        Assert.Contains("at most 1", Assert.Throws<ArgumentException>(() =>
            Model.Generate([], 1, 1, new Sampling { TopP = 1.5 })).Message);
        Assert.Contains("at least 1", Assert.Throws<ArgumentException>(() => Model.BeamSearch([], 1, 0)).Message);
    }
}
