using LmNotebooks.Models;
using LmNotebooks.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Models;

public class RecurrentTests
{
    private const int C = 16;

    public static TheoryData<Architecture> All => new(Architecture.Rnn, Architecture.Lstm, Architecture.Gru);

    private static LanguageModel Model(Architecture kind, int seed = 1) =>
        LanguageModel.Of(Small.Config with { Architecture = kind }, new Generator((ulong)seed));

    [Theory, MemberData(nameof(All))]
    public void The_fast_recurrence_computes_what_its_definition_says_also_where_it_goes_on(Architecture kind)
    {
        using var off = no_grad();
        using var generator = new Generator(7);
        var layers = Model(kind).Body.Module.children().Single();
        foreach (var p in layers.parameters()) p.normal_(0, 0.3, generator);   // also the biases
        var x = randn([2, 9, C], generator: generator);
        var (whole, end) = Kernels.RecurByDefinition(layers, x, []);
        var (first, middle) = Kernels.Recur(layers, x[.., ..5], []);
        var (second, fastEnd) = Kernels.Recur(layers, x[.., 5..], middle);
        Assert.True((cat([first, second], 1) - whole).abs().max().item<float>() < 1e-5);
        Assert.All(end.Zip(fastEnd, (a, b) => (a - b).abs().max().item<float>()), d => Assert.True(d < 1e-5));
        Assert.True((Kernels.RecurByDefinition(layers, x[.., 5..], middle)
            .Outputs - second).abs().max().item<float>() < 1e-5);
    }

    public static TheoryData<Architecture, bool, int> AllWays => new(
        from kind in new[] { Architecture.Rnn, Architecture.Lstm, Architecture.Gru }
        from learns in new[] { false, true }
        from layers in new[] { 1, 2 }
        select (kind, learns, layers));

    /// <summary>On some processors libtorch is wrong at some widths only, and only without gradients.</summary>
    [Theory, MemberData(nameof(AllWays))]
    public void It_is_the_defined_one_at_every_width_and_length(Architecture kind, bool learns, int depth)
    {
        using var generator = new Generator(7);
        foreach (var width in new[] { 1, 4, 8, 15, 16, 17, 24, 31, 32, 33, 48, 64, 80, 96, 112, 128 })
        {
            using var scope = NewDisposeScope();
            var config = Small.Config with { Architecture = kind, Width = width, Layers = depth };
            var layers = new RecurrentBody(config).children().Single();
            using (no_grad())
                foreach (var p in layers.parameters()) p.normal_(0, 1 / Math.Sqrt(width), generator);
            using var mode = enable_grad(learns);
            foreach (var (rows, length) in new[] { (1, 1), (1, 9), (3, 2), (8, 4), (16, 1), (64, 3) })
            {
                var x = randn([rows, length, width], generator: generator);
                var (fast, kept) = Kernels.Recur(layers, x, []);
                var (defined, end) = Kernels.RecurByDefinition(layers, x.to(float64), []);
                var off = kept.Prepend(fast).Zip(end.Prepend(defined), (a, b) => (a - b).abs().max().item<double>())
                    .Max();
                Assert.True(off < 1e-5, $"{off} at width {width}, {rows} rows of {length}");
            }
        }
    }

    /// <summary>At the size of the laptop scale. With the deviations of a Transformer, those of an LSTM would
    /// vanish.</summary>
    [Theory, MemberData(nameof(All))]
    public void States_begin_neither_vanishing_nor_saturated_and_logits_near_one(Architecture kind)
    {
        using var off = no_grad();
        using var generator = new Generator(5);
        using var model = LanguageModel.Of(new ModelConfig { Architecture = kind, Vocabulary = 230, Context = 48 },
            generator);
        var states = model.Body.Module.call(model.Embedding.Module.call(randint(230, [8, 48],
            generator: generator)));
        Assert.InRange(states.std().item<float>(), 0.1, 0.7);
        Assert.InRange(model.Head.Module.call(states).std().item<float>(), 0.25, 2);
    }

