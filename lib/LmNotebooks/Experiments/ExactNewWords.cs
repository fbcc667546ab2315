using System.Text.Json.Nodes;
using LmNotebooks.Languages;
using LmNotebooks.Questions;
using LmNotebooks.Records;

namespace LmNotebooks.Experiments;

/// <summary>The ceiling of <see cref="NewWords"/>: who knows the language, is shown the same of each new stem, and
/// believes of its meaning what follows.</summary>
/// <param name="Preset">Name of the language, which a run's seed draws.</param>
public sealed record ExactNewWords(string Name, string Preset) : Arm(Name)
{
    /// <summary>Documents with the stem that are shown; those without it that are drawn on the way are, too: which
    /// texts have a word tells something of it.</summary>
    public int Contexts { get; init; }

    /// <summary>Whether the definition of a noun is shown.</summary>
    public bool Defined { get; init; }

    internal override bool HasRate => false;

    internal override JsonObject Describe(Scale scale) =>
        Trained.Json(new { exact = Preset, Contexts, Defined, scale.TrainTokens });

    internal override double Flops(Scale scale, Material like) => 0;

    /// <summary>The result has no parameters and no FLOPs: nothing is trained.</summary>
    internal override (IDistribution Model, RunResult Result) Make(string run, Material material, Scale scale, int seed,
        Action<RunEvent> onEvent)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var language = Lingua.Preset(Preset, seed);
        var reader = new Reader(language, language.HeldOut.ToDictionary(stem => stem, stem =>
            Believed(language, stem, seed)));
        var (seconds, loss) = (clock.Elapsed.TotalSeconds, material.GoalData.Loss(reader));
        onEvent(new RunEvent("reading", 1, 0, 0, seconds, double.NaN, loss));
        return (reader, new RunResult(0, 0, 0, 0, 0, 0, seconds, loss));
    }

    /// <summary>The language without definitions, with what is known of the stem.</summary>
    private ISequenceDistribution Believed(Lingua language, Stem stem, int seed)
    {
        var plain = NewWordTexts.WithoutDefinitions(language);
        var known = new NewWord(plain, stem);
        if (!Defined || stem.Slot != Slot.Noun)
            return known.After(NewWordTexts.Until(plain, stem, Contexts, seed));
        return plain.Reveal(stem);      // a definition says all
    }

    /// <param name="Believed">Of each new stem what is expected then.</param>
    private sealed record Reader(Lingua Language, IReadOnlyDictionary<Stem, ISequenceDistribution> Believed)
        : INewWordReader
    {
        private readonly Lingua all = Language.Reveal([.. Language.HeldOut]);

        public int Vocabulary => Language.Vocabulary;
        public ISequenceDistribution Saying(Stem stem) => Believed[stem];
        public IReadOnlyList<double[]> LogProbabilities(IReadOnlyList<int[]> documents) =>
            all.LogProbabilities(documents);
        public double[] Next(IReadOnlyList<int> prefix) => all.Next(prefix);
    }
}
