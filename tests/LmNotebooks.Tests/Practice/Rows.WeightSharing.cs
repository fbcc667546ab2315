using LmNotebooks.Models;
using LmNotebooks.Practice;

namespace LmNotebooks.Tests.Practice;

internal static partial class Rows
{
    private static IEnumerable<Row> Sharing()
    {
        yield return Row.Of(Exercises.WiderLayers, (Math.Sqrt(3), 3),
            [(1.73, 3), (1.75, 3.06), (1.7, 3), (112 / 64.0, 3)],
            [(3, 9), (Math.Sqrt(3), 1), (Math.Sqrt(3), Math.Sqrt(3)), (Math.Sqrt(3), 9), (3, 3), (1.5, 3), (2, 4),
                (Math.Sqrt(3), double.NaN), (Math.Sqrt(3), 1 / 3.0)],
            [(double.NaN, double.NaN)], "1.73", "1.7", "1.732", "√3", "square root of three");
        yield return Row.Of(Exercises.SequencePattern, [0, 0, 2, 2, 4],
            [[.. LayerPattern.Sequence(3, 5)], new[] { 0, 0, 2, 2, 4 }.ToArray(),
                [.. new[] { 0, 2, 4 }.SelectMany(first => Enumerable.Repeat(first, first < 4 ? 2 : 1))]],
            [[0, 0, 1, 1, 2], [0, 1, 2, 0, 1], [0, 1, 1, 3, 3], [1, 1, 3, 3, 5], [0, 0, 2, 2], [0, 1, 2, 3, 4],
                [0, 0, 0, 3, 3], []],
            [null!], "0, 0, 2, 2, 4", "0 0 2 2 4");
        yield return Row.Of(Exercises.CyclePattern,
            (sets, layers) => [.. Enumerable.Range(0, layers).Select(l => l % sets)],
            [(sets, layers) => [.. LayerPattern.Cycle(sets, layers)],
                (sets, layers) => [.. Enumerable.Range(0, layers).Select(l => l - l / sets * sets)],
                (sets, layers) =>
                {
                    var list = new int[layers];
                    for (var l = 0; l < layers; l++) list[l] = l < sets ? l : list[l - sets];
                    return list;
                }],
            [(sets, layers) => [.. LayerPattern.Sequence(sets, layers)],
                (sets, layers) => [.. Enumerable.Range(0, layers).Select(l => l / sets)],
                (sets, layers) => [0, 1, 0, 1],
                (sets, layers) => [.. Enumerable.Range(0, layers).Select(l => l % sets + 1)],
                (sets, layers) => [.. Enumerable.Range(0, layers).Select(l => l % layers)],
                (sets, layers) => [.. Enumerable.Range(0, layers).Select(l => Math.Min(l, sets - 1))],
                (sets, layers) => [.. Enumerable.Range(0, sets).Select(l => l % layers)]],
            [null, (sets, layers) => null!], "% sets", "l % ");
        int[] Apart(int layers) => [.. Enumerable.Range(0, layers).Select(l => l == 0 ? 0 : 1)];
        yield return Row.Of(Exercises.FirstLayerApart,
            c => c with { AttentionOf = Apart(c.Layers), FeedForwardOf = Apart(c.Layers) },
            [c => c with { AttentionOf = [0, .. Enumerable.Repeat(1, c.Layers - 1)], FeedForwardOf = [0,
                    .. Enumerable.Repeat(1, c.Layers - 1)] },
                c => c.Layers <= 2 ? c : c with { AttentionOf = Apart(c.Layers), FeedForwardOf = Apart(c.Layers) },
                c =>
                {
                    var list = new int[c.Layers];
                    for (var l = 1; l < c.Layers; l++) list[l] = 1;
                    return c with { FeedForwardOf = list, AttentionOf = list };
                }],
            [c => c with { AttentionOf = Apart(c.Layers) }, c => c with { FeedForwardOf = Apart(c.Layers) }, c => c,
                c => c with { AttentionOf = [0, 1, 1], FeedForwardOf = [0, 1, 1] },
                c => c with { AttentionOf = new int[c.Layers], FeedForwardOf = new int[c.Layers] },
                c => c with { AttentionOf = LayerPattern.Cycle(Math.Min(2, c.Layers), c.Layers),
                    FeedForwardOf = LayerPattern.Cycle(Math.Min(2, c.Layers), c.Layers) },
                c => c with { AttentionOf = Apart(c.Layers), FeedForwardOf = Apart(c.Layers), Width = 16 }],
            [null, c => null!, c => throw new NotImplementedException()], "Math.Min", "0, 1, 1, 1", "0 1 1 1");
        yield return Found(Exercises.FreeDepth, Flaw.UnequalCompute);
        const string Attention = "attentionOf=[0,1,1]", FeedForward = "feedForwardOf=[0,1,1]";
        yield return Row.Of(Exercises.OwnPattern, Ran("mine", lists: [Attention, FeedForward]),
            [Ran("other", lists: [FeedForward, Attention], width: 32),
                Ran("mine", lists: [Attention, FeedForward], seed: 3),
                Ran("mine", lists: [Attention, FeedForward, "multiQuery=true"])],
            [Ran(lists: [Attention]), Ran(lists: [FeedForward]),
                Ran(lists: ["attentionOf=[0,0,0]", "feedForwardOf=[0,0,0]"]),
                Ran(lists: ["attentionOf=[0,0,2]", "feedForwardOf=[0,0,2]"]),
                Ran(lists: ["attentionOf=[0,1,1,1]", "feedForwardOf=[0,1,1,1]"]),
                Ran(lists: [Attention, FeedForward], finished: false),
                Ran(lists: ["attentionOf=[0,1,0]", "feedForwardOf=[0,1,0]"])],
            [null, Ran()], "0, 1, 1", "[0,1,1]");
    }
}
