namespace LmNotebooks.Models;

/// <summary>A distribution that can keep what it has read of a text, so that it goes on without reading it
/// again.</summary>
internal interface IRemembering
{
    /// <summary>Reads the beginning of a text.</summary>
    Reading Read(IReadOnlyList<int> prefix);
}
