namespace LmNotebooks.Tests;

/// <summary>How long a test waits for what must come before it calls it lost. A wait ends with its event, so these are
/// no durations that a test asserts: they are far beyond what a machine needs on which twenty other programs
/// run.</summary>
internal static class Patience
{
    /// <summary>For a cell, an answer, a process.</summary>
    public static readonly TimeSpan Event = TimeSpan.FromMinutes(10);

    /// <summary>For a whole notebook.</summary>
    public static readonly TimeSpan Notebook = TimeSpan.FromMinutes(40);
}
