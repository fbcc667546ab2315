using FsCheck.Xunit;
using LmNotebooks.Languages;
using LmNotebooks.Measures;
using LmNotebooks.Models;

namespace LmNotebooks.Tests.Measures;

public class GroupsTests
{
    private static readonly Lingua Language = Lingua.Preset("deep", 1);
    private static readonly int[][] Documents = [.. Language.Sample(60, 9).Select(d => d.Ids)];
    private static readonly NgramModel Bigram = NgramModel.Fit(2, Language.Vocabulary, Documents[..20]);

    /// <summary>1 in 19 documents is left out; 1 and 3 in turn in 20 documents have the mean 2.</summary>
    [Fact]
    public void A_group_is_left_out_where_fewer_than_20_documents_have_it()
    {
        var rare = Enumerable.Range(0, 19).SelectMany(d => new[] { (d, "rare", 1.0), (d, "rare", 1.0) });
        var group = Assert.Single(Groups.By([.. rare, .. Enumerable.Range(0, 20)
            .Select(d => (d, "common", d % 2 * 2 + 1.0))]));
        Assert.Equal(("common", 2.0, 20), (group.Key, group.Value.Value, group.Count));
        Assert.InRange(group.Value.Low, 1.3, 1.8);   // standard error 1 / sqrt(20), times 1.96
        Assert.InRange(group.Value.High, 2.2, 2.7);
    }

    [Property(MaxTest = 50)]
    public void Groups_take_the_places_apart_and_lose_none(int seed)
    {
        var random = new Random(seed);
        var values = Enumerable.Range(0, 30).SelectMany(d =>
            Enumerable.Range(0, 12).Select(t => (Document: d, Key: t % 3 == 0 ? 0 : random.Next(1, 4),
                Value: random.NextDouble()))).ToList();
        var groups = Groups.By(values.OrderBy(_ => random.Next()));
        var kept = values.GroupBy(v => v.Key)
            .Where(g => g.Select(v => v.Document).Distinct().Count() >= Groups.LeastDocuments)
                .ToDictionary(g => g.Key, g => g.ToList());
        Assert.Equal(kept.Keys.Order(), groups.Select(g => g.Key));
        Assert.All(groups, group =>
        {
            Assert.Equal((kept[group.Key].Count, kept[group.Key].Average(v => v.Value)),
                (group.Count, group.Value.Value),
                (a, b) => a.Item1 == b.Item1 && Math.Abs(a.Item2 - b.Item2) < 1e-12);
            Assert.InRange(group.Value.Value, group.Value.Low, group.Value.High);
        });
    }

    [Fact]
    public void The_excess_of_all_groups_together_is_the_excess()
    {
        var whole = Excess.Of(Language, Bigram, Documents).Mean;
        Assert.Equal(whole, Assert.Single(Excess.By(Language, Bigram, Documents, _ => 0)).Value.Value, 1e-12);
        var kinds = Excess.By(Language, Bigram, Documents, place => place.Word.Slot);
        var depths = Excess.By(Language, Bigram, Documents, place => place.Depth);
        var said = Documents.SelectMany(d => d).Select(id => Language.WordOf(id)!.Slot).Distinct();
        Assert.Equal(said.Order(), kinds.Select(k => k.Key));
        Assert.Equal(Enumerable.Range(0, 6), depths.Select(d => d.Key));
        Assert.Equal(whole, kinds.Sum(k => k.Count * k.Value.Value) / Documents.Sum(d => d.Length), 1e-12);
        Assert.Equal(whole, depths.Sum(k => k.Count * k.Value.Value) / Documents.Sum(d => d.Length), 1e-12);
    }
}
