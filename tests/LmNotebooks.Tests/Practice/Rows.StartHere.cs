using LmNotebooks.Practice;

namespace LmNotebooks.Tests.Practice;

internal static partial class Rows
{
    private static IEnumerable<Row> StartHere()
    {
        yield return Row.Of(Exercises.Bits, nats => nats / Math.Log(2),
            [nats => nats * Math.Log2(Math.E), nats => nats * 1.4427, nats => Math.Log2(Math.Exp(nats)),
                nats => nats / 0.693147],
            [nats => 3, nats => nats * Math.Log(2), nats => Math.Log2(8), nats => Math.Log2(nats), nats => nats,
                nats => Math.Exp(nats), nats => Math.Exp(nats) - 5, nats => nats / Math.Log(8) * 2],
            [null, nats => double.NaN, nats => throw new NotImplementedException()], "1.4427", "1.443", "1.44",
            "log2(e)", "/ ln 2");
        yield return Row.Of(Exercises.SwapCost, (b, m, u) => (m - b) / (u - b),
            [(b, m, u) => 1 - (u - m) / (u - b), (b, m, u) => (b - m) / (b - u),
                (b, m, u) => m / (u - b) - b / (u - b)],
            [(b, m, u) => (u - m) / (u - b), (b, m, u) => 0.5,
                (b, m, u) => (m - b) / (b - 1), (b, m, u) => (m - b) / 1.5,
                (b, m, u) => (m - b) / (u - m) - 0.5, (b, m, u) => m - b, (b, m, u) => (m - b) / u,
                (b, m, u) => Math.Clamp((m - b) / (u - b), 0, 1)],
            [null, (b, m, u) => double.NaN], "(mixed - before)", "unigram - before");
        yield return Row.Of(Exercises.TextLoss,
            (said, words) => -words.Select((w, t) => Math.Log(said[t][w])).Average(),
            [(said, words) => said.Zip(words, (p, w) => -Math.Log(p[w])).Sum() / words.Length,
                (said, words) => -Math.Log(said.Zip(words, (p, w) => p[w]).Aggregate((a, b) => a * b)) / words.Length,
                (said, words) =>
                {
                    var sum = 0.0;
                    for (var t = 0; t < words.Length; t++) sum -= Math.Log(said[t][words[t]]);
                    return sum / words.Length;
                }],
            [(said, words) => -words.Select((w, t) => Math.Log(said[t][w])).Sum(),
                (said, words) => words.Select((w, t) => Math.Log(said[t][w])).Average(),
                (said, words) => -words.Select((w, t) => Math.Log2(said[t][w])).Average(),
                (said, words) => -Math.Log(words.Select((w, t) => said[t][w]).Average()),
                (said, words) => 1 - words.Select((w, t) => said[t][w]).Average(),
                (said, words) => -Math.Log(said[0][words[0]]), (said, words) => 0],
            [null, (said, words) => double.NaN], "-Math.Log(", "Average(");
        yield return Found(Exercises.WhoseText, Flaw.UnequalText);
        yield return Row.Of(Exercises.Longer, (Ran(train: 20_000), Ran(train: 100_000)),
            [(Ran(train: 20_000), Ran(train: 40_000)), (Ran(train: 3480), Ran(train: 17_400)),
                (Ran(seed: 4), Ran(seed: 4, train: 60_000))],
            [(Ran(), Ran()), (Ran(train: 100_000), Ran(train: 20_000)), (Ran(), Ran(train: 100_000, seed: 2)),
                (Ran(), Ran(train: 100_000, width: 128)), (Ran(), Ran(train: 100_000, finished: false)),
                (Ran(), Ran(train: 30_000)), (Ran(), Ran("RetrainPart", train: 100_000))],
            [(null, null), (Ran(), null)], "TrainTokens = 2");
    }
}
