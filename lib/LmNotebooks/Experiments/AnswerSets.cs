using LmNotebooks.Tokens;

namespace LmNotebooks.Experiments;

/// <summary>Data with answers, cut into small sets, each to be learned from alone.</summary>
internal static class AnswerSets
{
    /// <summary>Sets of equal size, in the order of the data, that have no answer in common; what is left over is in
    /// none. Each is its own test, so that nobody who learns from it sees another text.</summary>
    /// <exception cref="ArgumentException">There are fewer answers than sets, or there is one set.</exception>
    public static IReadOnlyList<Dataset> Of(Dataset data, int count)
    {
        if (count < 2)
            throw new ArgumentException($"Answers are cut into {count} sets: take two or more, so that each reader can "
                + "be asked about answers that it has not seen.");
        if (data.Train.Rows < count)
            throw new ArgumentException($"{data.Train.Rows} answers cannot be cut into {count} sets: take fewer sets, "
                + "or a scale with more Labels.");
        return [.. data.Train.Examples.Chunk(data.Train.Rows / count).Take(count).Select(examples =>
        {
            var corpus = Corpus.OfAnswers(examples, data.Start);
            return data with { Train = corpus, Test = corpus };
        })];
    }
}
