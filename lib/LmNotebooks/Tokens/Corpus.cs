using LmNotebooks.Languages;
using static TorchSharp.torch;

namespace LmNotebooks.Tokens;

/// <summary>Token rows for training and testing. A row begins with one token that is only read; every other token is
/// also predicted.</summary>
public sealed class Corpus
{
    /// <summary>The target that no loss counts, libtorch's own ignore_index.</summary>
    public const long Nothing = -100;

    private const double Mixing = 0.05;     // rows whose lengths differ by less meet in new batches every pass

    private readonly IReadOnlyList<int[]> rows;
    private readonly Func<long, int> inputsOf;      // in a row, known without reading it

    private Corpus(IReadOnlyList<int[]> rows, Func<long, int> inputsOf)
    {
        if (rows.Count == 0) throw new ArgumentException("The corpus is empty: there is nothing to train or test on.");
        (this.rows, this.inputsOf) = (rows, inputsOf);
        for (var n = 0; n < Rows; n++)
        {
            Length = Math.Max(Length, inputsOf(n));
            Tokens += inputsOf(n);
        }
    }

    /// <summary>Whole documents, each aligned to the start token: a document's first token is predicted from
    /// it.</summary>
    public static Corpus OfDocuments(IEnumerable<int[]> documents, int start)
    {
        int[][] rows = [.. documents.Select(d => (int[])[start, .. d])];
        return new Corpus(rows, n => rows[n].Length - 1);
    }

    /// <summary>Whole translations: their targets are the documents, and their sources are read with them.</summary>
    public static Corpus OfTranslations(IReadOnlyList<Example> translations, int start)
    {
        var corpus = OfDocuments(translations.Select(t => t.Target), start);
        corpus.Sources = [.. translations.Select(t => t.Source)];
        return corpus;
    }

    /// <summary>Texts with the answer to a question about each: the target is one word, the source the text. Its size
    /// is that of the texts, which are what is read.</summary>
    public static Corpus OfAnswers(IReadOnlyList<Example> answered, int start)
    {
        int[][] rows = [.. answered.Select(e => (int[])[start, .. e.Target])];
        return new Corpus(rows, n => answered[(int)n].Source.Length)
        {
            Sources = [.. answered.Select(e => e.Source)],
        };
    }

    /// <summary>Consecutive blocks of a long text; each block's last token is the next one's first input. A shorter
    /// rest is dropped.</summary>
    /// <exception cref="ArgumentException">The text is shorter than one block.</exception>
    public static Corpus OfBlocks(ReadOnlySpan<int> text, int length)
    {
        var tokens = text.ToArray();
        return OfBlocks(tokens.Length, length, (begin, block) => tokens.AsSpan((int)begin, block.Length).CopyTo(block));
    }

    /// <summary>Blocks of the tokens from <paramref name="begin"/> to before <paramref name="end"/>, read from the file
    /// whenever they are taken.</summary>
    /// <inheritdoc cref="OfBlocks(ReadOnlySpan{int}, int)"/>
    internal static Corpus OfBlocks(TokenFile text, long begin, long end, int length) =>
        OfBlocks(end - begin, length, (at, block) => text.Read(begin + at, block));

    private static Corpus OfBlocks(long tokens, int length, Action<long, Span<int>> read)
    {
        if (tokens <= length)
            throw new ArgumentException($"The text has {tokens} tokens: it must be longer than one block of {length}.");
        return new Corpus(new Computed<int[]>(checked((int)((tokens - 1) / length)), n =>
        {
            var row = new int[length + 1];
            read((long)n * length, row);
            return row;
        }), _ => length);
    }

    public int Rows => rows.Count;

    /// <summary>Inputs in the longest row, T; of answers, tokens of the longest text.</summary>
    public int Length { get; }

    /// <summary>Predicted tokens in all rows; of answers, tokens of the texts.</summary>
    public long Tokens { get; }

    /// <summary>The rows without their first token.</summary>
    public IReadOnlyList<int[]> Documents => new Computed<int[]>(Rows, n => rows[n][1..]);

    /// <summary>What each row translates; null where the rows are no translations.</summary>
    public IReadOnlyList<int[]>? Sources { get; private set; }

    /// <summary>Tokens of the longest source; 0 where there are none.</summary>
    public int SourceLength => Sources?.Max(s => s.Length) ?? 0;

    /// <summary>The rows with what they translate, or with the text that they answer a question about.</summary>
    /// <exception cref="InvalidOperationException">They have no source.</exception>
    public IReadOnlyList<Example> Examples => Sources is null
        ? throw new InvalidOperationException("The rows of this corpus are no translations and no answers: they have "
            + "no source.")
        : new Computed<Example>(Rows, n => new Example(Sources[n], Documents[n]));

    /// <summary>How often each token id is predicted in all rows, which are read once for it when it is first
    /// asked.</summary>
    public IReadOnlyList<long> Counts => field ??= Count();

