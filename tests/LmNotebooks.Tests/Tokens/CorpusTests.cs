using FsCheck.Xunit;
using LmNotebooks.Languages;
using LmNotebooks.Tokens;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Tokens;

public class CorpusTests(ITestOutputHelper output)
{
    [Fact]
    public void Documents_are_aligned_to_the_start_and_padded_with_targets_that_do_not_count()
    {
        var (inputs, targets, tokens) = Corpus.OfDocuments([[5, 6, 7], [8]], start: 1).Take([0, 1], CPU);
        Assert.Equal([1, 5, 6, 1, 8, 1], inputs.data<long>().ToArray());
        Assert.Equal([5, 6, 7, 8, -100, -100], targets.data<long>().ToArray());
        Assert.Equal(4, tokens);
    }

    [Fact]
    public void Translations_are_read_with_their_sources()
    {
        var corpus = Corpus.OfTranslations([new([9], [5, 6, 7]), new([3, 4], [8])], start: 1);
        var batch = corpus.Take([1, 0], CPU);
        Assert.Equal([1, 8, 1, 1, 5, 6], batch.Inputs.data<long>().ToArray());
        Assert.Equal([8, -100, -100, 5, 6, 7], batch.Targets.data<long>().ToArray());
        Assert.Equal([3, 4, 9, -100], batch.Sources!.data<long>().ToArray());
        Assert.Equal((4, 3, 2, 4L), (corpus.Tokens, corpus.Length, corpus.SourceLength, batch.Tokens));
        Assert.Equal([([9], [5, 6, 7]), ([3, 4], [8])], corpus.Examples.Select(t => (t.Source, t.Target)));
        var documents = Corpus.OfDocuments([[5]], start: 1);
        Assert.Equal((0, null, null), (documents.SourceLength, documents.Sources, documents.Take([0], CPU).Sources));
        Assert.Contains("no translations", Assert.Throws<InvalidOperationException>(() => documents.Examples)
            .Message);
    }

    [Fact]
    public void Data_of_a_pair_have_as_many_target_tokens_as_asked_for_and_other_translations_to_test_on()
    {
        var pair = LinguaPair.Preset("tiny", 1);
        Dataset Of(int seed) => Dataset.Of(pair, trainTokens: 500, testDocuments: 30, seed);
        var data = Of(2);
        Assert.InRange(data.Train.Tokens, 500, 520);
        Assert.Equal((30, pair.Vocabulary, pair.Source.Vocabulary),
            (data.Test.Rows, data.Vocabulary, data.SourceVocabulary!.Value));
        Assert.All(data.Train.Examples.Concat(data.Test.Examples), t =>
            Assert.InRange(pair.LogProbabilities([t])[0].Sum(), -100, 0));
        Assert.Equal(Math.Max(data.Train.Sources!.Max(s => s.Length), data.Test.Sources!.Max(s => s.Length)),
            data.SourceLength);
        Assert.Equal(data.Test.Documents, Of(2).Test.Documents);
        Assert.NotEqual((data.Hash, data.Test.Sources![0]), (Of(3).Hash, Of(3).Test.Sources![0]));
        Assert.Equal(pair.LogProbabilities(data.Test.Examples), data.LogProbabilities(pair));
    }

    [Property]
    public bool Blocks_predict_every_token_of_the_text_but_the_first_and_a_rest_shorter_than_a_block(byte length,
        byte extra)
    {
        var block = length % 9 + 1;
        var text = Enumerable.Range(100, block + 1 + extra).ToArray();
        var corpus = Corpus.OfBlocks(text, block);
        var predicted = corpus.Documents.SelectMany(d => d).ToArray();
        return predicted.SequenceEqual(text.Skip(1).Take(predicted.Length))
            && text.Length - 1 - predicted.Length < block && corpus.Tokens == predicted.Length;
    }

    [Property(MaxTest = 200)]
    public bool A_pass_takes_each_row_once_in_no_more_batches_than_asked_for(byte[] lengths, byte batchRows, int seed)
    {
        var (corpus, rows) = (OfLengths([0, .. lengths.Select(l => (int)l)]), batchRows % 20 + 1);
        var pass = corpus.Shuffled(rows, new Generator((ulong)seed)).ToArray();
        return pass.All(b => b.Length > 0) && pass.Length <= (corpus.Rows + rows - 1) / rows
            && pass.SelectMany(b => b).Order().SequenceEqual(Enumerable.Range(0, corpus.Rows).Select(i => (long)i));
    }

