namespace LmNotebooks.Practice;

/// <summary>What can be said of an exercise whatever its answer is; never the answer.</summary>
public interface IExercise
{
    /// <summary>The name under which <see cref="Exercises"/> has it.</summary>
    string Name { get; }

    ExerciseKind Kind { get; }
    Difficulty Difficulty { get; }

    /// <summary>What is asked, in full.</summary>
    string Question { get; }

    /// <summary>The hint of a number, from 1: the later, the more it tells. Beyond the last one, a sentence that says
    /// so.</summary>
    string Hint(int number = 1);
}
