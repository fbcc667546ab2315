using LmNotebooks.Charts;
using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Lessons;
using LmNotebooks.Records;

namespace LmNotebooks.Tests.Guards;

/// <summary>The committed records: they are small, this code still makes them, and the pictures are theirs.</summary>
[Collection(nameof(Alone))]
public sealed class RecordTests : IDisposable
{
    private const int MostEvents = 54;   // 50 evaluations, the beginning, and ends of stages
    private static readonly RunStore Committed = new(Path.Combine(Root.Folder, "data", "results"));

    private readonly Small.Folder folder = new();

    /// <summary>Nats per token: what another kind of processor makes of a run so short is less. Most runs move by a few
    /// thousandths; a translator that learns six tasks at once moved by .029 between AVX2 and AVX-512.</summary>
    private const double Near = 0.05;

    public static TheoryData<Experiment> All => new(Course.All);

    public void Dispose() => folder.Dispose();

    [Theory, MemberData(nameof(All))]
    public async Task One_seed_at_the_smallest_scale_made_again_agrees_with_its_record(Experiment experiment)
    {
        var committed = Committed.Read(experiment.Name, Scale.Ci.Name);
        Assert.True(committed.Count > 0,
            $"{experiment.Name} has no records to compare with: make them with 'lm experiment {experiment.Name} "
            + "--scale Ci'.");
        var again = await new Runner(experiment, Scale.Ci, new RunStore(folder.Path)) { Seeds = 1 }.RunAsync();
        Assert.Equal(experiment.Arms.Count, again.Count);
        // Processors that call themselves alike may still round differently: whether all bits are equal is for 'lm
        // reproduce' to say.
        Assert.All(Reproduction.Compare(committed, again, () => Near), c =>
            Assert.True(Math.Abs(c.Found - c.Expected.Value) <= Near,
            $"{c.Run.Arm}, seed {c.Run.Seed}: {c.Found}, and the record says {c.Expected.Value}. If that is meant: 'lm "
                + $"experiment {experiment.Name} --scale Ci'."));
    }

    [Theory, MemberData(nameof(All))]
    public void The_records_of_an_experiment_are_whole_and_short_and_those_that_it_plans(Experiment experiment) =>
        Assert.All(Scale.All, scale =>
    {
        var planned = experiment.Runs(scale).Select(r => ((int?)r.Number, r.Arm.Name, r.Seed)).ToHashSet();
        Assert.All(Committed.Read(experiment.Name, scale.Name), record =>
        {
            Assert.Empty(record.Warnings);
            Assert.InRange(record.Events.Count, record.Finished ? 1 : 0, MostEvents);
            // else it is of an earlier definition: delete it
            Assert.Contains((record.Header.Number, record.Header.Arm, record.Header.Seed), planned);
        });
    });

    [Fact]
    public void All_records_together_are_small() => Assert.InRange(Committed.Bytes(), 1, RunStore.MostBytes);

    [Theory, MemberData(nameof(All))]
    public void The_picture_that_a_text_shows_is_drawn_from_its_records(Experiment experiment)
    {
        var picture = Path.Combine(Root.Folder, "notebooks", "images", experiment.Name + ".svg");
        Assert.SkipUnless(File.Exists(picture), $"No text shows a picture of {experiment.Name}.");
        var records = Committed.Read(experiment.Name, Scale.Laptop.Name);
        // else: lm plots
        Assert.Equal(SvgRenderer.ToSvg(ExperimentFigures.Of(experiment, Scale.Laptop, records)[0].Figure),
            File.ReadAllText(picture));
    }
}
