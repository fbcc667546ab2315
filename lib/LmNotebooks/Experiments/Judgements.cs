using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Experiments;

/// <summary>The verdicts that were ever computed of an experiment, in a file beside its records, to which lines are
/// only added. Who has seen a verdict and then changes what is judged has seeds that can no longer judge: the new
/// definition is judged on others, and the file tells what happened.</summary>
/// <remarks>Nothing is kept or refused at <see cref="Scale.Ci"/>, which shows that everything runs.</remarks>
public sealed class Judgements(Experiment experiment, Scale scale, RunStore store)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private string Path => System.IO.Path.Combine(store.Folder, experiment.Name, "judgements.jsonl");

    private bool Counts => scale.Name != Scale.Ci.Name;

    /// <summary>All verdicts computed at this scale, from the first.</summary>
    /// <exception cref="InvalidDataException">The file is broken; one sentence.</exception>
    public IReadOnlyList<Judged> All() =>
        !File.Exists(Path) ? [] : [.. File.ReadLines(Path).Select(Read).Where(j => j.Scale == scale.Name)];

    /// <summary>Adds the verdicts that are not there yet.</summary>
    /// <param name="results">In the order of the hypotheses.</param>
    public void Keep(IReadOnlyList<ContrastResult> results)
    {
        if (!Counts) return;
        var known = All().Select(Line).ToHashSet();
        var lines = experiment.Hypotheses.Zip(results, (h, r) => Line(new Judged(scale.Name, h.Name, h.Arm, h.Baseline,
            DefinitionOf(h), [.. r.Contrast.Pairs.Select(p => p.Seed)], r.Verdict.ToString().ToLowerInvariant(),
            r.Difference.Value, r.Difference.Low, r.Difference.High)));
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.AppendAllLines(Path, lines.Where(line => !known.Contains(line)));
    }

    /// <summary>Why the experiment as it is defined now must not be judged on its seeds: one of its hypotheses was
    /// judged on some of them as something else.</summary>
    /// <returns>One sentence; null where nothing speaks against it.</returns>
    public string? Objection()
    {
        if (!Counts) return null;
        var judged = All();
        var seen = from h in experiment.Hypotheses
                   let definition = DefinitionOf(h)
                   let seeds = experiment.SeedsOf(h)
                   // What has been judged as it stands is judged again: another claim about its arms came with it.
                   where !judged.Any(j => j.Hypothesis == h.Name && j.Definition == definition
                       && seeds.SequenceEqual(j.Seeds))
                   from before in judged
                   where before.Hypothesis == h.Name || (before.Arm, before.Baseline) == (h.Arm, h.Baseline)
                   where before.Definition != definition && before.Seeds.Intersect(seeds).Any()
                   select $"'{h.Name}' of {experiment.Name} was judged on seeds {before.Seeds[0]} to "
                       + $"{before.Seeds[^1]} when it was defined in another way ({before.Verdict}): give it seeds "
                       + $"that nobody has seen, from {judged.Max(j => j.Seeds.Max()) + 1}.";
        return seen.FirstOrDefault();
    }

    /// <summary>Hash of what a hypothesis says: another one is another hypothesis.</summary>
    private string DefinitionOf(Hypothesis h)
    {
        var drawn = DrawnAt(scale);
        var arms = experiment.ArmsNamed([.. h.Arms]).Select(arm => string.Join('\n', arm.Name, arm.Passes,
            arm.Describe(arm.At(scale)).ToJsonString() + (DrawnAt(arm.At(scale)) is var own && own == drawn ? "" : own),
            string.Join(' ', arm.Choices.SelectMany(c => c.Options.Select(o => o.Name).Prepend(c.Name)))));
        var said = JsonSerializer.Serialize(h with { Name = "", Claim = "" }) + drawn + string.Concat(arms);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said)))[..16];
    }

    private string DrawnAt(Scale scale) => experiment.World.Describe(scale) + scale.TestDocuments;

    private static string Line(Judged judged) => JsonSerializer.Serialize(judged, Format);

    private Judged Read(string line)
    {
        try { return JsonSerializer.Deserialize<Judged>(line, Format)!; }
        catch (JsonException)
        {
            throw new InvalidDataException($"{Path} has a line that is no judgement: take it from git again.");
        }
    }
}
