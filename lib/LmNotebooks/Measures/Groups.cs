namespace LmNotebooks.Measures;

/// <summary>Values at places of documents, taken apart by a property of the place.</summary>
public static class Groups
{
    /// <summary>Documents that a group must have a place in. One with fewer is left out: its interval would promise too
    /// much.</summary>
    public const int LeastDocuments = 20;

    /// <summary>The groups with enough documents, in the order of their keys.</summary>
    public static IReadOnlyList<Group<TKey>> By<TKey>(IEnumerable<(int Document, TKey Key, double Value)> values) =>
        [.. from value in values
            group value by value.Key into places
            orderby places.Key
            let documents = places.GroupBy(v => v.Document, (_, v) =>
                (Sum: v.Sum(p => p.Value), Count: (double)v.Count())).ToList()
            where documents.Count >= LeastDocuments
            select new Group<TKey>(places.Key, Bootstrap.OfRatio(documents, seed: 0), places.Count())];
}
