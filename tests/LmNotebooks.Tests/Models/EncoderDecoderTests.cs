using System.Text.Json;
using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Models;

/// <summary>What a translator keeps with every encoder, whatever it shares.</summary>
public class EncoderDecoderTests
{
    private static readonly Example Example = new([3, 9, 4, 4], [2, 9, 4, 7, 11]);

    public static TheoryData<ModelConfig> All => new(Small.Translators);
    public static TheoryData<ModelConfig> Sharing => new(Small.Translators.Where(c => c.ShareEncoder));

    private static EncoderDecoder Model(ModelConfig config, int seed = 1) =>
        (EncoderDecoder)config.Build(new Generator((ulong)seed));

    private static Batch Batch(params Example[] translations) =>
        Corpus.OfTranslations(translations, 0).Take([.. Enumerable.Range(0, translations.Length).Select(n => (long)n)],
            CPU);

    /// <summary>[B, T, V].</summary>
    private static Tensor Logits(EncoderDecoder model, params Example[] translations) =>
        model.Logits(Batch(translations), Detour.None);

    private static float Difference(Tensor a, Tensor b) => (a - b).abs().max().item<float>();

    [Theory, MemberData(nameof(All))]
    public void What_stands_beside_a_translation_in_a_batch_does_not_change_it(ModelConfig config)
    {
        using var model = Model(config);
        // pads source and target of the first
        var longer = new Example([5, 6, 7, 8, 9, 2, 3], [3, 4, 5, 6, 7, 8, 9, 10]);
        var together = Logits(model, Example, longer);
        Assert.True(Difference(Logits(model, Example)[0], together[0][..5]) < 1e-5);
        Assert.True(Difference(Logits(model, longer)[0], together[1]) < 1e-5);
    }

    [Theory, MemberData(nameof(All))]
    public void What_stands_beyond_the_end_of_a_source_is_never_read(ModelConfig config)
    {
        using var model = Model(config);
        using var off = no_grad();
        var ids = tensor(new long[] { 3, 9, 4, Corpus.Nothing, Corpus.Nothing }).unsqueeze(0);
        var states = model.Encode(ids).States[0][..3];
        Assert.True(Difference(model.Encode(ids[.., ..3]).States[0], states) < 1e-5);
        ids[0][3] = -1; // any id below 0 is nothing
        Assert.True(model.Encode(ids).States[0][..3].equal(states).all().item<bool>());
    }

    [Theory, MemberData(nameof(All))]
    public void The_decoder_sees_no_later_token_and_all_of_the_source(ModelConfig config)
    {
        using var model = Model(config);
        float[] Changes(Example other) => (Logits(model, Example)
            - Logits(model, other)).abs().amax(-1)[0].data<float>().ToArray();
        var later = Changes(Example with { Target = [2, 9, 3, 8, 10] });
        Assert.All(later[..3], d => Assert.Equal(0, d));
        Assert.All(later[3..], d => Assert.True(d > 1e-6));
        for (var s = 0; s < Example.Source.Length; s++)
            Assert.All(Changes(Example with { Source = [.. Example.Source.Select((id, i) => i == s ? 10 : id)] }), d =>
                Assert.True(d > 1e-6));
    }

    [Theory, MemberData(nameof(All))]
    public void A_Transformer_encoder_reads_in_both_directions_and_a_recurrent_one_from_left_to_right(ModelConfig config)
    {
        using var model = Model(config);
        var (a, b) = (tensor(new long[] { 3, 9, 4 }).unsqueeze(0), tensor(new long[] { 3, 9, 5 }).unsqueeze(0));
        var first = (model.Encode(a).States - model.Encode(b).States).abs().amax(-1)[0][0].item<float>();
        Assert.Equal(config.SourceArchitecture == Architecture.Transformer, first > 0);
    }