    private long[] Count()
    {
        var counts = rows.SelectMany(r => r.Skip(1)).CountBy(id => id).ToDictionary();
        return [.. Enumerable.Range(0, counts.Keys.Max() + 1).Select(id => (long)counts.GetValueOrDefault(id))];
    }

    /// <summary>The rows of the given numbers as one batch, as long as the longest of them.</summary>
    public Batch Take(ReadOnlySpan<long> numbers, Device device)
    {
        var taken = new int[numbers.Length][];
        var (T, tokens) = (0, 0L);
        for (var b = 0; b < taken.Length; b++)
        {
            taken[b] = rows[(int)numbers[b]];
            T = Math.Max(T, taken[b].Length - 1);
            tokens += inputsOf(numbers[b]);
        }
        long[,] inputs = new long[taken.Length, T], targets = new long[taken.Length, T];
        for (var b = 0; b < taken.Length; b++)
        {
            var row = taken[b];
            for (var t = 0; t < T; t++)
            {
                inputs[b, t] = t < row.Length ? row[t] : row[0];
                targets[b, t] = t + 1 < row.Length ? row[t + 1] : Nothing;
            }
        }
        return new Batch(tensor(inputs, device: device), tensor(targets, device: device), tokens) { Corpus = this,
            Sources = TakeSources(numbers, device) };
    }

    private Tensor? TakeSources(ReadOnlySpan<long> numbers, Device device)
    {
        if (Sources is null) return null;
        var S = 0;
        foreach (var n in numbers) S = Math.Max(S, Sources[(int)n].Length);
        var sources = new long[numbers.Length, S];
        for (var b = 0; b < numbers.Length; b++)
            for (var s = 0; s < S; s++)
                sources[b, s] = s < Sources[(int)numbers[b]].Length ? Sources[(int)numbers[b]][s] : Nothing;
        return tensor(sources, device: device);
    }

    /// <summary>Predicted tokens in the rows of the given numbers.</summary>
    internal long TokensOf(IEnumerable<long> numbers) => numbers.Sum(n => (long)inputsOf(n));

    /// <summary>How long the rows of the given numbers are.</summary>
    internal IEnumerable<Extent> Extents(IEnumerable<long> numbers) =>
        numbers.Select(n => new Extent(inputsOf(n), Sources?[(int)n].Length ?? 0));

    /// <summary>The numbers of all rows once, in order, a batch at a time.</summary>
    public IEnumerable<long[]> InOrder(int batchRows) => Enumerable.Range(0, Rows).Select(i => (long)i)
        .Chunk(batchRows);

    /// <summary>The numbers of all rows once, a batch at a time: one pass, in a new random order. Rows of about the
    /// same length share a batch, so that little of it is padding, and long rows are fewer to a batch, so that every
    /// step learns from about as many tokens. There are at most so many batches as with <paramref name="batchRows"/>
    /// rows in each, and exactly these where all rows are equally long.</summary>
    public IEnumerable<long[]> Shuffled(int batchRows, Generator generator)
    {
        long[] shuffled;
        using (var permutation = randperm(Rows, generator: generator)) shuffled = permutation.data<long>().ToArray();
        var (place, order, lengths) = (new int[Rows], shuffled.ToArray(), new double[Rows]);
        for (var i = 0; i < Rows; i++)
        {
            place[shuffled[i]] = i;
            lengths[i] = -(inputsOf(shuffled[i]) + 1) * (1 - Mixing * i / Rows);
        }
        Array.Sort(lengths, order);
        // A batch comes where the shuffle put one of its rows, chosen by what the shuffle does not depend on: its
        // number.
        return Cut(order, SmallestArea(order, batchRows)).Select(batch => order[batch])
            .OrderBy(batch => place[batch.Min()]);
    }

    /// <summary>The least positions of a batch, padding included, with which there are no more batches than with equal
    /// numbers of rows.</summary>
    private long SmallestArea(long[] order, int batchRows)
    {
        var (tooSmall, enough, most) = (0L, (long)batchRows * Length, (Rows + batchRows - 1) / batchRows);
        while (enough - tooSmall > 1)
        {
            var middle = (tooSmall + enough) / 2;
            if (Cut(order, middle).Count() > most) tooSmall = middle;
            else enough = middle;
        }
        return enough;
    }

    /// <summary>Rows in their order, as many to a batch as its area allows, and at least one.</summary>
    private IEnumerable<Range> Cut(long[] order, long area)
    {
        var (begin, longest) = (0, 0L);
        for (var i = 0; i < order.Length; i++)
        {
            longest = Math.Max(longest, inputsOf(order[i]));
            if (i == begin || (i + 1 - begin) * longest <= area) continue;
            yield return begin..i;
            (begin, longest) = (i, inputsOf(order[i]));
        }
        yield return begin..order.Length;
    }
}
