using System.Text.Json;
using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Models;

/// <summary>Tokens whose vectors are sums of those of their pieces.</summary>
public class SubwordTests
{
    /// <summary>Of one piece, of two and of three; pieces in common and of one token alone; one piece twice.</summary>
    private static readonly Pieces Pieces = new([[0], [1], [2, 3], [2, 4], [5, 3], [5, 4], [6, 3, 7], [6], [6, 4],
        [2, 3, 8], [8, 8], [9, 10]], 11);

    private static readonly Tensor Tokens = tensor(new long[] { 0, 2, 9, 4, 4, 10 }).unsqueeze(0);

    private static ModelConfig Config => Small.Config with { Pieces = Pieces };

    public static TheoryData<ModelConfig> All => new(new[] { Config, Config with { Architecture = Architecture.Gru } }
        .SelectMany(c => new[] { c, c with { TieHead = false }, c with { VectorWidth = 5 },
            c with { VectorWidth = 5, TieHead = false } }));

    /// <summary>How often each token has each piece, [V, pieces].</summary>
    private static Tensor Incidence()
    {
        var counts = new float[Small.Vocabulary, Pieces.Count];
        foreach (var (token, pieces) in Pieces.OfToken.Index())
            foreach (var piece in pieces) counts[token, piece]++;
        return tensor(counts);
    }

    private static Tensor Table(Model model) => model.Embedding.Module.parameters()
        .Single(p => p.size(0) == Pieces.Count);

    private static bool Near(Tensor a, Tensor b) =>
        (a - b).abs().max().item<float>() < 1e-5 * (1 + b.abs().max().item<float>());

    [Fact]
    public void A_vector_is_the_sum_of_the_rows_of_its_pieces()
    {
        using var off = no_grad();
        using var model = LanguageModel.Of(Config, new Generator(1));
        Table(model).copy_(arange(11, dtype: float32).unsqueeze(1).pow(2)); // piece 3 is 9, 9, 9, ..
        var vectors = model.Vectors();
        Assert.Equal([0, 1, 4 + 9, 4 + 16, 25 + 9, 25 + 16, 36 + 9 + 49, 36, 36 + 16, 4 + 9 + 64, 64 + 64, 81 + 100],
            vectors.Select(v => v[0]));
        Assert.All(vectors, v => Assert.Equal((16, v[0]), (v.Length, v[^1])));
        Assert.Equal([0, 13, 77, 34, 34, 128], model.Embedding.Module
            .call(Tokens)[0, .., 5].data<float>().ToArray());
    }

    /// <summary>The plain model has the product of the incidence matrix and the table where the other has the table, so
    /// its gradients are those of the product.</summary>
    [Theory, MemberData(nameof(All))]
    public void Logits_and_gradients_are_those_of_the_product_of_the_incidence_matrix_and_the_table(ModelConfig config)
    {
        using var model = LanguageModel.Of(config, new Generator(1));
        using var plain = LanguageModel.Of(config with { Pieces = null }, new Generator(2));
        var (weights, incidence) = (Weights.Copy(model), Incidence());
        weights["embedding.token.weight"] = incidence.matmul(weights["embedding.token.weight"]);
        Weights.Set(plain, weights);
        foreach (var m in new[] { model, plain }) m.Logits(Tokens).log_softmax(-1).square().mean().backward();

        Assert.True(Near(model.Logits(Tokens), plain.Logits(Tokens)));
        var gradients = plain.named_parameters().ToDictionary(p => p.name, p => p.parameter.grad!);
        gradients["embedding.token.weight"] = incidence.t().matmul(gradients["embedding.token.weight"]);
        Assert.All(model.named_parameters(), p =>
        {
            Assert.True(p.parameter.grad!.abs().sum().item<float>() > 0, p.name);
            Assert.True(Near(p.parameter.grad!, gradients[p.name]), p.name);
        });
    }

    [Fact]
    public void Skip_gram_trains_the_pieces_as_it_would_train_their_sums()
    {
        using var model = LanguageModel.Of(Config, new Generator(1));
        using var plain = LanguageModel.Of(Config with { Pieces = null }, new Generator(2));
        var (weights, incidence) = (Weights.Copy(model), Incidence());
        weights["embedding.token.weight"] = incidence.matmul(weights["embedding.token.weight"]);
        Weights.Set(plain, weights);
        var contexts = TemporaryPart.Vectors("contexts", model);
        using (no_grad()) contexts.Module.parameters().Single().normal_(0, 1, new Generator(3));
        Tensor Loss(Model m) => new SkipGram(contexts)
            .Of(m, Small.Data.Train.Take([0, 1, 2], CPU), new Generator(4)).Mean;
        foreach (var m in new[] { model, plain }) Loss(m).backward();
        Assert.True(Near(Loss(model), Loss(plain)));
        Assert.True(Near(Table(model).grad!, incidence.t().matmul(plain.Embedding.Module.parameters()
            .Single(p => p.size(0) == Small.Vocabulary).grad!)));
    }

