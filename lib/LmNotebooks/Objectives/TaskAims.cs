using LmNotebooks.Tokens;

namespace LmNotebooks.Objectives;

/// <summary>What data are there for, where the answer to a question can be a tag for each word, too.</summary>
public static class TaskAims
{
    /// <summary>To give each word of a text its tag, where the answers to its question have more than one word; else
    /// what <see cref="Aim.For"/> says.</summary>
    public static Aim For(Dataset data) => data.Question is { } question && data.Train.Documents.Any(d => d.Length > 1)
        ? new(new TagEachWord(question), data) : Aim.For(data);
}
