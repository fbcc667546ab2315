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

    /// <summary>Merges that no text taught: any two tokens, of the few bytes of the texts below, make a new
    /// one.</summary>
    private static BytePairs Any(Random random, int count)
    {
        int[] bytes = [.. "aab日"u8.ToArray().Select(b => (int)b)];
        var (merges, spelled) = (new List<(int, int)>(), ByteLevel.Characters.Select(c => c.ToString()).ToList());
        int Token() => random.Next(2) == 0 && merges.Count > 0
            ? 256 + random.Next(merges.Count) : bytes[random.Next(bytes.Length)];
        for (var i = 0; i < count; i++)
        {
            var (left, right) = (Token(), Token());
            if (spelled.Contains(spelled[left] + spelled[right])) continue;
            spelled.Add(spelled[left] + spelled[right]);
            merges.Add((left, right));
        }
        return new BytePairs(merges);
    }

    private static string WithoutBlanks(Random random, int length) =>
        string.Concat(random.GetItems<string>(["a", "a", "a", "b", "日"], length));

    [Property(MaxTest = 300)]
    public bool Any_merges_are_applied_the_earliest_first_and_the_leftmost_of_equals(int seed, byte merges, byte length)
    {
        var random = new Random(seed);
        var (pairs, text) = (Any(random, merges), WithoutBlanks(random, length));
        return pairs.Tokenizer.EncodeToIds(text).SequenceEqual(Slow.Encode(text, pairs.Merges));
    }

    [Property(MaxTest = 200)]
    public void Tokens_have_the_ids_and_stand_for_the_characters_that_they_have_bytes_of(int seed)
    {
        var random = new Random(seed);
        var text = Words(seed, 20) + WithoutBlanks(random, 40);
        var (ids, tokens) = (Trained.Tokenizer.EncodeToIds(text), Trained.Tokenizer.EncodeToTokens(text, out _));
        Assert.Equal(ids, tokens.Select(t => t.Id));
        Assert.Equal(ids.Count, Trained.Tokenizer.CountTokens(text));
        var place = 0;      // in bytes
        foreach (var token in tokens)
        {
            var bytes = Encoding.UTF8.GetByteCount(text.AsSpan(0, token.Offset.Start.Value));
            Assert.InRange(place, bytes, bytes + 3);
            place += token.Value.Length;
            bytes = Encoding.UTF8.GetByteCount(text.AsSpan(0, token.Offset.End.Value));
            Assert.InRange(place, bytes - 3, bytes);
        }
        Assert.Equal(Encoding.UTF8.GetByteCount(text), place);
    }

    [Property(MaxTest = 100)]
    public void The_first_tokens_of_a_text_are_the_first_of_all(int seed, byte most)
    {
        var text = Words(seed, 20);
        var first = Trained.Tokenizer.EncodeToIds(text, most + 1, out _, out var characters);
        Assert.Equal(Trained.Tokenizer.EncodeToIds(text).Take(most + 1), first);
        var tokens = Trained.Tokenizer.EncodeToTokens(text, out _);
        Assert.Equal(tokens.Count > most + 1 ? tokens[most + 1].Offset.Start.Value : text.Length, characters);
        Assert.InRange(Trained.Tokenizer.GetIndexByTokenCount(text, most + 1, out _, out var count), 0, text.Length);
        Assert.InRange(count, 0, most + 1);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("ab")]
    [InlineData("ACGT")]
    [InlineData("ไทย")]
    [InlineData("{}();")]
    public void A_megabyte_without_a_blank_is_learned_and_encoded(string letters)
    {
        var random = new Random(1);
        var text = string.Create(1_000_000, random, (span, r) => r.GetItems(letters, span));
        var pairs = BpeTrainer.Train(text, 600);
        var ids = pairs.Tokenizer.EncodeToIds(text);        // a square of a million would not end today
        Assert.Equal(text, pairs.Tokenizer.Decode(ids));
        Assert.Equal(Encoding.UTF8.GetByteCount(text), pairs.Bytes(ids));
        Assert.Equal(ids.Count, pairs.Tokenizer.EncodeToTokens(text, out _).Count);
    }

    [Fact]
    public void Threads_at_the_same_time_get_the_same_ids()
    {
        string[] texts = [.. Enumerable.Range(0, 200).Select(seed => Words(seed % 10, 40))];
        int[][] alone = [.. texts.Select(t => Slow.Encode(t, Trained.Merges).ToArray())];
        Parallel.For(0, texts.Length, i => Assert.Equal(alone[i], Trained.Tokenizer.EncodeToIds(texts[i])));
    }

    [Theory]
    [InlineData("\uD800")]
    [InlineData("a\uDC00\uD800b \uD83D")]
    [InlineData("\uD83D\uD83D\uDE00")]
    public void Half_a_character_is_encoded_as_the_sign_for_what_is_none(string text)
    {
        var mended = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        Assert.Equal(mended, Trained.Tokenizer.Decode(Trained.Tokenizer.EncodeToIds(text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("\uFEFF")]
    [InlineData("\uFEFFa\uFEFF b")]
    [InlineData("e\u0301 é")]
    [InlineData("\u200B\u200D")]
    [InlineData("مرحبا 안녕 ไทย")]
    [InlineData("\r\n\r\n")]
    [InlineData("a\u00A0b")]
    [InlineData("İıſK")]
    [InlineData("<|endoftext|>")]
    [InlineData(" \t \u3000 x")]
    public void Odd_texts_survive_the_round_trip(string text)
    {
        Assert.Equal(text, Trained.Tokenizer.Decode(Trained.Tokenizer.EncodeToIds(text)));
        Assert.Equal(text, Trained.Tokenizer.Decode(Trained.Tokenizer.EncodeToIds(text.AsSpan())));
    }

    [Fact]
    public void Overlapping_pairs_and_ties_are_merged_by_the_stated_rule()
    {
        // (aa, aa) occurs twice, then nothing does
        Assert.Equal([('a', 'a'), (256, 256)], BpeTrainer.Train("aaaaaaa", 300).Merges);
        Assert.Equal([('a', 'b'), ('a', 'd'), ('c', 'b')], BpeTrainer.Train("cb\ncb\nad\nad\nab\nab", 300).Merges);
    }

    [Fact]
    public void Training_stops_where_no_pair_occurs_twice() =>
        Assert.Equal(256, BpeTrainer.Train("abc", 1000).Vocabulary);

    [Fact]
    public void A_vocabulary_without_room_for_the_bytes_is_refused() =>
        Assert.Contains("A vocabulary of 255 is too small",
            Assert.Throws<ArgumentException>(() => BpeTrainer.Train("text", 255)).Message);

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
        Assert.Contains("a tokenizer is a folder with vocab.json and merges.txt",
            Assert.Throws<FileNotFoundException>(() => BytePairs.Load(folder.Path)).Message);

    [Fact]
    public void Speed_of_training_and_encoding_is_told()
    {
        var text = Words(seed: 2, count: 200_000);
        var clock = Stopwatch.StartNew();
        var pairs = BpeTrainer.Train(text, 2048);
        var trained = clock.Elapsed;
        var tokens = pairs.Tokenizer.CountTokens(text);
        var encoded = clock.Elapsed - trained;
        output.WriteLine($"{text.Length} characters: {pairs.Vocabulary} tokens learned in {trained.TotalSeconds:F1} s, "
            + $"encoded in {encoded.TotalSeconds:F1} s");
        Assert.InRange(tokens, 1, text.Length / 2);
    }

    /// <summary>A text of few syllables, so that pairs overlap and tie.</summary>
    private static string Words(int seed, int count)
    {
        var random = new Random(seed);
        string[] syllables = ["a", "aa", "ba", "ab", "nan", "ä", "日本", "😀", "'s", "12", " ", "\n", "..."];
        return string.Concat(Enumerable.Range(0, count)
            .Select(_ => (random.Next(3) == 0 ? " " : "") + syllables[random.Next(syllables.Length)]));
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
                    .OrderByDescending(p => p.Value).ThenBy(p => p.Key.First).ThenBy(p => p.Key.Second)
                        .Select(p => p.Key).Cast<(int, int)?>().FirstOrDefault();
                if (best is not var (left, right)) break;
                words = [.. words.Select(w => Merge(w, left, right, spelled.Count))];
                spelled.Add(spelled[left] + spelled[right]);
                merges.Add((left, right));
            }
            return merges;
        }

        public static IEnumerable<int> Encode(string text, IReadOnlyList<(int Left, int Right)> merges) => Pieces(text)
            .SelectMany(word =>
        {
            for (var m = 0; m < merges.Count; m++) word = Merge(word, merges[m].Left, merges[m].Right, 256 + m);
            return word;
        });

        private static List<List<int>> Pieces(string text) =>
            [.. ByteLevel.Pieces().Matches(text).Select(m => Encoding.UTF8.GetBytes(m.Value).Select(b => (int)b)
                .ToList())];

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
