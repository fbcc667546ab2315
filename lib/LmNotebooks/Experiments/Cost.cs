namespace LmNotebooks.Experiments;

/// <summary>What some runs would cost.</summary>
/// <param name="Tokens">Training tokens of all of them.</param>
/// <param name="CoreMinutes">Predicted.</param>
public sealed record Cost(int Runs, long Tokens, double CoreMinutes);
