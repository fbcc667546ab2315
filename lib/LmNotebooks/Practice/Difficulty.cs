namespace LmNotebooks.Practice;

/// <summary>How hard an exercise is, as a number of stars.</summary>
public enum Difficulty
{
    /// <summary>Two minutes: one star.</summary>
    Easy = 1,

    /// <summary>Five to ten minutes: two stars.</summary>
    Medium = 2,

    /// <summary>A quarter of an hour: three stars.</summary>
    Hard = 3,
}
