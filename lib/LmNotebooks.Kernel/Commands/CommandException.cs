namespace LmNotebooks.Kernel.Commands;

/// <summary>What a command cannot do, in one sentence for the person who typed it.</summary>
public sealed class CommandException(string message) : Exception(message);
