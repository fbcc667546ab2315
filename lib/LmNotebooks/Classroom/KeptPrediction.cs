namespace LmNotebooks.Classroom;

/// <summary>A prediction as it is kept.</summary>
/// <param name="Time">When it was made, or when its result came.</param>
/// <param name="Result">Null until it is known.</param>
internal sealed record KeptPrediction(DateTimeOffset Time, string Question, double Guess, double? Result, string Unit);
