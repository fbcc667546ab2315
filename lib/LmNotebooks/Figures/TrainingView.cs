using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Figures;

/// <summary>How far training runs are, as a cell shows it.</summary>
[TypeFormatterSource(typeof(TrainingFormatters), PreferredMimeTypes = [TrainingFormatters.Html, FigureFormatters.Text])]
public sealed record TrainingView(string Html, string Text);
