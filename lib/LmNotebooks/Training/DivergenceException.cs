namespace LmNotebooks.Training;

/// <summary>The loss of a run is no longer a number: its learning rate is too high.</summary>
public sealed class DivergenceException(string message) : ArithmeticException(message);
