using FsCheck.Xunit;
using LmNotebooks.Measures;

namespace LmNotebooks.Tests.Measures;

public class ClaimTests
{
    [Theory]
    [InlineData(1.1, 3, Verdict.Supported)]
    [InlineData(1, 3, Verdict.Undecided)]         // touches the margin
    [InlineData(-1, 1, Verdict.Equal)]
    [InlineData(0.2, 0.8, Verdict.Equal)]         // certainly above zero, and certainly too little to matter
    [InlineData(-0.8, -0.2, Verdict.Equal)]       // certainly on the other side, and certainly too little to matter
    [InlineData(-1.1, -0.2, Verdict.Undecided)]   // certainly on the other side, and perhaps by too little to matter
    [InlineData(-3, -1, Verdict.Undecided)]       // touches the margin
    [InlineData(-3, -2, Verdict.Refuted)]
    [InlineData(-3, 3, Verdict.Undecided)]
    [InlineData(0.5, 3, Verdict.Undecided)]
    public void The_interval_decides(double low, double high, Verdict verdict)
    {
        Assert.Equal(verdict, new Claim(Side.Higher, 1).Judge(new Interval((low + high) / 2, low, high)));
        Assert.Equal(verdict, new Claim(Side.Lower, 1).Judge(new Interval(-(low + high) / 2, -high, -low)));
    }

    [Property]
    public bool There_is_exactly_one_verdict(short end, ushort width, byte margin, bool higher)
    {
        var (interval, m) = (Between(end, width), (margin + 1) * 64.0);
        var claimed = (higher ? interval : new Interval(-interval.Value, -interval.High, -interval.Low));
        var equal = Math.Max(Math.Abs(interval.Low), Math.Abs(interval.High)) <= m;
        (Verdict Verdict, bool Holds)[] rule =
        [
            (Verdict.Supported, claimed.Low > m), (Verdict.Equal, equal), (Verdict.Refuted, claimed.High < -m),
            (Verdict.Undecided, !equal && claimed.High >= -m && claimed.Low <= m),
        ];
        return rule.Single(r => r.Holds).Verdict == new Claim(higher ? Side.Higher : Side.Lower, m).Judge(interval);
    }

    [Property]
    public bool The_unit_does_not_matter(short end, ushort width, byte margin, byte power)
    {
        var (interval, m, unit) = (Between(end, width), margin + 1.0, Math.Pow(2, power % 20));
        return new Claim(Side.Lower, m).Judge(interval)
            == new Claim(Side.Lower, m * unit).Judge(new Interval(interval.Value * unit, interval.Low * unit,
                interval.High * unit));
    }

    /// <summary>So more seeds, of which the interval becomes narrower, never turn one verdict into another, but for
    /// *undecided*.</summary>
    [Property(MaxTest = 1000)]
    public bool A_wider_interval_leads_to_undecided_or_to_nothing(short end, ushort width, byte margin, byte below,
        byte above, bool higher)
    {
        var claim = new Claim(higher ? Side.Higher : Side.Lower, (margin + 1) * 64.0);
        var narrow = Between(end, width);
        var wide = narrow with { Low = narrow.Low - below * 64.0, High = narrow.High + above * 64.0 };
        return claim.Judge(wide) is var verdict && (verdict == Verdict.Undecided || verdict == claim.Judge(narrow));
    }

    [Fact]
    public void The_margins_are_those_of_the_rule()
    {
        Assert.Equal(new Claim(Side.Lower, 0.04), Claim.Loss(unigramGap: 2));
        Assert.Equal(new Claim(Side.Higher, 0.01), Claim.Accuracy);
        Assert.Equal(Verdict.Supported, Claim.CostRatio.Judge(new Interval(Math.Log(0.5), Math.Log(0.4),
            Math.Log(0.9))));
        Assert.Equal(Verdict.Equal, Claim.CostRatio.Judge(new Interval(0, Math.Log(0.92), Math.Log(1.09))));
        Assert.Contains("above zero", Assert.Throws<ArgumentException>(() => Claim.Loss(double.NaN)).Message);
    }

    private static Interval Between(short end, ushort width) => new(end + width / 2.0, end, end + (double)width);
}
