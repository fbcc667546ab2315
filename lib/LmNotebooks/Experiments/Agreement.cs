namespace LmNotebooks.Experiments;

/// <summary>What a run that was made again says about the committed ones.</summary>
public enum Agreement
{
    /// <summary>Every loss and every measure is equal to the last bit.</summary>
    BitEqual,

    /// <summary>Made on another CPU, with other versions or by other code, and the final losses are close.</summary>
    Close,

    /// <summary>Made with a seed of its own, and its excess lies where one new seed's does.</summary>
    AsPredicted,

    /// <summary>Made with a seed of its own, and its excess lies elsewhere. By chance one in twenty does: all such runs
    /// are judged together.</summary>
    Unusual,

    /// <summary>None of these.</summary>
    Disagrees,
}