    /// <summary>The whole forward pass of two layers from the parameters and the definitions.</summary>
    [Fact]
    public void From_the_parameters_the_logits_are_found_again()
    {
        using var off = no_grad();
        using var model = Model(Small.Translator);
        using var generator = new Generator(2);
        // sharp attention, and no gain or bias is neutral
        foreach (var p in model.parameters()) p.normal_(0, 0.3, generator);
        var parameters = model.named_parameters().ToDictionary(p => p.name, p => (Tensor)p.parameter);
        Tensor Linear(string name, Tensor v) =>
            nn.functional.linear(v, parameters[name + ".weight"], parameters[name + ".bias"]);
        Tensor Norm(string name, Tensor v) => Kernels.NormaliseByDefinition(parameters[name + ".weight"],
            parameters[name + ".bias"], v);
        Tensor Vectors(string name, string body, IEnumerable<int> ids) =>
            parameters[name + ".token.weight"][tensor(ids.ToArray(), int64)]
                + parameters[body + ".position.weight"][..ids.Count()];
        // [T, C]; heads are 8 channels wide
        Tensor Attend(Tensor q, Tensor k, Tensor v, bool causal) => cat([.. Enumerable.Range(0, 2).Select(head =>
        {
            Tensor Head(Tensor t) => t[.., (8 * head)..(8 * head + 8)];
            var scores = Head(q).matmul(Head(k).t()) / Math.Sqrt(8);
            if (causal) scores = scores + full_like(scores, float.NegativeInfinity).triu(1);
            return scores.softmax(-1).matmul(Head(v));
        })], -1);
        Tensor SelfAttend(string block, Tensor x, bool causal)
        {
            var qkv = Linear(block + "attention.queryKeyValue", Norm(block + "normA", x)).chunk(3, -1);
            return x + Linear(block + "attention.residual", Attend(qkv[0], qkv[1], qkv[2], causal));
        }
        Tensor FeedForward(string block, Tensor x) =>
            x + Linear(block + "residual", nn.functional.gelu(Linear(block + "expand", Norm(block + "normM", x))));

        var states = Vectors("source", "encoder", Example.Source);
        foreach (var block in new[] { "encoder.blocks.0.", "encoder.blocks.1." })
            states = FeedForward(block, SelfAttend(block, states, causal: false));
        states = Norm("encoder.norm", states);
        var x = Vectors("embedding", "body", Example.Target[..^1].Prepend(0));
        foreach (var block in new[] { "body.blocks.0.", "body.blocks.1." })
        {
            x = SelfAttend(block, x, causal: true);
            var kv = Linear(block + "crossing.keyValue", states).chunk(2, -1);
            x = x + Linear(block + "crossing.residual",
                Attend(Linear(block + "crossing.query", Norm(block + "normC", x)), kv[0], kv[1], causal: false));
            x = FeedForward(block, x);
        }
        var logits = Norm("body.norm", x).matmul(parameters["embedding.token.weight"].t()) + parameters["head.bias"];
        Assert.True(Difference(logits, Logits(model, Example)[0]) < 1e-4);
    }

    [Theory, MemberData(nameof(Sharing))]
    public void A_decoder_that_uses_the_encoders_layers_computes_what_a_copy_computes_and_the_encoder_gets_both_gradients(ModelConfig config)
    {
        using var shared = Model(config);
        using var copy = Model(config with { ShareEncoder = false }, seed: 2);
        var (weights, copies) = (shared.named_parameters().ToDictionary(p => p.name, p => p.parameter),
            copy.named_parameters().ToDictionary(p => p.name, p => p.parameter));
        string Lent(string name) => weights.ContainsKey(name) ? name : name.Replace("body.", "encoder.");
        using (no_grad())
            foreach (var (name, parameter) in copies) parameter.copy_(weights[Lent(name)]);
        foreach (var model in new[] { shared, copy }) Logits(model, Example).log_softmax(-1).square().mean().backward();
        Assert.True(Difference(Logits(shared, Example), Logits(copy, Example)) < 1e-5);
        var uses = copies.Keys.ToLookup(Lent);
        Assert.Equal(weights.Keys.Order(), uses.Select(u => u.Key).Order());
        Assert.All(weights, w =>
        {
            var expected = uses[w.Key].Select(name => (Tensor)copies[name].grad!).Aggregate((a, b) => a + b);
            Assert.True(Difference(w.Value.grad!, expected) < 1e-5 * (1 + expected.abs().max().item<float>()), w.Key);
        });
    }

    [Theory, MemberData(nameof(All))]
    public void The_predicted_number_of_parameters_is_the_number_of_parameters(ModelConfig kind)
    {
        foreach (var tie in new[] { true, false })
        {
            using var model = Model(kind with { TieHead = tie });
            using var flat = new FlatParameters(model.Parts.SelectMany(p => p.Module.parameters()));
            Assert.Equal(["source", "encoder", "embedding", "body", "head"], model.Parts.Select(p => p.Name));
            Assert.Equal(model.Config.Parameters, model.parameters().Sum(p => p.numel()));
            Assert.Equal(model.Config.Parameters, flat.Count);
            Assert.Equal(model.Config.Parameters, model.state_dict().Values.Sum(p => p.numel()));
            Assert.Equal(16 * model.Config.Parameters, model.Config.TrainingBytes(batchRows: 0));
        }
    }

    [Theory, MemberData(nameof(All))]
    public void The_same_seed_gives_the_same_parameters_whatever_the_process_drew_before(ModelConfig kind)
    {
        using var a = Model(kind, 3);
        rand(10).Dispose();
        using var b = Model(kind, 3);
        Assert.All(a.named_parameters().Zip(b.named_parameters()), pair =>
            Assert.True(pair.First.parameter.equal(pair.Second.parameter).all().item<bool>(), pair.First.name));
    }

