using LmNotebooks.Practice;
using TorchSharp;

namespace LmNotebooks.Tests.Practice;

internal static partial class Rows
{
    private static IEnumerable<Row> RealText()
    {
        yield return Row.Of(Exercises.BitsPerByte, (loss, tokens, bytes) => loss * tokens / bytes / Math.Log(2),
            [(loss, tokens, bytes) => loss / Math.Log(2) / ((double)bytes / tokens),
                (loss, tokens, bytes) => loss * 1.4427 * tokens / bytes,
                (loss, tokens, bytes) => Math.Log2(Math.Exp(loss)) * tokens / bytes],
            [(loss, tokens, bytes) => loss * tokens / bytes, (loss, tokens, bytes) => loss / Math.Log(2),
                (loss, tokens, bytes) => loss * Math.Log(2) * tokens / bytes,
                (loss, tokens, bytes) => loss / Math.Log(2) * bytes / tokens, (loss, tokens, bytes) => 1.803,
                (loss, tokens, bytes) => tokens / bytes * loss / Math.Log(2),
                (loss, tokens, bytes) => loss / Math.Log(2) / bytes],
            [null, (loss, tokens, bytes) => double.NaN], "tokens / bytes", "/ Math.Log(2)", "1.803", "1.8034");
        yield return Row.Of(Exercises.CommonestPair, tokens => Most(tokens.Zip(tokens.Skip(1))),
            [tokens => tokens.Zip(tokens[1..]).GroupBy(p => p).OrderByDescending(g => g.Count()).First().Key,
                tokens =>
                {
                    var counts = new Dictionary<(int, int), int>();
                    for (var i = 1; i < tokens.Length; i++)
                        counts[(tokens[i - 1], tokens[i])] = counts.GetValueOrDefault((tokens[i - 1], tokens[i])) + 1;
                    return counts.MaxBy(c => c.Value).Key;
                },
                tokens => Most(Enumerable.Range(0, tokens.Length - 1).Select(i => (tokens[i], tokens[i + 1])))],
            [tokens => Most(tokens.Chunk(2).Where(c => c.Length == 2).Select(c => (c[0], c[1]))),
                tokens => (tokens[0], tokens[1]), tokens => (1, 2), tokens => Most(tokens.Zip(tokens.Skip(2))),
                tokens => Most(tokens.Skip(1).Zip(tokens)), tokens => (tokens.Max(), tokens.Max()),
                tokens => Most(tokens.Zip(tokens.Skip(1)).Select(p => (Math.Min(p.First, p.Second), Math.Max(p.First,
                    p.Second))))],
            [null, tokens => null], "(1, 2)", "CountBy", "GroupBy");
        yield return Row.Of(Exercises.MergePair, OneMerge,
            [(tokens, left, right, to) =>
                {
                    var rest = new Queue<int>(tokens);
                    var made = new List<int>();
                    while (rest.TryDequeue(out var token))
                        made.Add(token == left && rest.TryPeek(out var next) && next == right && rest.TryDequeue(out _)
                            ? to : token);
                    return [.. made];
                },
                (tokens, left, right, to) => Recursive(tokens, left, right, to),
                (tokens, left, right, to) =>
                {
                    var all = tokens.ToList();
                    for (var i = 0; i + 1 < all.Count; i++)
                        if (all[i] == left && all[i + 1] == right) { all[i] = to; all.RemoveAt(i + 1); }
                    return [.. all];
                }],
            [(tokens, left, right, to) => tokens,
                (tokens, left, right, to) => [.. OneMerge([.. tokens.Reverse()], right, left, to).Reverse()],
                (tokens, left, right, to) => [.. tokens.Select((t, i) => t == left && i + 1 < tokens.Length
                    && tokens[i + 1] == right ? to : t)],
                (tokens, left, right, to) => OneMerge(OneMerge(tokens, left, right, to), right, left, to),
                (tokens, left, right, to) => [.. tokens.Select(t => t == left || t == right ? to : t)],
                (tokens, left, right, to) => [.. tokens.Where(t => t != right).Select(t => t == left ? to : t)],
                (tokens, left, right, to) => [.. tokens, to]],
            [null, (tokens, left, right, to) => null!], "i + 1", "i += 2");
        yield return Row.Of(Exercises.Temperature, (p, t) => Parts(p.Select(x => Math.Pow(x, 1 / t))),
            [(p, t) => Parts(p.Select(x => Math.Exp(Math.Log(x) / t))),
                (p, t) => [.. p.Select(x => x == 0 ? 0 : 1 / p.Sum(y => Math.Pow(y / x, 1 / t)))],
                (p, t) => OfTorch([.. p.Select(x => Math.Log(x) / t)])],
            [(p, t) => Parts(p.Select(x => Math.Pow(x, t))), (p, t) => [.. p.Select(x => Math.Pow(x, 1 / t))],
                (p, t) => Parts(p.Select(x => x / t)), (p, t) => OfTorch([.. p.Select(x => x / t)]), (p, t) => p,
                (p, t) => [.. p.Select(x => 1.0 / p.Length)], (p, t) => Parts(p.Select(x => Math.Exp(x / t)))],
            [null, (p, t) => null!], "1 / t", "1 / temperature", "Pow(");
        yield return Found(Exercises.BytesOrPieces, Flaw.DifferentUnits);
    }

    private static (int, int)? Most(IEnumerable<(int, int)> pairs) => pairs.CountBy(p => p).MaxBy(c => c.Value).Key;

    private static int[] OneMerge(int[] tokens, int left, int right, int to)
    {
        var made = new List<int>();
        for (var i = 0; i < tokens.Length; i++)
        {
            var pair = i + 1 < tokens.Length && tokens[i] == left && tokens[i + 1] == right;
            made.Add(pair ? to : tokens[i]);
            if (pair) i++;
        }
        return [.. made];
    }

    private static int[] Recursive(int[] tokens, int left, int right, int to) => tokens switch
    {
        [var a, var b, .. var rest] when (a, b) == (left, right) => [to, .. Recursive(rest, left, right, to)],
        [var a, .. var rest] => [a, .. Recursive(rest, left, right, to)],
        _ => [],
    };

    private static double[] Parts(IEnumerable<double> values)
    {
        var all = values.ToList();
        return [.. all.Select(x => x / all.Sum())];
    }

    private static double[] OfTorch(double[] z) => torch.tensor(z).softmax(0).data<double>().ToArray();
}
