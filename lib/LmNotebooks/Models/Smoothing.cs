namespace LmNotebooks.Models;

/// <summary>How an n-gram model mixes an order with the order below. c(h,w) counts w after h, c(h) anything after h,
/// d(h) the different tokens after h; h' is h without its first token.</summary>
public enum Smoothing
{
    /// <summary>Witten and Bell (1991): P(w|h) = (c(h,w) + d(h) P(w|h')) / (c(h) + d(h)).</summary>
    WittenBell,

    /// <summary>Kneser and Ney (1995), interpolated as in Chen and Goodman (1999): P(w|h) = (max(c(h,w) - D, 0) + D
    /// d(h) P(w|h')) / c(h). Below the highest order c(h,w) is the number of different tokens before h w. D is n1 / (n1
    /// + 2 n2) of the order's counts, of which n1 are 1 and n2 are 2; where none is 1 it is 0.5, so that no token
    /// becomes impossible.</summary>
    KneserNey,
}
