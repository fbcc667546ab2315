using System.Globalization;
using System.Text.RegularExpressions;
using LmNotebooks.Experiments;
using LmNotebooks.Figures;
using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Charts;

/// <summary>What contexts of a new word are worth to a method, beside what others make of something else.</summary>
public static partial class ContextCurves
{
    /// <summary>A line for each method that was shown several numbers of contexts: the mean over the seeds with its
    /// 95 % t-interval. The name of its arms is the method and that number, "a la carte, 8 contexts". Other arms are
    /// levels.</summary>
    /// <param name="measure">What is drawn, with its unit: of new nouns, say.</param>
    /// <param name="levels">Names of arms without contexts.</param>
    /// <exception cref="ArgumentException">No method was shown several numbers of contexts, or there is no arm of a
    /// name; one sentence.</exception>
    public static Figure Of(IReadOnlyList<RunRecord> records, string measure, params IReadOnlyList<string> levels)
    {
        var points = (from arm in records.ByArm()
                      let name = Name().Match(arm.Key)
                      where name.Success
                      select (Line: name.Groups["method"].Value, Name: (string?)null,
                          X: double.Parse(name.Groups["contexts"].Value, CultureInfo.InvariantCulture),
                          Value: arm.Interval(measure))).ToList();
        var several = points.CountBy(p => p.Line).Where(line => line.Value > 1).Select(line => line.Key).ToHashSet();
        if (several.Count == 0)
            throw new ArgumentException("No method was shown several numbers of contexts: name arms such as 'a la "
                + "carte, 8 contexts'.");
        var drawn = points.Where(p => several.Contains(p.Line)).ToList();
        var others = levels.Select(arm => (Name: arm, Value: records.Of(arm).Mean(measure))).ToList();
        return MeasuredCurves.Of(new Axis("contexts", Log: true), new Axis(measure),
            others.Select(o => new Reference($"{o.Name}: {Numbers.Text(o.Value, 2)}", o.Value)), drawn,
            string.Concat(others.Select(o => $"{o.Name} has {Numbers.Text(o.Value, 3)}; "))).From(records);
    }

    [GeneratedRegex(@"^(?<method>.+), (?<contexts>\d+) contexts?$")]
    private static partial Regex Name();
}
