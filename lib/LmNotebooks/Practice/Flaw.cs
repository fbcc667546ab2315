namespace LmNotebooks.Practice;

/// <summary>What makes a comparison unfair: the names to choose from where one is to be found.</summary>
public enum Flaw
{
    /// <summary>The two have not read as much text.</summary>
    UnequalText,

    /// <summary>The arm is missing that would tell: the same without what is said to help, or a plainer
    /// opponent.</summary>
    MissingBaseline,

    /// <summary>What is to be predicted, or the test text, was seen before.</summary>
    Leak,

    /// <summary>The learning rate of one was searched, and that of the other was not.</summary>
    UnequalTuning,

    /// <summary>There is one seed, or so few that their spread is larger than the difference.</summary>
    TooFewSeeds,

    /// <summary>The two numbers count different things.</summary>
    DifferentUnits,

    /// <summary>The best of many was chosen by the very numbers that are then reported.</summary>
    ChosenAfterwards,

    /// <summary>The two do not compute as much, in FLOPs or in time.</summary>
    UnequalCompute,

    /// <summary>A mean is taken for what each of its members has, and some may lose.</summary>
    HiddenInMean,
}
