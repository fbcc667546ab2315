using System.Diagnostics;
using System.Text;
using LmNotebooks.Languages;
using LmNotebooks.Tokens;
using Microsoft.ML.Tokenizers;

namespace LmNotebooks.Benchmarks;

/// <summary>The training of BPE on a real text and on the worst one, in which no piece occurs twice; encoding and
/// decoding with what was learned, and encoding with the library's own GPT-2 tokenizer on the same merges. That one has
/// tokens of its own for runs of blanks and for <c>&lt;|endoftext|&gt;</c>, which cut a text before its pieces do, so
/// the two are compared on a text in which no blanks follow each other.</summary>
internal sealed class Tokenizing : Benchmark
{
    private const int Vocabulary = 8192, Repeats = 3, EncodedCharacters = 500_000;

    public override string Name => "tokens";
    public override string Question => "How fast is BPE learned, and text encoded and decoded?";
    public override bool HasPyTorch => false;

    public override IEnumerable<Row> Run(Duel duel)
    {
        var documentation = RealText.Read(Path.Combine(AppContext.BaseDirectory, "MathNet.Numerics.xml"));
        return [.. Measure("documentation", string.Join(' ',
            documentation.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))),
            .. Measure("random words", RandomWords(10_000_000))];
    }

    /// <summary>Learning is measured once, at once; encoding and decoding on a part, in turns with the peer, after a
    /// round that does not count.</summary>
    private IEnumerable<Row> Measure(string name, string text)
    {
        BytePairs? learned = null;
        yield return new Row(Name, $"{name}, train", "MB/s",
            Rate(text, () => learned = BpeTrainer.Train(text, Vocabulary)));
        var (tokenizer, peer, part) = (learned!.Tokenizer, Gpt2(learned),
            text[..Math.Min(text.Length, EncodedCharacters)]);
        var ids = tokenizer.EncodeToIds(part);
        if (!ids.SequenceEqual(peer.EncodeToIds(part)))
            throw new InvalidOperationException($"The two tokenizers differ on {name}.");
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var i = 0; i <= Repeats; i++)
        {
            var (a, b) = (Rate(part, () => tokenizer.EncodeToIds(part)), Rate(part, () => peer.EncodeToIds(part)));
            if (i == 0) continue;
            ours.Add(a);
            theirs.Add(b);
        }
        yield return new Row(Name, $"{name}, encode; peer CodeGenTokenizer", "MB/s", Duel.Median(ours),
            Duel.Median(theirs), [.. ours.Zip(theirs, (a, b) => a / b)],
            ours.Max() / theirs.Max(), Samples: ours);
        double[] decoded = [.. Enumerable.Range(0, Repeats).Select(_ => Rate(part, () => tokenizer.Decode(ids)))];
        yield return new Row(Name, $"{name}, decode", "MB/s", Duel.Median(decoded), Samples: decoded);
    }

    private static double Rate(string text, Action work)
    {
        var begin = Stopwatch.GetTimestamp();
        work();
        return Encoding.UTF8.GetByteCount(text) / 1e6 / Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    private static CodeGenTokenizer Gpt2(BytePairs pairs)
    {
        var folder = Directory.CreateTempSubdirectory("lm-tokens-");
        try
        {
            pairs.Save(folder.FullName);
            var vocabulary = Path.Combine(folder.FullName, "vocab.json");
            File.WriteAllText(vocabulary, $$"""{{{File.ReadAllText(vocabulary).TrimStart('{').TrimEnd('}')}},"<|endoftext|>":{{pairs.Vocabulary}}}""");
            using var tokens = File.OpenRead(vocabulary);
            using var merges = File.OpenRead(Path.Combine(folder.FullName, "merges.txt"));
            return CodeGenTokenizer.Create(tokens, merges);
        }
        finally { folder.Delete(recursive: true); }
    }

    private static string RandomWords(int characters)
    {
        var (random, text) = (new Random(1), new StringBuilder());
        while (text.Length < characters)
        {
            for (var letters = random.Next(4, 14); letters > 0; letters--)
                text.Append((char)('a' + (int)(26 * Math.Pow(random.NextDouble(), 2))));
            text.Append(' ');
        }
        return text.ToString();
    }
}
