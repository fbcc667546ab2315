namespace LmNotebooks.Tests.Training;

/// <summary>A power cut.</summary>
internal sealed class Killed : Exception;
