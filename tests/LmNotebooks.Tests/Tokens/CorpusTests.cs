using FsCheck.Xunit;
using LmNotebooks.Tokens;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Tokens;

public class CorpusTests
{
    [Fact]
    public void Documents_are_aligned_to_the_start_and_padded_with_targets_that_do_not_count()
    {
        var (inputs, targets, tokens) = Corpus.OfDocuments([[5, 6, 7], [8]], start: 1).Take([0, 1], CPU);
        Assert.Equal([1, 5, 6, 1, 8, 1], inputs.data<long>().ToArray());
        Assert.Equal([5, 6, 7, 8, -100, -100], targets.data<long>().ToArray());
        Assert.Equal(4, tokens);
    }

    [Property]
    public bool Blocks_predict_every_token_of_the_text_but_the_first_and_a_rest_shorter_than_a_block(byte length, byte extra)
    {
        var block = length % 9 + 1;
        var text = Enumerable.Range(100, block + 1 + extra).ToArray();
        var corpus = Corpus.OfBlocks(text, block);
        var predicted = corpus.Documents.SelectMany(d => d).ToArray();
        return predicted.SequenceEqual(text.Skip(1).Take(predicted.Length)) && text.Length - 1 - predicted.Length < block && corpus.Tokens == predicted.Length;
    }

    [Fact]
    public void Every_pass_takes_each_row_once_in_a_new_order()
    {
        var corpus = Corpus.OfDocuments(Enumerable.Range(0, 10).Select(i => new[] { i }), 0);
        var rows = corpus.Shuffled(4, new Generator(3)).Take(6).ToArray();
        var (first, second) = (rows[..3].SelectMany(r => r).ToArray(), rows[3..].SelectMany(r => r).ToArray());
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)i), first.Order());
        Assert.Equal(first.Order(), second.Order());
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void The_order_depends_on_the_seed_alone() =>
        Assert.Equal(Small.Data.Train.Shuffled(16, new Generator(5)).Take(30).SelectMany(r => r), Small.Data.Train.Shuffled(16, new Generator(5)).Take(30).SelectMany(r => r));

    [Fact]
    public void An_empty_corpus_and_a_text_shorter_than_a_block_are_refused()
    {
        Assert.Contains("empty", Assert.Throws<ArgumentException>(() => Corpus.OfDocuments([], 0)).Message);
        Assert.Contains("longer than one block of 8", Assert.Throws<ArgumentException>(() => Corpus.OfBlocks([1, 2, 3], 8)).Message);
    }
}
