using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Passes;
using LmNotebooks.Tokens;
using LmNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Passes;

/// <summary>The hand-written passes against the definition of the same model, in float64.</summary>
public sealed class FastPathTests
{
    private const double Tolerance = 3e-6;   // a gradient is a sum of many numbers of seven digits
    // with the rounding of what libtorch computes besides, and sums over more layers
    private const double OfWholeModels = 4e-6;

    public static TheoryData<ModelConfig> Models { get; } =
    [
        .. Small.Kinds, .. Small.Translators, Small.Config with { Layers = 3, StepVectors = true, AttentionOf = [0, 0, 2] },
        Small.Config with { Width = 48, Heads = 1, Context = 40 },
        Small.Config with { Architecture = Architecture.Gru, Width = 32, Layers = 3, Context = 21 },
    ];

    [Theory, MemberData(nameof(Models))]
    public void Loss_and_gradients_of_a_model_are_those_of_its_definition(ModelConfig config)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var model = config.Build(generator);
        var batch = Batch(config, 5);
        var (fast, exact) = (Gradients(model, batch, Detour.None),
            Gradients((Model)model.to(float64), batch, Detour.None));
        AssertNear(exact, fast, OfWholeModels);
    }

    /// <summary>What is drawn at random: a stack of blocks and what goes through it.</summary>
    public sealed record Stack(int Rows, int Length, int Width, int Heads, int Layers, bool MultiQuery, bool Shared,
        int Mask, int Seed);

    private static readonly Arbitrary<Stack> Stacks = (
        from rows in Gen.Choose(1, 4)
        from length in Gen.Choose(1, 40)
        from width in Gen.Elements(16, 32, 48)
        from heads in Gen.Elements(1, 2, 4, 8)
        from layers in Gen.Choose(1, 3)
        from multiQuery in Gen.Elements(true, false)
        from shared in Gen.Elements(true, false)
        from mask in Gen.Choose(0, 2)
        from seed in Gen.Choose(1, 1_000_000)
        select new Stack(rows, length, width, heads, layers, multiQuery, shared, mask, seed)).ToArbitrary();

    [Property(MaxTest = 60)]
    public Property A_stack_of_blocks_is_its_definition_over_all_shapes_and_masks() => Prop.ForAll(Stacks, s =>
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)s.Seed);
        var config = new ModelConfig
        {
            Vocabulary = 9, Context = s.Length, Width = s.Width, Heads = s.Heads, Layers = s.Layers,
                MultiQuery = s.MultiQuery,
            AttentionOf = s.Shared ? LayerPattern.Cycle(1, s.Layers) : null,
        };
        var x = randn([s.Rows, s.Length, s.Width], generator: generator);
        var weight = randn([s.Rows, s.Length, s.Width], generator: generator).Over(s.Rows * s.Length);
        var stack = config.Build(generator).Body.Module;
        var seen = s.Mask == 0 ? null : Mask(s, generator);
        Dictionary<string, Tensor> Of(ScalarType type)
        {
            stack.to(type);
            foreach (var p in stack.parameters()) p.grad = null;
            var input = x.to(type).clone().requires_grad_();
            var output = stack.States(input, seen);
            (output * weight.to(type)).sum().backward();
            return stack.named_parameters().ToDictionary(p => p.name, p => p.parameter.grad!.clone())
                .Append(new("x", input.grad!.clone())).Append(new("output", output.detach())).ToDictionary();
        }
        AssertNear(Of(float32) is var fast ? Of(float64) : fast, fast, Tolerance);
    });

    /// <summary>What a thread multiplied before stays in the memory of its tiles.</summary>
    [Theory, InlineData(7), InlineData(17), InlineData(33)]
    public void What_stands_in_the_memory_that_is_used_again_changes_nothing(int length)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        // a head is narrower than the texts are long, so that its own products do not clear what was left
        var config = new ModelConfig { Vocabulary = 9, Context = length, Width = 16, Heads = 8 };
        var model = new EncoderDecoder(config with { SourceVocabulary = 9, SourceContext = length }, generator);
        var (x, weight) = (randn([2, length, 16], generator: generator), randn([2, length, 16], generator: generator));
        var seen = ones(2, 1, 1, length, dtype: ScalarType.Bool);
        var nothing = full([64, 64], float.NaN);
        void Leave() => Tiles.Multiply(Matrix.Of(nothing), Matrix.Of(nothing), Matrix.Of(empty(64, 64)));
        Tensor[] Of(Action before)
        {
            var input = x.clone().requires_grad_();
            before();
            var output = model.Encoder.Module.States(input, seen);
            before();
            (output * weight).sum().backward();
            return [output.detach(), input.grad!.clone()];
        }
        foreach (var (clean, after) in Of(() => { }).Zip(Of(Leave)))
            Assert.Equal(0, (after - clean).abs().max().item<float>());
    }

    [Fact]
    public void What_is_frozen_gets_no_gradient_and_the_others_theirs()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var config = Small.Config with { Layers = 3 };
        var model = (TransformerLm)config.Build(generator);
        var batch = Batch(config, 5);
        IReadOnlyList<Part>[] choices = [[model.Head], [model.Body.Parts[0]], [model.Body.Parts[2]], [model.Embedding],
            [model.Body.Parts[3], model.Head], [model.Body.Parts[^1]]];
        foreach (var trained in choices)
        {
            model.to(float32);
            foreach (var p in model.parameters()) p.requires_grad = false;
            foreach (var p in trained.SelectMany(t => t.Module.parameters())) p.requires_grad = true;
            var fast = Gradients(model, batch, Detour.None);
            AssertNear(Gradients((Model)model.to(float64), batch, Detour.None), fast, OfWholeModels);
            Assert.Equal(trained.SelectMany(t => t.Module.parameters()).Count(), fast.Count - 1);
        }
    }

    [Theory, InlineData(1), InlineData(2)]
    public void A_detour_is_its_definition(int layers)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var config = Small.Config with { Layers = 3 };
        var model = config.Build(generator);
        var way = new Detour { Layers = layers, Head = TemporaryPart.Head("probe", model) };
        way.Head.Draw!(generator);
        var batch = Batch(config, 5);
        var fast = Gradients(model, batch, way);
        way.Head.Module.to(float64);
        AssertNear(Gradients((Model)model.to(float64), batch, way), fast, OfWholeModels);
    }

    [Fact]
    public void A_number_that_is_none_stays_visible()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        foreach (var config in Small.Kinds.Where(c => c.Architecture is Architecture.Transformer or Architecture.Gru))
        {
            var (model, batch) = (config.Build(generator), Batch(config, 5));
            foreach (var weight in model.Body.Module.parameters().Concat(model.Head.Module.parameters()))
            {
                using var off = no_grad();
                using var before = weight.clone();
                weight.flatten()[0] = float.NaN;
                Assert.True(double.IsNaN(model.Loss(batch, Detour.None).item<float>()), $"{config}: {weight}");
                weight.copy_(before);
            }
        }
    }

    [Fact]
    public void Texts_without_a_target_count_nothing_and_a_batch_without_any_has_no_loss()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var model = Small.Config.Build(generator);
        var batch = Batch(Small.Config, 5);
        var cut = batch.Targets.clone();
        cut[1..] = Corpus.Nothing;
        var alone = batch with { Inputs = batch.Inputs[..1], Targets = batch.Targets[..1] };
        Assert.Equal(model.Loss(alone, Detour.None).item<float>(),
            model.Loss(batch with { Targets = cut }, Detour.None).item<float>(), 1e-6);
        Assert.True(float.IsNaN(model.Loss(batch with { Targets = full_like(cut, Corpus.Nothing) },
            Detour.None).item<float>()));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(4)]
    public void The_same_seed_is_the_same_to_the_last_bit_with_any_number_of_jobs(int jobs)
    {
        static string Train(int seed, Architecture architecture)
        {
            set_num_threads(1);
            using var generator = new Generator((ulong)seed);
            var config = Small.Config with { Architecture = architecture };
            using var model = LanguageModel.Of(config, generator);
            var data = new Dataset("d", "", Small.Vocabulary, 0, Corpus.OfDocuments(Small.Documents(40, seed), 0),
                Corpus.OfDocuments(Small.Documents(9, 99), 0));
            new Trainer("run", model, data, new TrainingOptions { BatchRows = 5 }, generator)
                .Train([new Stage("all", new CausalLm(), model.Parts, 1_500)], _ => { });
            return string.Concat(model.named_parameters().Select(p => Convert.ToHexString(p.parameter.bytes)));
        }
        (int Seed, Architecture Kind)[] runs = [.. from seed in Enumerable.Range(1, 4)
            from kind in new[] { Architecture.Transformer, Architecture.Gru } select (seed, kind)];
        var alone = runs.Select(r => Train(r.Seed, r.Kind)).ToList();
        var together = new string[runs.Length];
        Parallel.For(0, runs.Length, new ParallelOptions { MaxDegreeOfParallelism = jobs }, i =>
            together[^(i + 1)] = Train(runs[^(i + 1)].Seed, runs[^(i + 1)].Kind));
        Assert.Equal(alone, together);
        Assert.Equal(alone.Count, alone.Distinct().Count());
    }

    [Fact]
    public void Other_devices_precisions_and_widths_are_left_to_the_definition()
    {
        using var scope = NewDisposeScope();
        Assert.True(FastPath.Takes(zeros(2, 3, 16)));
        Assert.False(FastPath.Takes(zeros(2, 3, 16, dtype: float64)));
        Assert.False(FastPath.Takes(zeros(2, 3, 16, device: META)));
        Assert.False(FastPath.Takes(zeros(2, 3, 20)));
        Assert.False(FastPath.Takes(zeros(0, 3, 16)));
    }

    private static Tensor Mask(Stack s, Generator generator)
    {
        var whole = s.Mask == 1;
        var seen = whole ? ones(s.Rows, 1, 1, s.Length, dtype: ScalarType.Bool)
            : rand([s.Rows, 1, s.Length, s.Length], generator: generator).gt(0.5);
        seen[.., .., .., 0] = true;   // each sees something
        return seen;
    }

    private static void AssertNear(Dictionary<string, Tensor> exact, Dictionary<string, Tensor> fast, double tolerance)
    {
        Assert.Equal(exact.Keys.Order(), fast.Keys.Order());
        foreach (var (name, value) in exact)
        {
            var distance = (fast[name].to(float64) - value).abs().max().item<double>();
            Assert.True(distance < tolerance * Math.Max(1, value.abs().max().item<double>()), $"{name}: {distance}");
        }
    }

    private static Dictionary<string, Tensor> Gradients(Model model, Batch batch, Detour way)
    {
        foreach (var p in model.parameters()) p.grad = null;
        var loss = model.Loss(batch, way);
        loss.backward();
        return model.named_parameters().Where(p => p.parameter.grad is not null)
            .ToDictionary(p => p.name, p => p.parameter.grad!.clone()).Append(new("loss", loss.detach()))
                .ToDictionary();
    }

    private static Batch Batch(ModelConfig config, int seed)
    {
        var random = new Random(seed);
        int[] Text(int longest, int vocabulary) =>
            [.. Enumerable.Range(0, random.Next(1, longest + 1)).Select(_ => random.Next(vocabulary))];
        var texts = Enumerable.Range(0, 5).Select(_ => Text(config.Context, config.Vocabulary)).ToList();
        var corpus = config.SourceVocabulary is not { } sources ? Corpus.OfDocuments(texts, config.Start)
            : Corpus.OfTranslations([.. texts.Select(t => new Example(Text(config.SourceContext, sources), t))],
                config.Start);
        return corpus.Take([0, 1, 2, 3, 4], CPU);
    }
}
