using LmNotebooks.Languages;
using LmNotebooks.Objectives;
using LmNotebooks.Tokens;

namespace LmNotebooks.Experiments;

/// <summary>A text, and labelled texts, of the reader's own. The goal is to answer with the label; a model may learn to
/// read from the text before. Nobody knows the truth. The text is read in byte pairs, learned from all of it, in blocks
/// as in <see cref="RealTexts"/>; of a labelled text as many tokens are read as a block has. No line of a labelled text
/// is a line of the text: what is asked about has not been read before. A seed draws what is tested on, what is
/// learned from, and which blocks are read; no text that is tested on is learned from.</summary>
public sealed class AnsweredTexts : IWorld
{
    private const string Question = "label";
    private const double TestShare = 0.1;   // of the blocks, at most

    private readonly string labelledPath, textPath;
    private readonly Lazy<Contents> contents;

    private sealed record Contents(BytePairs Tokenizer, IReadOnlyList<int[]> Blocks, IReadOnlyList<string> Labels,
        IReadOnlyList<Example> Answered, string Hash);

    /// <param name="labelled">A <see cref="LabelledFile"/>.</param>
    /// <param name="text">A UTF-8 file, or a folder of them, as <see cref="RealText"/> reads it.</param>
    /// <exception cref="ArgumentException">The labelled file is part of the text, which would tell the labels; one
    /// sentence.</exception>
    public AnsweredTexts(string labelled, string text)
    {
        var inside = Path.GetRelativePath(text, labelled);
        if (!Path.IsPathRooted(inside) && inside.Split('/', '\\')[0] != "..")
            throw new ArgumentException($"{labelled} is part of the text {text}, which would tell the labels before "
                + "they "
                + "are asked for: keep them apart.");
        (labelledPath, textPath) = (labelled, text);
        // what fails is tried again: the files may have been mended
        contents = new(Read, LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>The labels, in ordinal order: the number of each is an answer.</summary>
    /// <exception cref="IOException">A file is missing; one sentence.</exception>
    /// <exception cref="InvalidDataException">A file is broken; one sentence.</exception>
    public IReadOnlyList<string> Labels => contents.Value.Labels;

    /// <inheritdoc/>
    public string Describe(Scale scale) => $"{contents.Value.Hash} {scale.Labels} answers";

    /// <exception cref="ArgumentException">There are not so many texts; one sentence.</exception>
    /// <inheritdoc cref="Labels"/>
    public (IDistribution? Truth, Material Material) Draw(Scale scale, int seed)
    {
        var (tokenizer, blocks, labels, answered, _) = contents.Value;
        var needed = scale.TestDocuments + scale.Labels;
        if (answered.Count < needed)
            throw new ArgumentException($"{labelledPath} has {answered.Count:N0} different texts, and "
                + $"{scale.Labels:N0} "
                + $"to learn from and {scale.TestDocuments:N0} to test on are {needed:N0}: label more, or take a scale "
                + "with fewer Labels or TestDocuments.");
        Dataset Of(string name, int answers, Corpus train, Corpus test) => new($"{name}, seed {seed}",
            Dataset.Hashed($"{name} {Describe(scale)} {scale.TrainTokens} {scale.TestDocuments} {seed}"), answers, '\n',
            train, test);

        var asked = Shuffled(answered, seed, 0);
        var answers = Of("labelled texts", labels.Count,
            Corpus.OfAnswers([.. asked.Skip(scale.TestDocuments).Take(scale.Labels)], '\n'),
            Corpus.OfAnswers([.. asked.Take(scale.TestDocuments)], '\n'))
            with { SourceVocabulary = tokenizer.Vocabulary, Question = Question };

        var read = Shuffled(blocks, seed, 1);
        var tested = Math.Clamp((int)(TestShare * blocks.Count), 1, scale.TestDocuments);
        var trained = (int)Math.Ceiling((double)scale.TrainTokens / RealTexts.BlockLength);
        var text = Of("text", tokenizer.Vocabulary, Corpus.OfDocuments(read.Skip(tested).Take(trained), '\n'),
            Corpus.OfDocuments(read.Take(tested), '\n')) with { TestBytes = read.Take(tested).Sum(tokenizer.Bytes) };
        return (null, new Material(Aim.For(answers), [answers, text]));
    }

    private static IReadOnlyList<T> Shuffled<T>(IReadOnlyList<T> all, int seed, int draw) =>
        [.. all.Index().OrderBy(one => Seeds.Mix(seed, draw, one.Index)).Select(one => one.Item)];

    private Contents Read()
    {
        var labelled = LabelledFile.Read(labelledPath);
        var asked = labelled.SelectMany(t => Lines(t.Text)).ToHashSet();
        asked.Remove("");
        var text = string.Join('\n', Lines(RealText.Read(textPath)).Where(line => !asked.Contains(line)));
        var tokenizer = BpeTrainer.Train(text, RealTexts.Vocabulary);
        int[] Encoded(string of) => [.. tokenizer.Tokenizer.EncodeToIds(of)];
        int[][] blocks = [.. Encoded(text).Chunk(RealTexts.BlockLength).Where(b => b.Length == RealTexts.BlockLength)];
        if (blocks.Length < 2)
            throw new InvalidDataException($"{textPath} has {blocks.Length} blocks of {RealTexts.BlockLength} tokens "
                + "besides the labelled texts: take more text.");

        string[] labels = [.. labelled.Select(t => t.Label).Distinct().Order(StringComparer.Ordinal)];
        // texts that begin alike for so many tokens would be one text for a model
        var answered = labelled.Select(t => new Example([.. Encoded(t.Text).Take(RealTexts.BlockLength)],
            [Array.IndexOf(labels, t.Label)])).DistinctBy(e => string.Join(' ', e.Source));
        return new Contents(tokenizer, blocks, labels, [.. answered],
            $"{RealText.Hash(labelledPath, "")} {RealText.Hash(textPath, "")} {tokenizer.Hash}");
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.Trim());
}
