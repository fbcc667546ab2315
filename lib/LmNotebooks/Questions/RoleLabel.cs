using LmNotebooks.Languages;

namespace LmNotebooks.Questions;

/// <summary>Who is better off as the question about a document, those who act or those who are acted on: the sign of
/// the valence of what is said of its subjects, less that of its objects. The words hardly tell without their order:
/// the same ones, with subject and object exchanged, have the other answer.</summary>
/// <remarks>Adjectives and nouns count, those of a phrase or clause within another phrase do not.</remarks>
public sealed class RoleLabel(Lingua language) : ScoredLabel("role", language)
{
    protected override double ScoreOf(Stem stem) => stem.Valence;

    protected override IEnumerable<int> WeightsOf(IReadOnlyList<int> document) =>
        Language.Tags(document).Select(tag => tag switch { Tag.Subject => 1, Tag.Object => -1, _ => 0 });
}
