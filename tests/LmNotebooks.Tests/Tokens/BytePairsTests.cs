using System.Diagnostics;
using System.Text;
using FsCheck.Xunit;
using LmNotebooks.Tokens;

namespace LmNotebooks.Tests.Tokens;

public sealed class BytePairsTests(ITestOutputHelper output) : IDisposable
{
    private static readonly BytePairs Trained = BpeTrainer.Train(Words(seed: 1, count: 3000), 400);

    private readonly Small.Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Property(MaxTest = 300)]
    public bool Any_text_survives_the_round_trip(string? text)
    {
        text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? ""));   // lone surrogates are no text
        var ids = Trained.Tokenizer.EncodeToIds(text);
        return Trained.Tokenizer.Decode(ids) == text && Trained.Bytes(ids) == Encoding.UTF8.GetByteCount(text);
    }

    [Fact]
    public void White_space_emoji_and_line_ends_survive_the_round_trip()
    {
        const string text = " \n\n a\tb\r\n  😀 ä\u00A0<|endoftext|> 日本語\n";
        Assert.Equal(text, Trained.Tokenizer.Decode(Trained.Tokenizer.EncodeToIds(text)));
    }

    [Property(MaxTest = 100)]
    public bool The_trainer_learns_what_counting_all_pairs_anew_for_every_merge_learns(int seed, byte merges)
    {
        var text = Words(seed, 60);
        return BpeTrainer.Train(text, 256 + merges).Merges.SequenceEqual(Slow.Train(text, merges));
    }

    [Property(MaxTest = 100)]
    public bool The_library_encodes_as_applying_the_merges_one_after_another_does(int seed)
    {
        var text = Words(seed, 60);
        return Trained.Tokenizer.EncodeToIds(text).SequenceEqual(Slow.Encode(text, Trained.Merges));
    }

    [Fact]
    public void Overlapping_pairs_and_ties_are_merged_by_the_stated_rule()
    {
        Assert.Equal([('a', 'a'), (256, 256)], BpeTrainer.Train("aaaaaaa", 300).Merges);        // (aa, aa) occurs twice, then nothing does
        Assert.Equal([('a', 'b'), ('a', 'd'), ('c', 'b')], BpeTrainer.Train("cb\ncb\nad\nad\nab\nab", 300).Merges);
    }

    [Fact]
    public void Training_stops_where_no_pair_occurs_twice() => Assert.Equal(256, BpeTrainer.Train("abc", 1000).Vocabulary);

    [Fact]
    public void A_vocabulary_without_room_for_the_bytes_is_refused() =>
        Assert.Contains("A vocabulary of 255 is too small", Assert.Throws<ArgumentException>(() => BpeTrainer.Train("text", 255)).Message);

    [Fact]
    public void A_saved_tokenizer_is_the_same_when_loaded_again()
    {
        Trained.Save(folder.Path);
        var loaded = BytePairs.Load(folder.Path);
        Assert.Equal((Trained.Hash, Trained.Vocabulary), (loaded.Hash, loaded.Vocabulary));
        Assert.Equal(Trained.Merges, loaded.Merges);
        Assert.StartsWith("#version: 0.2\n", File.ReadAllText(folder.File("merges.txt")));
    }

    [Theory]
    [InlineData("merges.txt", "#version: 0.2\na b\nabc\n", "Line 3 of")]
    [InlineData("merges.txt", "#version: 0.2\na b\na b\n", "Line 3 of")]
    [InlineData("merges.txt", "#version: 0.2\nab c\n", "Line 2 of")]
    [InlineData("merges.txt", "#version: 0.2\n", "does not have the bytes 0 to 255 and then the tokens of")]
    [InlineData("vocab.json", "{\n", "is not a JSON object of tokens and ids (line 2)")]
    [InlineData("vocab.json", "[1]", "is not a JSON object of tokens and ids")]
    [InlineData("vocab.json", "null", "does not have the bytes 0 to 255 and then the tokens of")]
    [InlineData("vocab.json", "{\"a\": 0}", "does not have the bytes 0 to 255 and then the tokens of")]
    public void A_broken_file_is_refused_in_one_sentence(string file, string content, string expected)
    {
        Trained.Save(folder.Path);
        File.WriteAllText(folder.File(file), content);
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => BytePairs.Load(folder.Path)).Message);
    }

    [Fact]
    public void A_folder_without_a_tokenizer_is_refused_in_one_sentence() =>
        Assert.Contains("a tokenizer is a folder with vocab.json and merges.txt", Assert.Throws<FileNotFoundException>(() => BytePairs.Load(folder.Path)).Message);

    [Fact]
    public void Speed_of_training_and_encoding_is_told()
    {
        var text = Words(seed: 2, count: 200_000);
        var clock = Stopwatch.StartNew();
        var pairs = BpeTrainer.Train(text, 2048);
        var trained = clock.Elapsed;
        var tokens = pairs.Tokenizer.CountTokens(text);
        var encoded = clock.Elapsed - trained;
        output.WriteLine($"{text.Length} characters: {pairs.Vocabulary} tokens learned in {trained.TotalSeconds:F1} s, encoded in {encoded.TotalSeconds:F1} s");
        Assert.InRange(tokens, 1, text.Length / 2);
    }

    /// <summary>A text of few syllables, so that pairs overlap and tie.</summary>
    private static string Words(int seed, int count)
    {
        var random = new Random(seed);
        string[] syllables = ["a", "aa", "ba", "ab", "nan", "ä", "日本", "😀", "'s", "12", " ", "\n", "..."];
        return string.Concat(Enumerable.Range(0, count).Select(_ => (random.Next(3) == 0 ? " " : "") + syllables[random.Next(syllables.Length)]));
    }

    /// <summary>BPE as it is defined, without any care for time.</summary>
    private static class Slow
    {
        public static List<(int, int)> Train(string text, int most)
        {
            var words = Pieces(text);
            var merges = new List<(int, int)>();
            var spelled = Enumerable.Range(0, 256).Select(b => ByteLevel.Characters[b].ToString()).ToList();
            while (merges.Count < most)
            {
                var best = words.SelectMany(w => w.Zip(w.Skip(1))).CountBy(p => p)
                    .Where(p => p.Value > 1 && !spelled.Contains(spelled[p.Key.First] + spelled[p.Key.Second]))
                    .OrderByDescending(p => p.Value).ThenBy(p => p.Key.First).ThenBy(p => p.Key.Second).Select(p => p.Key).Cast<(int, int)?>().FirstOrDefault();
                if (best is not var (left, right)) break;
                words = [.. words.Select(w => Merge(w, left, right, spelled.Count))];
                spelled.Add(spelled[left] + spelled[right]);
                merges.Add((left, right));
            }
            return merges;
        }

        public static IEnumerable<int> Encode(string text, IReadOnlyList<(int Left, int Right)> merges) => Pieces(text).SelectMany(word =>
        {
            for (var m = 0; m < merges.Count; m++) word = Merge(word, merges[m].Left, merges[m].Right, 256 + m);
            return word;
        });

        private static List<List<int>> Pieces(string text) =>
            [.. ByteLevel.Pieces().Matches(text).Select(m => Encoding.UTF8.GetBytes(m.Value).Select(b => (int)b).ToList())];

        private static List<int> Merge(List<int> word, int left, int right, int merged)
        {
            var result = new List<int>();
            for (var i = 0; i < word.Count; i++)
                if (i + 1 < word.Count && word[i] == left && word[i + 1] == right)
                {
                    result.Add(merged);
                    i++;
                }
                else
                {
                    result.Add(word[i]);
                }
            return result;
        }
    }
}
