using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LmNotebooks.Files;
using Microsoft.ML.Tokenizers;

namespace LmNotebooks.Tokens;

/// <summary>A byte-level BPE vocabulary: ids 0 to 255 are the bytes themselves, and merge k makes the token 256 +
/// k.</summary>
public sealed class BytePairs
{
    private const string VocabularyFile = "vocab.json", MergesFile = "merges.txt", FirstLine = "#version: 0.2";

    private readonly string[] tokens;   // as characters, one a byte

    /// <param name="merges">Pairs of ids of earlier tokens.</param>
    public BytePairs(IReadOnlyList<(int Left, int Right)> merges)
    {
        var spelled = ByteLevel.Characters.Select(c => c.ToString()).ToList();
        foreach (var (left, right) in merges) spelled.Add(spelled[left] + spelled[right]);
        tokens = [.. spelled];
        Merges = merges;
        Tokenizer = new BytePairTokenizer([.. merges], tokens);
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Lines))));
    }

    /// <summary>Encodes and decodes; any text survives the round trip.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>Pairs of token ids in the order in which they apply.</summary>
    public IReadOnlyList<(int Left, int Right)> Merges { get; }

    /// <summary>Number of tokens, V.</summary>
    public int Vocabulary => tokens.Length;

    /// <summary>SHA-256 of the merges: with equal hashes, equal ids for every text.</summary>
    public string Hash { get; }

    private IEnumerable<string> Lines => Merges.Select(m => $"{tokens[m.Left]} {tokens[m.Right]}");

    /// <summary>UTF-8 bytes of the text that the ids stand for.</summary>
    public long Bytes(IEnumerable<int> ids) => ids.Sum(id => (long)tokens[id].Length);

    /// <summary>Writes <c>vocab.json</c> and <c>merges.txt</c>, which other tokenizer libraries read, to a
    /// folder.</summary>
    public void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        var vocabulary = tokens.Select((t, id) => KeyValuePair.Create(t, id)).ToDictionary();
        WholeFile.Write(Path.Combine(folder, VocabularyFile),
            JsonSerializer.Serialize(vocabulary, new JsonSerializerOptions { Encoder =
                JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        WholeFile.Write(Path.Combine(folder, MergesFile), string.Join('\n', [FirstLine, .. Lines, ""]));
    }

    /// <summary>Removes what <see cref="Save"/> wrote, if it is there.</summary>
    internal static void Delete(string folder)
    {
        foreach (var file in (string[])[VocabularyFile, MergesFile]) File.Delete(Path.Combine(folder, file));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="IOException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is broken, or the two do not belong together; the message says
    /// where.</exception>
    public static BytePairs Load(string folder)
    {
        var (vocabularyPath, mergesPath) = (Path.Combine(folder, VocabularyFile), Path.Combine(folder, MergesFile));
        foreach (var path in (string[])[vocabularyPath, mergesPath])
            if (!File.Exists(path))
                throw new FileNotFoundException($"There is no {path}: a tokenizer is a folder with {VocabularyFile} "
                + $"and {MergesFile}.");
        var ids = ByteLevel.Characters.Select((c, b) => KeyValuePair.Create(c.ToString(), b)).ToDictionary();
        var read = new List<(int, int)>();
        var number = 0;
        foreach (var line in File.ReadLines(mergesPath))
        {
            number++;
            if (line.Length == 0 || (number == 1 && line.StartsWith("#version"))) continue;
            if (line.Split(' ') is not [var left, var right] || !ids.TryGetValue(left, out var l)
                || !ids.TryGetValue(right, out var r)
                || !ids.TryAdd(left + right, ids.Count))
                throw new InvalidDataException($"Line {number} of {mergesPath} is no merge of two earlier tokens into "
                    + "a new one: train the tokenizer again.");
            read.Add((l, r));
        }
        try
        {
            var vocabulary = JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllText(vocabularyPath));
            if (vocabulary?.Count == ids.Count && ids.All(t => vocabulary.TryGetValue(t.Key, out var id)
                && id == t.Value)) return new BytePairs(read);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{vocabularyPath} is not a JSON object of tokens and ids (line "
                + $"{e.LineNumber + 1}): train the tokenizer again.", e);
        }
        throw new InvalidDataException($"{vocabularyPath} does not have the bytes 0 to 255 and then the tokens of "
            + $"{mergesPath}: "
            + "take both files from one tokenizer of this kit.");
    }
}
