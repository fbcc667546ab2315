using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Lessons;
using LmNotebooks.Measures;
using LmNotebooks.Models;
using LmNotebooks.Records;
using LmNotebooks.Strategies;
using LmNotebooks.Tokens;

namespace LmNotebooks.Tests.Experiments;

/// <summary>Translations between three languages, and what a translator does with texts in place of others.</summary>
[Collection(nameof(Alone))]
public sealed class ThreeLanguagesTests : IDisposable
{
    private static readonly Scale Scale = Small.Scale with { Labels = 60, TestDocuments = 20, TrainTokens = 600 };
    private static readonly ThreeLanguages World = new("tiny");
    private static readonly Trained Learner = new("learner", new Multilingual("A to B", "B to C"));

    private readonly Small.Folder folder = new();

    public void Dispose() => folder.Dispose();

    private static Dictionary<string, Dataset> Data => World.Draw(Scale, 1).Material.Data.ToDictionary(d => d.Name);

    private static IEnumerable<string> Texts(IEnumerable<int[]> texts) => texts.Select(t => string.Join(' ', t));

    private static IEnumerable<string> Sources(Corpus corpus) => Texts(corpus.Sources!.Select(s => s[1..]));

    [Fact]
    public void Texts_of_two_languages_are_learned_from_in_both_directions_and_copies_are_of_those_in_A_and_B()
    {
        var data = Data;
        foreach (var (there, back) in new[] { ("A to B", "B to A"), ("B to C", "C to B") })
        {
            Assert.Equal(Sources(data[there].Train), Texts(data[back].Train.Documents));
            Assert.Equal(Sources(data[back].Train), Texts(data[there].Train.Documents));
        }
        Assert.Equal(Sources(data["B to B"].Train), Texts(data["A to B"].Train.Documents));
        Assert.Equal(Sources(data["B to B"].Train), Texts(data["B to B"].Train.Documents));
        Assert.All(data.Values, d => Assert.Equal((Scale.Labels, Scale.TestDocuments), (d.Train.Rows, d.Test.Rows)));
        Assert.Equal(data.Count, data.Values.Select(d => d.Hash).Distinct().Count());
    }

    [Fact]
    public void No_two_pairs_of_languages_have_the_same_texts()
    {
        var data = Data;
        Assert.NotEqual(Sources(data["A to B"].Train), Sources(data["A to C"].Train));
        Assert.NotEqual(Texts(data["B to C"].Train.Documents), Texts(data["A to C"].Train.Documents));
        Assert.NotEqual(Sources(data["B to C"].Train), Sources(data["B to A"].Train));
    }

    [Fact]
    public void The_goal_is_A_to_C_and_its_truth_is_that_of_the_pair()
    {
        var (truth, material) = World.Draw(Scale, 1);
        Assert.Equal("A to C", material.GoalData.Name);
        var (joint, third) = ((JointLanguages)truth!, LinguaPair.Preset("tiny", 1).ToThird());
        Assert.Equal(third.LogProbabilities(third.Sample(20, 5)),
            joint.LogProbabilities(joint.Sample(ThreeLanguages.Goal, 20, 5)));
        Assert.True(double.IsFinite(material.GoalData.Loss(joint)));
    }

    [Fact]
    public async Task Arms_that_ask_one_translator_share_its_training_and_differ_in_what_they_give_it()
    {
        Arm[] arms =
        [
            Learner, new Direct("direct", "tiny", Learner), new Pivoted("pivot", "tiny", Learner),
            new Exchanged("exchanged", "tiny", Learner),
        ];
        var experiment = new Experiment("three", "Who translates?", World, arms, []) { Seeds = [11] };
        var records = await new Runner(experiment, Scale, new RunStore(folder.Path)).RunAsync();
        Assert.All(records, r => Assert.True(r.Finished, r.Result!.Error));
        Assert.Single(records.Select(r => string.Join(' ', r.Events.Select(e => e.TestLoss))).Distinct());
        var excess = records.ToDictionary(r => r.Header.Arm, r => r.Result!.Measures[Experiment.Excess]);
        Assert.Equal(excess["learner"], excess["direct"]);
        Assert.Equal(3, excess.Values.Distinct().Count());
        Assert.Equal(4, records.Select(r => r.Header.DefinitionHash).Distinct().Count());
    }

