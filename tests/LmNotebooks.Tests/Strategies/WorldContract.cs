using LmNotebooks.Experiments;
using LmNotebooks.Languages;
using LmNotebooks.Questions;
using LmNotebooks.Records;
using LmNotebooks.Strategies;

namespace LmNotebooks.Tests.Strategies;

/// <summary>Every strategy in every world: it trains there through the runner, or says in one sentence why it does not.
/// Both are found in the library, so a new one is tested by being there.</summary>
[Collection(nameof(Alone))]
public sealed class WorldContract : IDisposable
{
    private const int Seed = 3;

    private static readonly Scale Few = Small.Scale with
    {
        Name = "Few", TrainTokens = 4_000, TestDocuments = 20, Labels = 60,
    };

    /// <summary>One of each kind, by its type.</summary>
    private static readonly IWorld[] Worlds =
    [
        new Texts("tiny"), new Translations("tiny"), new ThreeLanguages("tiny"),
        new Labels("tiny", [new("topic", (language, _) => new LatentLabel(language, Latent.Topic)),
            new("polarity", (language, _) => new LatentLabel(language, Latent.Polarity))]),
        new Tasks("tiny", [new Translating("translation"), new TaggingWords("tags") { Stream = 2 },
            new Asking("topic", (language, _) => new LatentLabel(language, Latent.Topic)) { Stream = 3 }])
        {
            IsPair = true,
        },
    ];

    /// <summary>What is trained with what it is not made for has no meaning there, and says so.</summary>
    private static readonly (string World, string Strategy)[] Refusing =
    [
        (nameof(Texts), nameof(StagedTranslator)), (nameof(Translations), nameof(PretrainThenFineTune)),
        (nameof(Translations), nameof(WordVectorsThenFineTune)), (nameof(Translations), nameof(GradualUnfreezing)),
        (nameof(Translations), nameof(LowRankAdaptation)), (nameof(Translations), nameof(BitFit)),
        (nameof(ThreeLanguages), nameof(PretrainThenFineTune)),
        (nameof(ThreeLanguages), nameof(WordVectorsThenFineTune)),
        (nameof(ThreeLanguages), nameof(GradualUnfreezing)), (nameof(ThreeLanguages), nameof(LowRankAdaptation)),
        (nameof(ThreeLanguages), nameof(BitFit)),
        (nameof(Tasks), nameof(PretrainThenFineTune)), (nameof(Tasks), nameof(WordVectorsThenFineTune)),
        (nameof(Tasks), nameof(GradualUnfreezing)), (nameof(Tasks), nameof(LowRankAdaptation)),
        (nameof(Tasks), nameof(BitFit)),
        (nameof(Labels), nameof(StagedTranslator)), (nameof(Labels), nameof(HierarchicalTraining)),
        (nameof(Labels), nameof(GreedyLayerwise)), (nameof(Labels), nameof(FrozenInterface)),
    ];

    private readonly Small.Folder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<IWorld, IStrategy> All => new(Worlds.SelectMany(_ => StrategyContract.Found,
        (world, strategy) => (world, strategy)));

    [Fact]
    public void Every_kind_of_world_is_here() => Assert.Equal(
        typeof(IWorld).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(IWorld)) && !t.IsAbstract)
            .Except([typeof(RealTexts), typeof(AnsweredTexts)])   // whose truth nobody knows: they have their own tests
            .Select(t => t.Name).Order(),
        Worlds.Select(world => world.GetType().Name).Order());

    [Theory, MemberData(nameof(All))]
    public async Task A_strategy_trains_in_a_world_or_refuses_it_in_one_sentence(IWorld world, IStrategy strategy)
    {
        var record = await Make(world, strategy, "first");
        if (Refusing.Contains((world.GetType().Name, strategy.Name)))
        {
            Assert.Matches(@"^[A-Z][^\n]*: [^\n.]+\.$", record.Result!.Error);
            Assert.False(record.Result.Diverged);
            return;
        }
        Assert.Null(record.Result!.Error);
        Assert.InRange(record.Result.Tokens, Few.TrainTokens, 1.2 * Few.TrainTokens);
        Assert.True(record.Measure(Experiment.Floor) >= 0);
        Assert.True(record.Measure(Experiment.UnigramGap) > 0);
        Assert.All(record.Events, e => Assert.True(double.IsFinite(e.TestLoss)));
        if (world is Labels) Assert.NotEqual(record.Events[0].TestLoss, record.Events[^1].TestLoss); // so few: by heart
        else Assert.True(record.Events[^1].TestLoss < record.Events[0].TestLoss, "nothing was learned");
        var again = await Make(world, strategy, "again");
        Assert.Equal(record.Events.Select(e => e.TestLoss), again.Events.Select(e => e.TestLoss));
    }

    private async Task<RunRecord> Make(IWorld world, IStrategy strategy, string store)
    {
        var arm = new Trained(strategy.Name, strategy) { Gallery = true };
        var experiment = new Experiment("worlds", "Does it train?", world, [arm], []) { Seeds = [Seed] };
        return Assert.Single(await new Runner(experiment, Few, new RunStore(folder.File(store))).RunAsync());
    }
}
