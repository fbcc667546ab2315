namespace LmNotebooks.Tokens;

/// <summary>What is done to texts, so that less of them can be learned or used.</summary>
public enum Wording
{
    /// <summary>Nothing.</summary>
    AsItIs,

    /// <summary>The words of each text stand in an order of their own: which words a text has is all that can still be
    /// learned from it (as in Sinha et al. 2021).</summary>
    Shuffled,

    /// <summary>Each word is written as another one, the same everywhere: a language of the same grammar, of which no
    /// word means what it means here.</summary>
    Foreign,
}
