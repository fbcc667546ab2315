namespace LmNotebooks.Training;

/// <summary>How the learning rate goes: linear warm-up to the peak, then half a cosine down (Loshchilov and Hutter
/// 2017).</summary>
public sealed record Schedule
{
    public double Peak { get; init; } = 3e-3;

    /// <summary>Share of the stage that warms up.</summary>
    public double WarmUp { get; init; } = 0.05;

    /// <summary>Rate at the end, as a share of the peak.</summary>
    public double Final { get; init; } = 0.1;

    /// <summary>The rate when a share of the stage, 0 to 1, is done.</summary>
    public double At(double done) => done < WarmUp
        ? Peak * (done + 1e-3) / (WarmUp + 1e-3)
        : Peak * (Final + (1 - Final) * 0.5 * (1 + Math.Cos(Math.PI * (done - WarmUp) / (1 - WarmUp))));
}
