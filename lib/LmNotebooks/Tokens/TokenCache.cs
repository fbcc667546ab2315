using LmNotebooks.Languages;

namespace LmNotebooks.Tokens;

/// <summary>Token files of texts that were encoded before, under the hash of the text and its tokenizer: hashing a text
/// is cheap, encoding it is not. Any of them may be deleted at any time.</summary>
internal static class TokenCache
{
    /// <summary>A folder that only the user reads, among the system's temporary files: there it can always be written,
    /// which the folder of a text cannot, and the system clears away what nobody reads any more. The variable TMPDIR
    /// (on Windows TMP) moves it to another disk.</summary>
    public static string Folder => Path.Combine(Path.GetTempPath(), $"lm-notebooks-{Environment.UserName}");

    /// <summary>SHA-256 of the text's bytes and its tokenizer.</summary>
    /// <exception cref="IOException">There is no such file or folder.</exception>
    public static string Hash(string path, BytePairs tokenizer) =>
        RealText.Hash(path, tokenizer.Merges.Count == 0 ? "" : tokenizer.Hash);

    /// <summary>The tokens of a text, encoded now if they are not in the folder yet, or not readable.</summary>
    /// <param name="hash">What <see cref="Hash"/> gives for the text and the tokenizer.</param>
    /// <inheritdoc cref="RealText.Parts"/>
    public static TokenFile Open(string folder, string path, BytePairs tokenizer, string hash)
    {
        Create(folder);
        var file = Path.Combine(folder, $"{hash}.tokens");
        try
        {
            if (File.Exists(file)) return TokenFile.Open(file);
        }
        catch (InvalidDataException) { }        // damaged, or of another version of the kit: it is written again
        try
        {
            TokenFile.Write(file, tokenizer, Encode(path, tokenizer, hash));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && File.Exists(file))
        {
            // Another process was faster, and reads its file already: Windows replaces no file that is mapped.
        }
        return TokenFile.Open(file);
    }

    /// <summary>Makes a folder that only the user reads, where it is not there.</summary>
    internal static void Create(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);     // which is below the user's own there
        else Directory.CreateDirectory(folder,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static IEnumerable<int> Encode(string path, BytePairs tokenizer, string hash)
    {
        foreach (var part in RealText.Parts(path))
            foreach (var id in tokenizer.Tokenizer.EncodeToIds(part)) yield return id;
        if (Hash(path, tokenizer) != hash)
            throw new InvalidDataException($"{path} changed while it was read: read it again.");
    }
}
