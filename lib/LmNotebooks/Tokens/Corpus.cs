using static TorchSharp.torch;

namespace LmNotebooks.Tokens;

/// <summary>Some rows of a corpus: inputs [B, T] and targets [B, T], the token after each input; targets beyond a row's end are
/// <see cref="Corpus.Nothing"/>.</summary>
/// <param name="Tokens">Number of real targets.</param>
public sealed record Batch(Tensor Inputs, Tensor Targets, long Tokens);

/// <summary>Token rows for training and testing. A row begins with one token that is only read; every other token is also predicted.</summary>
public sealed class Corpus
{
    /// <summary>The target that no loss counts, libtorch's own ignore_index.</summary>
    public const long Nothing = -100;

    private readonly int[][] rows;

    private Corpus(int[][] rows)
    {
        if (rows.Length == 0) throw new ArgumentException("The corpus is empty: there is nothing to train or test on.");
        this.rows = rows;
        Length = rows.Max(r => r.Length) - 1;
        Tokens = rows.Sum(r => r.Length - 1L);
    }

    /// <summary>Whole documents, each aligned to the start token: a document's first token is predicted from it.</summary>
    public static Corpus OfDocuments(IEnumerable<int[]> documents, int start) => new([.. documents.Select(d => (int[])[start, .. d])]);

    /// <summary>Consecutive blocks of a long text; each block's last token is the next one's first input. A shorter rest is dropped.</summary>
    /// <exception cref="ArgumentException">The text is shorter than one block.</exception>
    public static Corpus OfBlocks(ReadOnlySpan<int> text, int length)
    {
        if (text.Length <= length) throw new ArgumentException($"The text has {text.Length} tokens: it must be longer than one block of {length}.");
        var rows = new int[(text.Length - 1) / length][];
        for (var i = 0; i < rows.Length; i++) rows[i] = text.Slice(i * length, length + 1).ToArray();
        return new Corpus(rows);
    }

    public int Rows => rows.Length;

    /// <summary>Inputs in the longest row, T.</summary>
    public int Length { get; }

    /// <summary>Predicted tokens in all rows.</summary>
    public long Tokens { get; }

    /// <summary>The rows without their first token.</summary>
    public IReadOnlyList<int[]> Documents => [.. rows.Select(r => r[1..])];

    /// <summary>The rows of the given numbers as one batch, as long as the longest of them.</summary>
    public Batch Take(ReadOnlySpan<long> numbers, Device device)
    {
        var T = 0;
        foreach (var n in numbers) T = Math.Max(T, rows[n].Length - 1);
        long[,] inputs = new long[numbers.Length, T], targets = new long[numbers.Length, T];
        var tokens = 0L;
        for (var b = 0; b < numbers.Length; b++)
        {
            var row = rows[numbers[b]];
            tokens += row.Length - 1;
            for (var t = 0; t < T; t++)
            {
                inputs[b, t] = t < row.Length ? row[t] : row[0];
                targets[b, t] = t + 1 < row.Length ? row[t + 1] : Nothing;
            }
        }
        return new Batch(tensor(inputs, device: device), tensor(targets, device: device), tokens);
    }

    /// <summary>The numbers of all rows once, in order, a batch at a time.</summary>
    public IEnumerable<long[]> InOrder(int batchRows) => Enumerable.Range(0, Rows).Select(i => (long)i).Chunk(batchRows);

    /// <summary>Row numbers without end, a batch at a time: every pass takes all rows once in a new random order. A pass's last batch may
    /// be smaller.</summary>
    public IEnumerable<long[]> Shuffled(int batchRows, Generator generator)
    {
        while (true)
        {
            long[] order;
            using (var permutation = randperm(Rows, generator: generator)) order = permutation.data<long>().ToArray();
            foreach (var numbers in order.Chunk(batchRows)) yield return numbers;
        }
    }
}
