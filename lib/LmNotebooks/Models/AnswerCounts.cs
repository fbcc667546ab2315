namespace LmNotebooks.Models;

/// <summary>Numbers of answers by question, in the order of the names. Two are equal if they say the same.</summary>
internal sealed class AnswerCounts : SortedDictionary<string, int>
{
    public AnswerCounts() : base(StringComparer.Ordinal) { }

    public AnswerCounts(IEnumerable<KeyValuePair<string, int>> of) : this()
    {
        foreach (var (question, answers) in of) this[question] = answers;
    }

    public override bool Equals(object? other) => other is AnswerCounts questions && this.SequenceEqual(questions);

    public override int GetHashCode() => this.Aggregate(0, HashCode.Combine);
}
