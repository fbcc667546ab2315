namespace LmNotebooks.Experiments;

/// <summary>What a tuning run tries.</summary>
internal abstract record Trial;

/// <summary>A learning rate.</summary>
/// <param name="Factor">As a multiple of the scale's own peak rate.</param>
internal sealed record RateTrial(double Factor) : Trial;

/// <summary>An option of one of the arm's choices, at the learning rate and with the options of the choices before it
/// that were found best.</summary>
/// <param name="Choice">Its number among the arm's choices.</param>
/// <param name="Number">Of the option; the first needs no run of its own.</param>
internal sealed record OptionTrial(int Choice, int Number) : Trial;
