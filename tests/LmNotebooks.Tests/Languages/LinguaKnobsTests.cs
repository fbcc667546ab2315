using LmNotebooks.Languages;

namespace LmNotebooks.Tests.Languages;

public class LinguaKnobsTests
{
    private static readonly LinguaKnobs Base = LinguaKnobs.Preset("base");

    [Fact]
    public void Knobs_survive_the_way_to_JSON_and_back() =>
        Assert.Equal(Base, LinguaKnobs.Parse(Base.ToJson(), "test"));

    public static TheoryData<string, LinguaKnobs> Impossible => new()
    {
        { "Topics is 0: it must be 1 to 64.", Base with { Topics = 0 } },
        { "the number of latent states, is 400: it must be 4 to 256.", Base with { Topics = 50, Intents = 2 } },
        { "NounClasses is 7: it must be 1 to 6.", Base with { NounClasses = 7 } },
        { "Adjective + Negation is 1.1: it must be 0 to 1.", Base with { Adjective = 0.6, Negation = 0.5 } },
        { "Prepositional is NaN: it must be 0 to 1.", Base with { Prepositional = double.NaN } },
        { "Zipf is -1: it must be 0 to 20.", Base with { Zipf = -1 } },
        { "Depth is 17: it must be 0 to 16.", Base with { Depth = 17 } },
        { "2 x Prompt is 1.2: it must be 0 to 1.", Base with { Prompt = 0.6 } },
        { "Leakage is 3: it must be 0 to 2.", Base with { Leakage = 3 } },
        { "of positive adjectives, is 11: it must be 0 to 10.", Base with { Derived = 6, HeldOutDerived = 5 } },
        { "Sentences and Tokens are both 0: one of them must end a document.", Base with { Tokens = 0 } },
    };

    [Theory, MemberData(nameof(Impossible))]
    public void An_impossible_knob_is_refused_in_one_sentence(string expected, LinguaKnobs knobs) =>
        Assert.EndsWith(expected, Assert.Throws<ArgumentException>(() => new Lingua(1, knobs)).Message);

    [Fact]
    public void A_missing_an_unknown_and_a_broken_knob_are_named()
    {
        string Refused(string json) => Assert.Throws<ArgumentException>(() => LinguaKnobs.Parse(json, "mine.json"))
            .Message;
        var json = Base.ToJson();
        Assert.Contains("zipf", Refused(json.Replace("\"zipf\":0.7,", "")));
        Assert.Contains("zopf", Refused(json.Replace("\"zipf\"", "\"zopf\"")));
        Assert.Contains("mine.json", Refused("{"));
        Assert.EndsWith("'best': there are base, deep, flat, labels, long-tail, tiny, zero-shot, zero-shot-1, zero-shot-2.",
            Assert.Throws<ArgumentException>(() => LinguaKnobs.Preset("best")).Message);
    }
}
