namespace LmNotebooks.Models;

/// <summary>Numbers of answers by question, in the order of the names. Two are equal if they say the same.</summary>
internal sealed class Questions : SortedDictionary<string, int>
{
    public Questions() : base(StringComparer.Ordinal) { }

    public Questions(IEnumerable<KeyValuePair<string, int>> of) : this()
    {
        foreach (var (question, answers) in of) this[question] = answers;
    }

    public override bool Equals(object? other) => other is Questions questions && this.SequenceEqual(questions);

    public override int GetHashCode() => this.Aggregate(0, HashCode.Combine);
}