    [Fact]
    public void Only_the_forget_gate_of_an_LSTM_begins_with_a_bias()
    {
        foreach (var kind in new[] { Architecture.Rnn, Architecture.Lstm, Architecture.Gru })
            foreach (var (name, p) in Model(kind).Body.Module.named_parameters().Where(p => p.parameter.dim() == 1))
                Assert.Equal(Enumerable.Range(0, (int)p.numel())
                    .Select(i => kind == Architecture.Lstm && name.Contains("bias_ih") && i / C == 1 ? 1f : 0),
                    p.data<float>());
    }

    [Theory, MemberData(nameof(All))]
    public void The_gradients_of_the_fast_recurrence_are_those_of_its_definition(Architecture kind)
    {
        using var generator = new Generator(7);
        var layers = Model(kind).Body.Module.children().Single();
        using (no_grad())
            foreach (var p in layers.parameters()) p.normal_(0, 0.3, generator);
        var (x, weight) = (randn([2, 9, C], generator: generator, requires_grad: true),
            randn([2, 9, C], generator: generator));
        Tensor[] Gradients(Tensor outputs) => [.. autograd.grad([(outputs * weight).sum()],
            [x, .. layers.parameters()])];
        var defined = Gradients(Kernels.RecurByDefinition(layers, x, []).Outputs);
        Assert.All(Gradients(Kernels.Recur(layers, x, []).Outputs).Zip(defined), g =>
            Assert.True((g.First - g.Second).abs().max().item<float>() < 1e-4
                * (1 + g.Second.abs().max().item<float>())));
        Assert.All(defined, g => Assert.True(g.abs().max().item<float>() > 1e-2));
    }

    /// <summary>The papers' equations in plain numbers: one channel, all weights 0.5, token 1 after state 0.2 and cell
    /// 0.4.</summary>
    [Theory]
    [InlineData(Architecture.Rnn)]
    [InlineData(Architecture.Gru)]
    [InlineData(Architecture.Lstm)]
    public void One_step_is_the_one_worked_by_hand(Architecture kind)
    {
        using var off = no_grad();
        nn.Module layers = kind switch { Architecture.Rnn => nn.RNN(1, 1, batchFirst: true), Architecture.Gru =>
            nn.GRU(1, 1, batchFirst: true), _ => nn.LSTM(1, 1, batchFirst: true) };
        foreach (var p in layers.parameters()) p.fill_(p.dim() == 2 ? 0.5 : 0);
        double gate = 1 / (1 + Math.Exp(-0.6)), cell = gate * 0.4 + gate * Math.Tanh(0.6);
        var expected = kind switch
        {
            Architecture.Rnn => Math.Tanh(0.6),
            Architecture.Gru => gate * 0.2 + (1 - gate) * Math.Tanh(0.5 + gate * 0.1),
            _ => gate * Math.Tanh(cell),
        };
        Tensor[] memory = kind == Architecture.Lstm ? [full(1, 1, 1, 0.2), full(1, 1, 1, 0.4)] : [full(1, 1, 1, 0.2)];
        Assert.Equal(expected, Kernels.Recur(layers, ones(1, 1, 1), memory).Outputs.item<float>(), 1e-6);
    }

    [Theory]
    [InlineData(Architecture.Rnn, 1)]
    [InlineData(Architecture.Lstm, 4)]
    [InlineData(Architecture.Gru, 3)]
    public void Every_matrix_is_used_once_for_each_token(Architecture kind, int gates)
    {
        var model = Model(kind);
        Assert.Equal(2 * 2 * 2 * gates * C * C + 2 * C * Small.Vocabulary, model.Applications(10).Sum(a => a.Flops));
        Assert.Equal(3 * model.Applications(10).Sum(a => a.Flops), Ledger.FlopsPerToken(model, model.Parts, 10));
    }

    [Fact]
    public void Heads_are_nothing_to_a_recurrent_model() =>
        Assert.Equal(C, LanguageModel.Of(Small.Config with { Architecture = Architecture.Gru, Heads = 3 },
            new Generator(1)).Config.Width);
}