    [Fact]
    public void Every_pass_has_a_new_order_of_new_batches()
    {
        var corpus = OfLengths([.. Enumerable.Range(100, 200)]);      // no two rows are equally long
        using var generator = new Generator(3);
        var (first, second) = (corpus.Shuffled(4, generator).ToArray(), corpus.Shuffled(4, generator).ToArray());
        string[] Members(long[][] pass) => [.. pass.Select(b => string.Join(' ', b.Order()))];
        Assert.True(Members(first).Intersect(Members(second)).Count() < first.Length / 4);
        // batches come neither from short to long nor from long to short
        var lengths = first.Select(b => b[0]).ToArray();
        Assert.InRange(lengths.Zip(lengths.Skip(1), (a, b) => a < b ? 1 : 0).Sum(), first.Length / 4,
            3 * first.Length / 4);
    }

    [Fact]
    public void Rows_of_one_length_are_a_random_order_cut_into_the_rows_asked_for()
    {
        using var order = randperm(10, generator: new Generator(1));
        Assert.Equal(order.data<long>().ToArray().Chunk(4), OfLengths([.. Enumerable.Repeat(7, 10)])
            .Shuffled(4, new Generator(1)));
    }

    [Fact]
    public void A_batch_of_rare_lengths_comes_anywhere_in_a_pass()
    {
        var corpus = OfLengths([.. Enumerable.Repeat(5, 400), 50]);
        using var generator = new Generator(1);
        var places = Enumerable.Range(0, 200).Select(_ =>
            Array.FindIndex([.. corpus.Shuffled(4, generator)], b => b.Contains(400))).ToArray();
        for (var quarter = 0; quarter < 4; quarter++) Assert.InRange(places.Count(p => p * 4 / 101 == quarter), 25, 75);
    }

    [Theory]
    [InlineData("base", 4)]
    [InlineData("base", 128)]
    [InlineData("deep", 4)]
    [InlineData("deep", 128)]
    [InlineData("tiny", 4)]
    [InlineData("tiny", 128)]
    public void Less_than_a_tenth_of_a_presets_positions_is_padding(string preset, int batchRows)
    {
        var data = Dataset.Of(Lingua.Preset(preset, 1), 100_000, 1, 1);
        var padding = Padding(data.Train, data.Train.Shuffled(batchRows, new Generator(1)));
        // documents are drawn one by one: this order is random too
        var equalRows = Padding(data.Train, data.Train.InOrder(batchRows));
        output.WriteLine($"{preset}, {batchRows} rows: {padding:P1} padding, {equalRows:P1} with equal numbers of "
            + "rows");
        Assert.InRange(padding, 0, 0.1);
        Assert.True(padding < equalRows || equalRows == 0);
    }

    /// <summary>Where batches are many, however the lengths are spread: of two kinds, evenly, by a power law, a few
    /// giants.</summary>
    [Property(MaxTest = 100)]
    public bool Less_than_a_tenth_is_padding_however_lengths_are_spread(int seed, byte kind, byte batchRows)
    {
        var random = new Random(seed);
        var (few, many) = (random.Next(1, 100), random.Next(100, 2000));
        Func<int> length = (kind % 4) switch
        {
            0 => () => random.Next(2) == 0 ? few : many,
            1 => () => random.Next(few, many),
            2 => () => (int)Math.Min(many, few / Math.Sqrt(random.NextDouble())),
            _ => () => random.Next(500) == 0 ? 100 * many : few,
        };
        var (corpus, rows) = (OfLengths([.. Enumerable.Range(0, 3000).Select(_ => length())]), batchRows % 16 + 1);
        return Padding(corpus, corpus.Shuffled(rows, new Generator((ulong)seed))) < 0.1;
    }

    [Fact]
    public void No_batch_is_larger_than_the_rows_asked_for_at_full_length()
    {
        var corpus = OfLengths([.. Enumerable.Range(1, 1000)]);
        Assert.All(corpus.Shuffled(8, new Generator(1)), b =>
            Assert.True(b.Length * (b.Max() + 1) <= 8 * corpus.Length));
    }

    private static Corpus OfLengths(int[] lengths) => Corpus.OfDocuments(lengths.Select(l => new int[l]), 0);

    /// <summary>Share of all positions that are padding.</summary>
    private static double Padding(Corpus corpus, IEnumerable<long[]> batches)
    {
        var documents = corpus.Documents;
        return 1 - corpus.Tokens / (double)batches.Sum(b => b.Length * b.Max(i => (long)documents[(int)i].Length));
    }

    [Fact]
    public void The_order_depends_on_the_seed_alone() =>
        Assert.Equal(Small.Data.Train.Shuffled(16, new Generator(5)).SelectMany(r => r),
            Small.Data.Train.Shuffled(16, new Generator(5)).SelectMany(r => r));

    [Fact]
    public void An_empty_corpus_and_a_text_shorter_than_a_block_are_refused()
    {
        Assert.Contains("empty", Assert.Throws<ArgumentException>(() => Corpus.OfDocuments([], 0)).Message);
        Assert.Contains("longer than one block of 8",
            Assert.Throws<ArgumentException>(() => Corpus.OfBlocks([1, 2, 3], 8)).Message);
    }
}
