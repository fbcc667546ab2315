using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Tokens;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LmNotebooks.Measures;

/// <summary>How improbable some texts are to a model in which a new stem has a given vector, and how improbable the
/// vector itself is. While it stands, the model's own weights are frozen.</summary>
public sealed class RowLikelihood : IDisposable
{
    private readonly LanguageModel model;
    private readonly IReadOnlyList<TorchSharp.Modules.Parameter> frozen;
    private readonly DisposeScope kept = NewDisposeScope();
    private readonly Tensor table, bias, forms, means, deviations, inputs, targets;

    /// <param name="texts">Documents that have the stem, at least one.</param>
    public RowLikelihood(StemSpace space, Stem stem, IReadOnlyList<int[]> texts)
    {
        model = space.Model;
        frozen = [.. model.parameters().Where(p => p.requires_grad)];
        foreach (var p in frozen) p.requires_grad = false;
        var (rows, device) = (space.Rows(stem, new double[space.Deviations.Count]), model.Device);
        (table, bias) = WordRows.Tables(model);
        forms = tensor(rows.Keys.Select(id => (long)id).ToArray(), device: device);                       // [F]
        means = stack(rows.Values.Select(row => tensor(row.Vector, float32, device: device)));            // [F, C]
        deviations = tensor(space.Deviations.ToArray(), float32, device: device);                         // [C]
        bias = bias.index_copy(0, forms, tensor(rows.Values.Select(row => row.Bias).ToArray(), float32,
            device: device));                                                                             // [V]
        var longest = texts.Max(text => text.Length);
        var ids = new long[texts.Count, longest + 1];
        for (var b = 0; b < texts.Count; b++)
            for (var t = 0; t <= longest; t++)
                ids[b, t] = t == 0 ? model.Config.Start : t <= texts[b].Length ? texts[b][t - 1] : Corpus.Nothing;
        var all = tensor(ids, device: device);                                                            // [B, T+1]
        (inputs, targets) = (all.narrow(1, 0, longest).clamp_min(Scalars.Zero), all.narrow(1, 1, longest));
    }

    /// <summary>Minus the logarithm of both, in nats; of the vector, beside that of the mean.</summary>
    /// <param name="places">The vector, in standard deviations of the known stems' vectors: C numbers.</param>
    public double Loss(double[] places)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        return LossOf(Floats(places)).item<float>();
    }

    /// <summary>The gradient of the loss: C numbers.</summary>
    /// <inheritdoc cref="Loss"/>
    public double[] Gradient(double[] places)
    {
        using var scope = NewDisposeScope();
        using var at = Floats(places).requires_grad_();
        LossOf(at).backward();
        return [.. at.grad!.to(float64).cpu().data<double>().ToArray()];
    }

    private Tensor Floats(double[] numbers) => tensor(numbers, float32, device: model.Device);

    private Tensor LossOf(Tensor places)
    {
        var rows = table.index_copy(0, forms, means.Plus(places.mul(deviations)));                        // [V, C]
        var read = rows.index_select(0, inputs.flatten()).view(inputs.size(0), inputs.size(1), -1);       // [B, T, C]
        var states = model.Body.Module.States(read);                                                      // [B, T, C]
        var logits = functional.linear(states, rows, bias).flatten(0, 1);                                 // [B * T, V]
        return functional.cross_entropy(logits, targets.flatten(), ignore_index: Corpus.Nothing,
            reduction: Reduction.Sum).Plus(places.mul(places).sum().Over(2));
    }

    public void Dispose()
    {
        foreach (var p in frozen) p.requires_grad = true;
        kept.Dispose();
    }
}
