using LmNotebooks.Measures;
using LmNotebooks.Records;

namespace LmNotebooks.Experiments;

/// <summary>One run that was made again, beside what the committed records let expect.</summary>
/// <param name="Expected">Nats per token: of a run made again its loss and the losses that would agree; of a new seed
/// the mean excess of the committed seeds and the prediction interval.</param>
/// <param name="Found">The run's own loss or excess.</param>
/// <param name="Seconds">Training time of the committed run (of new seeds the mean) and of this one. It is shown, not
/// judged.</param>
public sealed record Comparison(RunHeader Run, Interval Expected, double Found, Agreement Agreement,
    (double Then, double Now) Seconds);