    [Theory, MemberData(nameof(All))]
    public void Next_sums_to_one_and_agrees_with_the_log_probabilities_of_any_number_of_translations(ModelConfig kind)
    {
        using var model = Model(kind);
        var translations = Small.Translations(70, 5);      // more than are read at once
        var logs = model.LogProbabilities(translations);
        Assert.Equal(translations.Select(t => t.Target.Length), logs.Select(l => l.Length));
        foreach (var (n, (source, target)) in new[] { 0, 69 }.Select(n => (n, translations[n])))
            for (var t = 0; t < target.Length; t++)
            {
                var next = model.Next(source, target[..t]);
                Assert.Equal(1, next.Sum(), 1e-9);
                Assert.Equal(logs[n][t], Math.Log(next[target[t]]), 1e-4);
            }
        Assert.Equal([[]], model.LogProbabilities([Example with { Target = [] }]));
        Assert.Empty(model.LogProbabilities([]));
        Assert.Equal(1, model.Next([3], [.. Enumerable.Repeat(2, 30)]).Sum(), 1e-9);      // beyond the context
    }

    [Theory, MemberData(nameof(All))]
    public void A_checkpoint_keeps_what_there_is_and_what_is_shared(ModelConfig config)
    {
        using var folder = new Small.Folder();
        using var model = Model(config);
        Checkpoint.Save(model, folder.File("model"));
        using var loaded = (EncoderDecoder)Checkpoint.Load(folder.File("model"));
        Assert.Equal(JsonSerializer.Serialize(config), JsonSerializer.Serialize(loaded.Config));
        Assert.True(Logits(model, Example).equal(Logits(loaded, Example)).all().item<bool>());
    }

    [Theory, MemberData(nameof(All))]
    public void Forward_and_backward_run_on_the_device_they_are_given(ModelConfig config)
    {
        using var model = Model(config);
        model.to(DeviceType.META);
        model.Logits(Small.TranslationData.Train.Take([0, 1, 2], META), Detour.None).sum().backward();
        Assert.All(model.parameters(), p => Assert.Equal((DeviceType.META, p.numel()),
            (p.grad!.device_type, p.grad!.numel())));
    }

    [Fact]
    public void Source_vectors_and_recurrent_encoders_begin_as_in_a_recurrent_language_model()
    {
        using var model = Model(Small.Translator with { Width = 64, SourceVocabulary = 500,
            SourceArchitecture = Architecture.Lstm });
        var parameters = model.named_parameters().ToDictionary(p => p.name, p => (Tensor)p.parameter);
        double Deviation(string name) => parameters[name].std().item<float>();
        Assert.Equal(0.3, Deviation("source.token.weight"), 0.02);
        Assert.Equal(0.1, Deviation("embedding.token.weight"), 0.02);
        Assert.Equal(0.4, Deviation("encoder.layers.weight_ih_l0"), 0.02);
        Assert.Equal(0.1, Deviation("encoder.layers.weight_hh_l1"), 0.02);
        Assert.Equal(64, parameters["encoder.layers.bias_ih_l0"].sum().item<float>());
    }

    public static TheoryData<string, ModelConfig> Impossible => new()
    {
        { "SourceVocabulary is 0: it must be at least 1.", Small.Translator with { SourceVocabulary = 0 } },
        { "SourceContext is 0: it must be at least 1.", Small.Translator with { SourceContext = 0 } },
        { "The decoder of a translator is a Transformer, and Architecture is Gru",
            Small.Translator with { Architecture = Architecture.Gru } },
        { "ShareEncoder needs an encoder that is a Transformer, and SourceArchitecture is Rnn",
            Small.Translator with { ShareEncoder = true, SourceArchitecture = Architecture.Rnn } },
        { "ShareEncoder is for a translator, and this is a language model", Small.Config with { ShareEncoder = true } },
        { "AttentionOf names 3 layers", Small.Translator with { AttentionOf = [0, 0, 0] } },
    };

    [Theory, MemberData(nameof(Impossible))]
    public void An_impossible_translator_is_refused_in_one_sentence(string expected, ModelConfig config) =>
        Assert.StartsWith(expected, Assert.Throws<ArgumentException>(() => config.Build(new Generator(1))).Message);

    [Fact]
    public void What_a_translator_cannot_read_is_refused_in_one_sentence()
    {
        using var model = Model(Small.Translator);
        Assert.StartsWith("A translation has 11 tokens",
            Assert.Throws<ArgumentException>(() => model.LogProbabilities([Example with { Target = new int[11] }]))
            .Message);
        Assert.StartsWith("A source has 8 tokens",
            Assert.Throws<ArgumentException>(() => model.LogProbabilities([Example with { Source = new int[8] }]))
            .Message);
        Assert.StartsWith("A source has 0 tokens", Assert.Throws<ArgumentException>(() => model.Next([], [2])).Message);
        Assert.StartsWith("SourceVocabulary is null",
            Assert.Throws<ArgumentException>(() => new EncoderDecoder(Small.Config, new Generator(1))).Message);
        Assert.StartsWith("SourceVocabulary is set",
            Assert.Throws<ArgumentException>(() => LanguageModel.Of(Small.Translator, new Generator(1))).Message);
    }
}
