namespace LmNotebooks.Practice;

/// <summary>What an exercise asks for, in the order in which a notebook asks for them.</summary>
public enum ExerciseKind
{
    /// <summary>A number, or the formula that gives it.</summary>
    Number,

    /// <summary>A line of code: a loss, a mask, a pattern.</summary>
    Line,

    /// <summary>A part in some lines, tested against the library's own.</summary>
    Part,

    /// <summary>What is wrong with a comparison that was made unfair on purpose, or with a piece of code.</summary>
    Flaw,

    /// <summary>A run, judged by the record that it leaves.</summary>
    Training,
}
