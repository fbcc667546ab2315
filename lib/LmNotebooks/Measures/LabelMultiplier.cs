namespace LmNotebooks.Measures;

/// <summary>How many labels one label is worth to a method: the labels that training from scratch needs to be as
/// accurate as the method is with few, divided by these few.</summary>
public static class LabelMultiplier
{
    /// <summary>The number of labels at which a method is read, unless said otherwise.</summary>
    public const int Labels = 32;

    /// <summary>The multiplier, read where training from scratch first reaches the accuracy, on straight lines between
    /// its points over the logarithm of the labels. It is above a bound if scratch never reaches the accuracy, and
    /// below one if its fewest labels already exceed it.</summary>
    /// <param name="scratch">Accuracy from scratch at several numbers of labels.</param>
    /// <param name="accuracy">Accuracy of the method.</param>
    /// <param name="labels">That the method has.</param>
    public static Censored Of(IEnumerable<(int Labels, double Accuracy)> scratch, double accuracy, int labels = Labels)
    {
        (int Labels, double Accuracy)[] points = [.. scratch.OrderBy(p => p.Labels)];
        var reached = Array.FindIndex(points, p => p.Accuracy >= accuracy);
        if (reached < 0) return new Censored(points[^1].Labels / (double)labels, Censoring.Above);
        var end = points[reached];
        if (reached == 0)
            return new Censored(end.Labels / (double)labels, end.Accuracy > accuracy ? Censoring.Below
            : Censoring.None);
        var start = points[reached - 1];
        var share = (accuracy - start.Accuracy) / (end.Accuracy - start.Accuracy);
        return new Censored(start.Labels * Math.Pow((double)end.Labels / start.Labels, share) / labels);
    }
}
