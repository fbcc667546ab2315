namespace LmNotebooks.Models;

/// <summary>How the body of a model brings earlier tokens to later ones.</summary>
public enum Architecture
{
    /// <summary>Attention over all of them (Vaswani et al. 2017).</summary>
    Transformer,

    /// <summary>A vector that each token changes (Elman 1990).</summary>
    Rnn,

    /// <summary>A vector with a cell beside it, to which gates add and from which they take (Hochreiter and Schmidhuber
    /// 1997).</summary>
    Lstm,

    /// <summary>A vector of which gates keep a share (Cho et al. 2014).</summary>
    Gru,
}
