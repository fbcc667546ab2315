using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LmNotebooks.Passes;

/// <summary>A pass that begins with a layer norm.</summary>
internal abstract unsafe class NormedPass(LayerNorm norm) : RowPass
{
    private Tensor? normal, inverse;

    /// <summary>The weights of the norm.</summary>
    protected Tensor[] OfNorm => [norm.weight!, norm.bias!];

    /// <summary>norm(x), [N, C].</summary>
    protected Tensor Normalise(Tensor x)
    {
        var (y, n, s) = (Arena.Take(x.size(0), x.size(1)), Arena.Take(x.size(0), x.size(1)), Arena.Take(1, x.size(0)));
        LayerNormPass.Forward(Matrix.Of(x), Matrix.DataOf(norm.weight!), Matrix.DataOf(norm.bias!), Matrix.Of(y),
            Matrix.Of(n), Matrix.DataOf(s));
        (normal, inverse) = (n, s);
        return y;
    }

    /// <summary>Adds the gradient of x to <paramref name="dx"/>, from that of norm(x).</summary>
    protected void BackwardNormalise(Tensor dy, Tensor dx)
    {
        float* Gradient(Tensor weight) => weight.requires_grad ? Matrix.DataOf(LinearPass.GradientOf(weight)) : null;
        LayerNormPass.Backward(Matrix.Of(dy), Matrix.Of(normal!), Matrix.DataOf(inverse!), Matrix.DataOf(norm.weight!),
            Matrix.Of(dx), Gradient(norm.weight!), Gradient(norm.bias!));
    }
}

/// <summary>The last norm of a chain: norm(x), which nothing is added to.</summary>
internal sealed class FinalNorm(LayerNorm norm) : NormedPass(norm)
{
    public override IEnumerable<Tensor> Weights => OfNorm;

    public override void Forward(Tensor x, Texts texts) => x.copy_(Normalise(x));

    public override void Backward(Tensor gradient, Texts texts) => Arena.Scratch(() =>
    {
        var dy = Arena.Take(gradient.size(0), gradient.size(1)).copy_(gradient);
        BackwardNormalise(dy, gradient.zero_());
    });
}

/// <summary>x + MLP(norm(x)), the MLP a matrix, GELU and a matrix.</summary>
internal sealed unsafe class FeedForwardPass(LayerNorm norm, Linear expand, Linear residual) : NormedPass(norm)
{
    private Tensor? input, active, slope;

    public override IEnumerable<Tensor> Weights => [.. OfNorm, .. expand.parameters(), .. residual.parameters()];

    public override void Forward(Tensor x, Texts texts)
    {
        input = Normalise(x);
        (active, slope) = (Arena.Take(x.size(0), expand.out_features), Arena.Take(x.size(0), expand.out_features));
        LinearPass.Forward(input, expand.weight!, active);
        GeluPass.Forward(Matrix.Of(active), Matrix.DataOf(expand.bias!), Matrix.Of(slope));
        LinearPass.AddTo(Matrix.Of(x), residual.bias!);
        LinearPass.Forward(active, residual.weight!, x, add: true);
    }

    public override void Backward(Tensor gradient, Texts texts) => Arena.Scratch(() =>
    {
        var (hidden, dy) = (Arena.Take(gradient.size(0), expand.out_features),
            Arena.Take(gradient.size(0), gradient.size(1)));
        LinearPass.Backward(active!, gradient, residual.weight!, residual.bias, hidden);
        GeluPass.Backward(Matrix.Of(hidden), Matrix.Of(slope!));
        LinearPass.Backward(input!, hidden, expand.weight!, expand.bias, dy);
        BackwardNormalise(dy, gradient);
    });
}

/// <summary>x + attention(norm(x)), queries, keys and values from one matrix, and a matrix after the heads.</summary>
internal sealed unsafe class SelfAttentionPass(LayerNorm norm, Linear queryKeyValue, Linear residual, int heads,
    int keyHeads) : NormedPass(norm)
{
    private readonly int channels = (int)residual.in_features / heads;
    private Tensor? input, projected, mixed, weights;

    public override IEnumerable<Tensor> Weights => [.. OfNorm, .. queryKeyValue.parameters(), .. residual.parameters()];

    public override void Forward(Tensor x, Texts texts)
    {
        input = Normalise(x);
        (projected, mixed) = (Arena.Take(x.size(0), queryKeyValue.out_features), Arena.Take(x.size(0), x.size(1)));
        weights = Arena.Take((long)texts.B * heads * texts.T, Tiles.Padded(texts.T));
        LinearPass.Forward(input, queryKeyValue.weight!, projected);
        var (all, y, p) = (Matrix.Of(projected), Matrix.Of(mixed), Matrix.Of(weights));
        var seen = texts.Seen is null ? null : (bool*)Matrix.BytesOf(texts.Seen);
        var (down, each) = texts.Seen is null ? (0, 0)
            : (texts.Seen.size(2) == 1 ? 0 : texts.T, texts.Seen.size(0) == 1 ? 0 : (int)texts.Seen.size(2) * texts.T);
        for (var b = 0; b < texts.B; b++)
        {
            LinearPass.AddTo(all.Part(b * texts.T, texts.T, 0, all.Columns), queryKeyValue.bias!);
            for (var h = 0; h < heads; h++)
            {
                var (q, k, v) = Of(all, texts, b, h);
                AttentionPass.Forward(q, k, v, Head(y, texts, b, h), Mixing(p, texts, b, h), seen == null ? null
                    : seen + (nint)b * each, down);
            }
        }
        LinearPass.AddTo(Matrix.Of(x), residual.bias!);
        LinearPass.Forward(mixed, residual.weight!, x, add: true);
    }

    public override void Backward(Tensor gradient, Texts texts) => Arena.Scratch(() =>
    {
        var (dMixed, dProjected) = (Arena.Take(gradient.size(0), gradient.size(1)),
            Arena.Take(gradient.size(0), queryKeyValue.out_features));
        LinearPass.Backward(mixed!, gradient, residual.weight!, residual.bias, dMixed);
        var (all, d, dy, p) = (Matrix.Of(projected!), Matrix.Of(dProjected), Matrix.Of(dMixed), Matrix.Of(weights!));
        var scores = Matrix.Of(Arena.Take(texts.T, Tiles.Padded(texts.T)));
        for (var b = 0; b < texts.B; b++)
            for (var h = 0; h < heads; h++)
            {
                var (q, k, v) = Of(all, texts, b, h);
                var (dq, dk, dv) = Of(d, texts, b, h);
                AttentionPass.Backward(q, k, v, Mixing(p, texts, b, h), Head(dy, texts, b, h), dq, dk, dv, scores,
                    texts.Seen is null, add: h >= keyHeads);
            }
        LinearPass.Backward(input!, dProjected, queryKeyValue.weight!, queryKeyValue.bias, dMixed);
        BackwardNormalise(dMixed, gradient);
    });

    /// <summary>Queries, keys and values of a head in a text, [T, D]: in a row, those of all heads stand side by
    /// side.</summary>
    private (Matrix Queries, Matrix Keys, Matrix Values) Of(Matrix all, Texts texts, int b, int h) =>
        (Head(all, texts, b, h), Head(all, texts, b, heads + h % keyHeads),
            Head(all, texts, b, heads + keyHeads + h % keyHeads));

    private Matrix Head(Matrix rows, Texts texts, int b, int h) =>
        rows.Part(b * texts.T, texts.T, h * channels, channels);

    private Matrix Mixing(Matrix p, Texts texts, int b, int h) =>
        p.Part((b * heads + h) * texts.T, texts.T, 0, p.Columns);
}