    [Fact]
    public void Each_text_has_the_source_of_another_one_or_what_the_translator_writes_in_B()
    {
        var material = World.Draw(Scale, 1).Material;
        var languages = JointLanguages.Preset("tiny", 1);
        OtherSources Made(Retold arm) => (OtherSources)arm.Make("run", material, Scale, 1, _ => { }).Model;
        var (direct, pivot, another) = (Made(new Direct("d", "tiny", Learner)), Made(new Pivoted("p", "tiny", Learner)),
            Made(new Exchanged("e", "tiny", Learner)));
        var sources = material.GoalData.Test.Sources!;
        Assert.All(sources, source =>
        {
            Assert.Equal(source, direct.Of(source));
            Assert.NotEqual(source, another.Of(source));
            Assert.Contains(another.Of(source), sources);
            int[] toB = [languages.Naming(Language.B), .. source[1..]];
            var inB = ((EncoderDecoder)pivot.Translator).Greedy([toB], languages.Ends)[0];
            var read = ((EncoderDecoder)pivot.Translator).Config.SourceContext;
            Assert.Equal([languages.Naming(Language.C), .. inB.Take(read - 1)], pivot.Of(source));
        });
    }

    [Fact]
    public void The_truth_has_gone_the_whole_way_in_every_direction()
    {
        var (truth, material) = World.Draw(Scale, 1);
        Assert.All(JointLanguages.Known, direction => Assert.Equal(1,
            TranslationMeasurements.OfWay(direction).Of(truth, truth!, material.GoalData), 1e-12));
    }

    [Fact]
    public void A_whole_translation_is_right_with_either_synonym_and_each_wrong_word_counts()
    {
        var languages = JointLanguages.Preset("directions", 1);
        var drawn = languages.Sample(ThreeLanguages.Goal, 300, 3);
        Assert.All(drawn, e =>
        {
            Assert.True(TranslationMeasurements.IsRight(languages, e.Source, e.Target));
            Assert.False(TranslationMeasurements.IsRight(languages, e.Source, e.Target[..^1]));
            Assert.Equal(1, TranslationMeasurements.RightWords(languages, e, e.Target));
            Assert.Equal(1, TranslationMeasurements.RightWords(languages, e, [.. e.Target.Reverse()]));
            Assert.Equal(2.0 / (e.Target.Length + 1), TranslationMeasurements.RightWords(languages, e, e.Target[^1..]));
        });
        var inB = languages.Sample(Language.B, 300, 3);
        Assert.All(drawn.Zip(inB), p =>
            Assert.Equal(0, TranslationMeasurements.RightWords(languages, p.First, p.Second)));
        var twofold = drawn.First(e => e.Target.Any(id => Share(languages, id) < 1));
        var place = Array.FindIndex(twofold.Target, id => Share(languages, id) < 1);
        var synonym = Enumerable.Range(0, languages.Vocabulary).First(id => id != twofold.Target[place]
            && Word(languages, id) is { } other && Word(languages, twofold.Target[place]) is { } word
            && (other.Source, other.Case, other.Sense) == (word.Source, word.Case, word.Sense));
        int[] other = [.. twofold.Target[..place], synonym, .. twofold.Target[(place + 1)..]];
        Assert.True(TranslationMeasurements.IsRight(languages, twofold.Source, other));
        Assert.Equal(1, TranslationMeasurements.RightWords(languages, twofold, other));
    }

    private static TargetWord? Word(JointLanguages languages, int id) =>
        languages.WordOf(id) is (Language.C, var word) ? languages.Third.WordOf(word) : null;

    private static double Share(JointLanguages languages, int id) => Word(languages, id)?.Share ?? 1;
}
