using System.Globalization;

namespace LmNotebooks.Training;

/// <summary>How long something will still take: the estimate, and how people are told it.</summary>
public static class TimeLeft
{
    private const int MostDays = 99;    // beyond them an estimate says nothing

    /// <summary>The time to the end at the rate so far; never negative, and the longest there is without a
    /// rate.</summary>
    /// <param name="elapsed">Time that <paramref name="done"/> took, of <paramref name="of"/> in the same unit.</param>
    public static TimeSpan Estimate(TimeSpan elapsed, double done, double of)
    {
        if (done >= of) return TimeSpan.Zero;
        var ticks = elapsed.Ticks * ((of - done) / done);
        return ticks < TimeSpan.MaxValue.Ticks ? new TimeSpan((long)ticks) : TimeSpan.MaxValue;
    }

    /// <summary>As in <c>0:07 left</c>, <c>59:59 left</c>, <c>1:05:00 left</c> and <c>1 d 2:03:04 left</c>. A part of a
    /// second counts as nothing, and so does a time that is over.</summary>
    public static string Text(TimeSpan time)
    {
        if (time < TimeSpan.Zero) time = TimeSpan.Zero;
        if (time.Days > MostDays) return $"more than {MostDays} d left";
        var format = time.Days > 0 ? @"d\ \d\ h\:mm\:ss" : time.Hours > 0 ? @"h\:mm\:ss" : @"m\:ss";
        return $"{time.ToString(format, CultureInfo.InvariantCulture)} left";
    }
}
