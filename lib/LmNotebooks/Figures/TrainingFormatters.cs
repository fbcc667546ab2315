using Microsoft.DotNet.Interactive.Formatting;

namespace LmNotebooks.Figures;

/// <summary>What a notebook kernel shows for a <see cref="TrainingView"/>.</summary>
internal sealed class TrainingFormatters : ITypeFormatterSource
{
    public const string Html = "text/html";

    public IEnumerable<ITypeFormatter> CreateTypeFormatters() =>
    [
        new MimeFormatter<TrainingView>(Html, view => view.Html),
        new MimeFormatter<TrainingView>(FigureFormatters.Text, view => view.Text),
    ];
}
