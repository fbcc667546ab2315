using LmNotebooks.Diagrams;
using LmNotebooks.Languages;
using LmNotebooks.Models;
using LmNotebooks.Objectives;
using LmNotebooks.Strategies;
using LmNotebooks.Training;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Diagrams;

/// <summary>A diagram of every kind.</summary>
internal static class Pictures
{
    public static Lingua Language { get; } = Lingua.Preset("base", 1);

    public static ModelConfig Deep { get; } = Small.Config with
    {
        Layers = 6, AttentionOf = LayerPattern.Cycle(2, 6), FeedForwardOf = LayerPattern.Sequence(3, 6),
        Classes = new Dictionary<string, int> { ["topic"] = 4 },
    };

    /// <summary>Three stages, of which the second needs none.</summary>
    public static IReadOnlyList<Stage> Beside(Model model) =>
    [
        new("body", new CausalLm(), [model.Body], 3_000),
        new("embedding", new CausalLm(), [model.Embedding], 2_000) { Needs = [] },
        new("head", new CausalLm(), [model.Head], 1_000) { Needs = ["body"], Reset = [model.Head] },
    ];

    private static readonly Dictionary<string, Func<Drawing>> All = new()
    {
        ["model"] = () => With(Small.Config, model => Diagram.Of(model)),
        ["recurrent model"] = () => With(Small.Config with { Architecture = Architecture.Lstm }, m => Diagram.Of(m)),
        ["sharing model"] = () => With(Deep, model => Diagram.Of(model)),
        ["translator"] = () => With(Small.Translators[^2], model => Diagram.Of(model)),
        ["translator with questions"] = () => With(Small.Translator with { Classes = Deep.Classes },
            model => Diagram.Of(model)),
        ["stages"] = () => Of(new HierarchicalTraining(), Small.Config),
        ["stages layer by layer"] = () => Of(new GreedyLayerwise(), Small.Config with { Layers = 4 }),
        ["stages with an interface"] = () => Of(new FrozenInterface(), Small.Config),
        ["stages of a translator"] = () => Of(new StagedTranslator(), Small.Translator),
        ["stages that train again"] = () => Of(new RetrainPart { Part = "body layer 1" }, Small.Config),
        ["stages beside each other"] = () => With(Small.Config with { TieHead = false },
            model => Diagram.Of(model, Beside(model))),
        ["exchange"] = () => With(Small.Config, keeps => With(Small.Config,
            gives => Diagram.OfExchange(("seed 1", keeps), ("seed 2", gives), "body"))),
        ["exchange of a layer"] = () => With(Small.Translator, keeps => With(Small.Translator,
            gives => Diagram.OfExchange(("the first model", keeps), ("the second model", gives), "encoder layer 2",
                "head"))),
        ["pattern"] = () => Diagram.OfSharing(LayerPattern.Cycle(2, 6)),
        ["two patterns"] = () => Diagram.OfSharing(Deep),
        ["gloss"] = () => Gloss.Of(Language, Language.Sample(1, 5)[0].Ids),
        ["gloss of nested clauses"] = () => Gloss.Of(Lingua.Preset("deep", 1), Lingua.Preset("deep", 1).Sample(1, 3)[0]
            .Ids),
        ["attention"] = () => With(Small.Config with { Vocabulary = Language.Vocabulary, Context = 20, Heads = 4 },
            model => AttentionMaps.Of(Language, (TransformerLm)model, Language.Sample(1, 2)[0].Ids[..14])),
        ["attention of one head"] = () => AttentionMaps.Of(["a", "b"], [[new double[,] { { 1, 0 }, { 0.25, 0.75 } }]]),
    };

    public static IEnumerable<string> Kinds => All.Keys;

    public static Drawing Of(string kind) => All[kind]();

    public static T With<T>(ModelConfig config, Func<Model, T> use)
    {
        using var generator = new Generator(1);
        using var model = config.Build(generator);
        return use(model);
    }

    private static Drawing Of(IStrategy strategy, ModelConfig config) =>
        Diagram.Of(strategy, config, Small.Plan(20_000, new Schedule()));
}