    [Fact]
    public void A_tied_head_multiplies_with_the_sums()
    {
        using var off = no_grad();
        using var model = LanguageModel.Of(Config, new Generator(1));
        var x = randn(1, 4, 16, generator: new Generator(2));
        // the bias begins at 0
        Assert.True(Near(model.Head.Module.call(x), x.matmul(Incidence().matmul(Table(model)).t())));
    }

    [Theory, MemberData(nameof(All))]
    public void The_table_has_a_row_for_each_piece_and_the_predicted_number_of_parameters_is_the_number_of_parameters(ModelConfig config)
    {
        using var model = LanguageModel.Of(config, new Generator(1));
        Assert.Equal(config.Parameters, model.parameters().Sum(p => p.numel()));
        Assert.Equal((Small.Vocabulary - Pieces.Count) * (config.VectorWidth ?? 16), (config with { Pieces = null })
            .Parameters - config.Parameters);
        Assert.Equal([11, config.VectorWidth ?? 16], Table(model).shape);
    }

    [Theory, MemberData(nameof(All))]
    public void Forward_and_backward_run_on_the_device_they_are_given(ModelConfig config)
    {
        using var model = LanguageModel.Of(config, new Generator(1));
        model.to(DeviceType.META);
        var logits = model.Logits(Tokens.to(META));
        Assert.Equal([1, 6, 12], logits.shape);
        logits.sum().backward();
        Assert.All(model.parameters(), p => Assert.Equal((DeviceType.META, p.numel()),
            (p.grad!.device_type, p.grad!.numel())));
    }

    [Theory, MemberData(nameof(All))]
    public void A_checkpoint_keeps_the_pieces(ModelConfig config)
    {
        using var folder = new Small.Folder();
        using var model = LanguageModel.Of(config, new Generator(1));
        Checkpoint.Save(model, folder.File("model"));
        using var loaded = (LanguageModel)Checkpoint.Load(folder.File("model"));
        Assert.Equal(Pieces.OfToken, loaded.Config.Pieces!.OfToken);
        Assert.Equal(JsonSerializer.Serialize(config), JsonSerializer.Serialize(loaded.Config));
        Assert.True(model.Logits(Tokens).equal(loaded.Logits(Tokens)).all().item<bool>());
    }

    [Theory, MemberData(nameof(All))]
    public void A_text_that_is_continued_gives_what_it_gives_when_it_is_read_at_once(ModelConfig config)
    {
        using var model = LanguageModel.Of(config, new Generator(1));
        var document = Small.Documents(1, 5)[0];
        var logs = model.LogProbabilities([document])[0];
        var readings = new List<Reading> { model.Read([]) };
        foreach (var (t, token) in document.Index())
        {
            Assert.Equal(logs[t], Math.Log(readings[^1].Next[token]), 1e-4);
            if (t + 1 < document.Length) readings.Add(readings[^1].Then(token));
        }
        readings.ForEach(r => r.Dispose());
    }

    /// <summary>At the size of the laptop scale, with the words of a language.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(16)]
    public void Summed_vectors_begin_as_large_as_others(int? width)
    {
        using var off = no_grad();
        var words = Lingua.Preset("base", 1).Words;
        double Size(Pieces? pieces)
        {
            var config = new ModelConfig { Vocabulary = words.Count, Context = 48, Pieces = pieces,
                VectorWidth = width };
            using var model = LanguageModel.Of(config, new Generator(5));
            return model.Embedding.Module.Weight.std().item<float>();
        }
        Assert.InRange(Size(Pieces.Of(words, Morphology.Segment)) / Size(null), 0.85, 1.15);
    }

    private const string Rule = ": there must be at least one, and each must be an id below the number of pieces,";

    public static TheoryData<string, Pieces> Impossible => new()
    {
        { "Pieces are given for 11 tokens, and Vocabulary is 12: give those of every token.",
            Pieces with { OfToken = [.. Pieces.OfToken.Skip(1)] } },
        { $"Token 11 has the pieces []{Rule} 11.", Pieces with { OfToken = [.. Pieces.OfToken.SkipLast(1), []] } },
        { $"Token 11 has the pieces [9, 10]{Rule} 10.", Pieces with { Count = 10 } },
        { $"Token 0 has the pieces [3, -1]{Rule} 11.", Pieces with { OfToken = [[3, -1], .. Pieces.OfToken.Skip(1)] } },
    };

    [Theory, MemberData(nameof(Impossible))]
    public void Impossible_pieces_are_refused_in_one_sentence(string expected, Pieces pieces) =>
        Assert.Equal(expected, Assert.Throws<ArgumentException>(() =>
            LanguageModel.Of(Config with { Pieces = pieces }, new Generator(1))).Message);
}
