using LmNotebooks.Languages;
using LmNotebooks.Tokens;

namespace LmNotebooks.Experiments;

/// <summary>A task that a model has learned.</summary>
/// <param name="Data">What it was learned from, and is tested on.</param>
/// <param name="Reader">Who does it.</param>
public sealed record LearnedTask(Dataset Data, IConditionalDistribution Reader);
