using LmNotebooks.Models;
using static TorchSharp.torch;

namespace LmNotebooks.Benchmarks;

/// <summary>The recurrent models beside the Transformer, which is the peer here, at the size and batch of the laptop
/// scale: what an experiment at equal seconds needs.</summary>
internal sealed class Architectures : Benchmark
{
    private static readonly Shape Laptop = new("laptop", 64, 2, 4, 48, 4, 236, 80);

    public override string Name => "architectures";
    public override string Question => "How many tokens a second does each architecture train on?";
    public override bool HasPyTorch => false;

    public override IEnumerable<Row> Run(Duel duel)
    {
        var rates = Enum.GetValues<Architecture>().ToDictionary(kind => kind, _ => new List<double>());
        Duel.OnThread(1, () =>
        {
            using var scope = NewDisposeScope();
            var (generator, data) = (new Generator(1), Laptop.Data());
            var models = rates.Keys.ToDictionary(kind => kind, kind =>
                LanguageModel.Of(Laptop.Config with { Architecture = kind }, generator));
            for (var round = 0; round <= duel.Repeats; round++)
                foreach (var (kind, model) in models)
                {
                    var work = Duel.Clock(() => Laptop.Train(model, data, generator, Laptop.Steps));
                    if (round > 0) rates[kind].Add(work.Amount / work.Seconds);
                }
        });
        var peer = rates[Architecture.Transformer];
        return rates.Select(r => new Row(Name, $"{Laptop.Name}, {r.Key}, 1 thread", "tokens/s", Duel.Median(r.Value),
            Duel.Median(peer),
            [.. r.Value.Zip(peer, (a, b) => a / b)], r.Value.Max() / peer.Max(), Samples: r.Value));
    }
}
