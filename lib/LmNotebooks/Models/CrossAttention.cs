using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Models;

/// <summary>Multi-head attention of a translation to its source: queries come from the translation, keys and values
/// from the source. There are keys and values for each head, or of one head for all.</summary>
internal sealed class CrossAttention : Module
{
    private readonly Linear query, keyValue, residual;
    private readonly int heads, keyHeads, channels;
    private readonly ModelConfig config;

    public CrossAttention(ModelConfig c) : base("crossing")
    {
        config = c;
        (query, keyValue, residual) = (Linear(c.Width, c.Width), Linear(c.Width, 2 * c.KeyWidth),
            Linear(c.Width, c.Width));
        (heads, keyHeads, channels) = (c.Heads, c.MultiQuery ? 1 : c.Heads, c.Width / c.Heads);
        RegisterComponents();
    }

    /// <inheritdoc cref="Layer.Initialise"/>
    public void Initialise(Generator generator)
    {
        Initial.Draw(query, Initial.Deviation(config), generator);
        Initial.Draw(keyValue, Initial.Deviation(config), generator);
        Initial.Draw(residual, Initial.ResidualDeviation(config), generator);
    }

    public Tensor Read(Tensor x, Encoded source) // [B, T, C]
    {
        // The translation asks, the source answers.
        Tensor Split(Tensor t, int heads) => t.view(t.size(0), t.size(1), heads, channels);
        // [B, T, H, D], [B, S, H, D]
        var (q, kv) = (Split(query.call(x), heads), Split(keyValue.call(source.States), 2 * keyHeads).chunk(2, 2));

        // The source is there from the beginning: every position sees all of it.
        var y = Kernels.AttendAll(q.transpose(1, 2), Attention.ForEachHead(kv[0], heads),
            Attention.ForEachHead(kv[1], heads), source.Seen);
        return residual.call(Attention.Join(y)); // [B, T, C]
    }
}
