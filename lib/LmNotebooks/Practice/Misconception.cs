namespace LmNotebooks.Practice;

/// <summary>A wrong answer that is likely, and what those think who give it.</summary>
internal sealed class Misconception<T>
{
    private readonly Func<T, IReadOnlyList<double>, Judge<T>, bool> fits;

    private Misconception(string name, string thought, Func<T, IReadOnlyList<double>, Judge<T>, bool> fits) =>
        (Name, Thought, this.fits) = (name, thought, fits);

    /// <param name="name">In a few words.</param>
    /// <param name="wrong">The wrong answer: all those are meant that look the same to the judge.</param>
    /// <param name="thought">One or two sentences that do not tell the value.</param>
    public Misconception(string name, T wrong, string thought)
        : this(name, thought, (_, seen, judge) => judge.Same(seen, judge.See(wrong)))
    {
    }

    /// <summary>Of all answers for which something holds.</summary>
    public static Misconception<T> When(string name, Func<T, bool> holds, string thought) =>
        new(name, thought, (answer, _, _) => holds(answer));

    public string Name { get; }
    public string Thought { get; }

    public bool Fits(T answer, IReadOnlyList<double> seen, Judge<T> judge) => fits(answer, seen, judge);
}
