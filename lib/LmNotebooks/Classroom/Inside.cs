using LmNotebooks.Training;

namespace LmNotebooks.Classroom;

/// <summary>Code that the library keeps to itself and a page shows.</summary>
public static class Inside
{
    /// <summary>The loop that trains every model of the kit, as it stands in its file.</summary>
    public static SourceCode TrainingLoop => Source.Show(typeof(TrainingLoop));
}
