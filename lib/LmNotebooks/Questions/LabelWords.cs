using LmNotebooks.Languages;
using MathNet.Numerics.Random;

namespace LmNotebooks.Questions;

/// <summary>Words that stand for the answers to a question where the text has no words for the answers themselves: a
/// verbalizer (Schick and Schütze 2021), found without labels.</summary>
public static class LabelWords
{
    /// <summary>The nouns of which a definition in the texts says an answer: "a dax is a good polite class-a animal ."
    /// makes dax a word for animal, and for good.</summary>
    /// <returns>Ids, one list for each answer in the question's order.</returns>
    /// <exception cref="ArgumentException">No definition says one of the answers.</exception>
    public static IReadOnlyList<IReadOnlyList<int>> Of(PromptedLabel question, IEnumerable<int[]> texts)
    {
        var lexicon = question.Language.Lexicon;
        var (copula, stop) = (lexicon.IdOf(Slot.Copula, 0), lexicon.IdOf(Slot.Stop, 0));
        var said = (from text in texts
                    from at in Enumerable.Range(0, text.Length)
                    where text[at] == copula
                    from word in text.Skip(at).TakeWhile(id => id != stop)
                    select (Noun: text[at - 1], Word: word)).ToLookup(d => d.Word, d => d.Noun);
        if (question.Answers.FirstOrDefault(id => !said.Contains(id), -1) is >= 0 and var unsaid)
            throw new ArgumentException($"No definition in the texts says '{question.Language.Words[unsaid]}': take "
                + "more texts.");
        return [.. question.Answers.Select(id => (int[])[.. said[id].Distinct()])];
    }

    /// <summary>The same words dealt out at random: each answer has as many as before, and none that belongs to it but
    /// by chance.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Dealt(IReadOnlyList<IReadOnlyList<int>> words, int seed)
    {
        int[] all = [.. words.SelectMany(of => of)];
        new Xoshiro256StarStar(seed, threadSafe: false).Shuffle(all);
        var rest = new Queue<int>(all);
        return [.. words.Select(of => (int[])[.. of.Select(_ => rest.Dequeue())])];
    }
}
