namespace LmNotebooks.Kernel.Packages;

/// <summary>Why a package cannot be used, in one sentence.</summary>
/// <param name="package">The name that was asked for; null if it is about all of them.</param>
internal sealed class PackageException(string? package, string sentence) : Exception(sentence)
{
    public string? Package => package;
}
