using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using LmNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Models;

public class SightTests
{
    private static Tensor Ids(params long[] values) => tensor(values);

    private static string Rows(Tensor mask) => string.Join(' ', mask.flatten(0, -2).to(int64).unbind()
        .Select(row => string.Concat(row.data<long>().ToArray())));

    private static bool Same(Tensor a, Tensor b) => a.equal(b).all().item<bool>();

    [Fact]
    public void The_whole_text_is_seen_and_nothing_beyond_its_end()
    {
        var seen = Sight.Whole(Ids(3, 1, 4), 4);
        Assert.Equal([3, 1, 1, 4], seen.shape);
        Assert.Equal("1110 1000 1111", Rows(seen));
    }

    /// <summary>The order is: start, then the tokens at 2, 3 and 1.</summary>
    [Fact]
    public void Of_two_streams_contents_see_what_is_not_later_and_queries_what_is_earlier()
    {
        var seen = Sight.TwoStreams(Ids(-1, 2, 0, 1).unsqueeze(0));
        Assert.Equal([1, 1, 8, 8], seen.shape);
        Assert.Equal("10000000 11110000 10100000 10110000 00001000 10110000 10000000 10100000", Rows(seen));
    }

    [Property(MaxTest = 50)]
    public Property A_shuffled_text_begins_with_its_start_and_ends_with_what_is_beyond_its_end() => Prop.ForAll(
        Gen.Choose(1, 9).ListOf(3).Zip(Gen.Choose(1, 1000)).ToArbitrary(), drawn =>
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)drawn.Item2);
        int[] lengths = [.. drawn.Item1];
        var (ranks, seen) = Sight.Shuffled(Ids([.. lengths.Select(n => (long)n)]), 9, generator);
        Assert.Equal([3, 1, 9, 9], seen.shape);
        for (var b = 0; b < 3; b++)
        {
            var of = ranks[b].data<long>().ToArray();
            Assert.Equal(-1, of[0]);
            Assert.Equal(Enumerable.Range(0, lengths[b] - 1).Select(r => (long)r), of[1..lengths[b]].Order());
            Assert.Equal(Enumerable.Range(0, 9).Select(r => r - 1L), of.Order());
            for (var i = 0; i < 9; i++)
                for (var j = 0; j < 9; j++)
                {
                    Assert.Equal(of[j] <= of[i], seen[b, 0, i, j].item<bool>());
                    Assert.False(i < lengths[b] && j >= lengths[b] && seen[b, 0, i, j].item<bool>());
                }
        }
    });

    [Fact]
    public void All_orders_of_a_text_are_equally_likely()
    {
        var (ranks, _) = Sight.Shuffled(full(6000, 4, dtype: int64), 5, new Generator(1));
        var counts = ranks.data<long>().ToArray().Chunk(5).CountBy(r => string.Join(' ', r)).ToDictionary();
        Assert.Equal(6, counts.Count);
        Assert.All(counts.Values, n => Assert.InRange(n, 850, 1150));   // 1000, and five standard deviations
    }

    public static TheoryData<ModelConfig> Transformers =>
        new(Small.Kinds.Where(c => c.Architecture == Architecture.Transformer));

    [Theory, MemberData(nameof(Transformers))]
    public void A_query_knows_no_token_of_its_own_rank_or_of_a_higher_one_and_all_of_lower_ones(ModelConfig kind)
    {
        const int T = 7;
        using var model = kind.Build(new Generator(1));
        using var off = no_grad();
        using var generator = new Generator(3);
        foreach (var p in model.parameters()) p.normal_(0, 0.3, generator);   // sharp attention
        var (ranks, _) = Sight.Shuffled(Ids(T), T, new Generator(2));
        var (seen, places) = (Sight.TwoStreams(ranks), arange(T).repeat(2));
        var queries = full([1, T], kind.Hole, dtype: int64);
        Tensor States(Tensor tokens) => model.States(cat([tokens, queries], 1), seen, places)[0][T..];
        var tokens = Ids(0, 3, 9, 4, 7, 2, 5).unsqueeze(0);
        var before = States(tokens);
        for (var changed = 0; changed < T; changed++)
        {
            var other = tokens.clone();
            other[0, changed] = 11;
            var after = States(other);
            for (var i = 0; i < T; i++)
                Assert.Equal(ranks[0, i].item<long>() <= ranks[0, changed].item<long>(), Same(before[i], after[i]));
        }
        Assert.False(before.isnan().any().item<bool>());
    }
}
