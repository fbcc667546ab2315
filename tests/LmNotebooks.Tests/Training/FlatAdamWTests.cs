using LmNotebooks.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Training;

/// <summary>The one pass through the memory against three others: a scalar loop, libtorch's own optimizer, and its
/// definition on whole tensors.</summary>
public class FlatAdamWTests
{
    private const double Clip = 1, Decay = 0.1;
    private const int Steps = 1000;
    // nowhere a multiple of a vector
    private static readonly long[][] Shapes = [[7], [3, 5], [1], [17, 1], [2, 3, 11], [33]];

    private static List<Parameter> Draw(Generator g) => [.. Shapes.Select(s => new Parameter(randn(s, generator: g)))];

    private static double Rate(int step) => 1e-3 * (1 + step % 7);

    /// <summary>The gradient that every optimizer is given: sizes between 0.01 and 10, so that some are clipped and
    /// some are not.</summary>
    private static Tensor Gradient(Parameter p, int step, Generator g) =>
        randn(p.shape, generator: g) * Math.Pow(10, step % 4 - 2);

    private static float[][] Train(Action<FlatAdamW, double> step)
    {
        using var scope = NewDisposeScope();
        using var g = new Generator(1);
        var parameters = Draw(g);
        using var flat = new FlatParameters(parameters);
        using var optimizer = new FlatAdamW(flat, Clip, Decay);
        for (var i = 0; i < Steps; i++)
        {
            foreach (var p in parameters) p.grad!.add_(Gradient(p, i, g));
            step(optimizer, Rate(i));
        }
        Assert.Equal(Steps, optimizer.Steps);
        return [.. parameters.Select(p => p.data<float>().ToArray())];
    }

    private static void Same(float[][] expected, float[][] actual) =>
        Assert.All(expected.SelectMany(e => e).Zip(actual.SelectMany(a => a)), pair =>
            Assert.Equal(pair.First, pair.Second, 1e-6f));

    private static float[][] Fast { get; } = Train((optimizer, rate) => optimizer.Step(rate));

    [Fact]
    public void It_does_what_its_definition_says() =>
        Same(Train((optimizer, rate) => optimizer.StepByDefinition(rate)), Fast);

    [Fact]
    public void It_does_what_libtorch_does()
    {
        using var scope = NewDisposeScope();
        using var g = new Generator(1);
        var parameters = Draw(g);
        AdamW.ParamGroup Group(bool matrices) =>
            new(parameters.Where(p => p.dim() > 1 == matrices),
            new AdamW.Options { weight_decay = matrices ? Decay : 0, beta2 = 0.99 });
        using var optimizer = optim.AdamW([Group(true), Group(false)], lr: 0);
        for (var i = 0; i < Steps; i++)
        {
            foreach (var group in optimizer.ParamGroups) group.LearningRate = Rate(i);
            foreach (var p in parameters) p.grad = Gradient(p, i, g);
            nn.utils.clip_grad_norm_(parameters, Clip);
            optimizer.step();
        }
        Same([.. parameters.Select(p => p.data<float>().ToArray())], Fast);
    }

    [Fact]
    public void It_does_what_a_loop_over_numbers_does()
    {
        using var scope = NewDisposeScope();
        using var g = new Generator(1);
        var parameters = Draw(g);
        var w = parameters.Select(p => p.data<float>().ToArray()).ToArray();
        var (m, s) = (w.Select(x => new float[x.Length]).ToArray(), w.Select(x => new float[x.Length]).ToArray());
        for (var step = 0; step < Steps; step++)
        {
            var gradients = parameters.Select(p => Gradient(p, step, g).data<float>().ToArray()).ToArray();
            var scale = (float)Math.Min(1, Clip / Math.Sqrt(gradients.SelectMany(x => x).Sum(x => (double)x * x)));
            float step1 = (float)(Rate(step) / (1 - Math.Pow(0.9, step + 1))),
                root2 = (float)Math.Sqrt(1 - Math.Pow(0.99, step + 1));
            for (var p = 0; p < w.Length; p++)
                for (var i = 0; i < w[p].Length; i++)
                {
                    var x = gradients[p][i] * scale;
                    m[p][i] = 0.9f * m[p][i] + 0.1f * x;
                    s[p][i] = 0.99f * s[p][i] + 0.01f * x * x;
                    if (Shapes[p].Length > 1) w[p][i] *= (float)(1 - Rate(step) * Decay);
                    w[p][i] -= step1 * m[p][i] / (MathF.Sqrt(s[p][i]) / root2 + 1e-8f);
                }
        }
        Same(w, Fast);
    }

    [Fact]
    public void The_parameters_become_views_of_one_tensor_and_keep_their_values_and_the_gradients_follow()
    {
        using var scope = NewDisposeScope();
        using var g = new Generator(1);
        var parameters = Draw(g);
        var before = parameters.Select(p => p.data<float>().ToArray()).ToArray();
        // a shared parameter is given twice and has one place
        using (var flat = new FlatParameters([.. parameters, parameters[1]]))
        {
            Same(before, [.. parameters.Select(p => p.data<float>().ToArray())]);
            Assert.Equal(parameters.Sum(p => p.numel()), flat.Count);
            flat.Values.detach().fill_(2);
            (parameters[1].sum() + parameters[1].square().sum()).backward();
            Assert.All(parameters, p => Assert.Equal(2, p.mean().item<float>()));
            Assert.Equal(5 * parameters[1].numel(), flat.Gradients.sum().item<float>());
            Assert.True(parameters.All(p => p.requires_grad && p.is_leaf));
        }
        Assert.All(parameters, p => Assert.Null(p.grad));
    }
}
