using System.Text.RegularExpressions;

namespace LmNotebooks.Kernel.Formulas;

/// <summary>The commands that the formulas of one page define for those that follow.</summary>
internal sealed partial class TexMacros
{
    private const int MostArguments = 9;
    private readonly Dictionary<string, Macro> macros = [];

    /// <param name="Arguments">Their number, with the one that may be left out.</param>
    /// <param name="Default">The first argument where it is left out; null if it must be there.</param>
    /// <param name="Body">The text, with #1 to #9 for the arguments.</param>
    public sealed record Macro(int Arguments, string? Default, string Body)
    {
        public string Text(string[] arguments) => Arguments == 0 ? Body : Parameter().Replace(Body, m =>
            m.Groups[2].ValueSpan[0] - '0' is var n && n <= arguments.Length
                // A blank ends the name of a command, which would go on with the argument's letters.
                ? $"{m.Groups[1]}{(m.Groups[1].Length > 0 ? " " : "")}{arguments[n - 1]}" : m.Value);
    }

    /// <summary>The macro of this name, with its backslash; null if it is none.</summary>
    public Macro? Find(string token) => token[0] == '\\' || token == "~" ? macros.GetValueOrDefault(token) : null;

    /// <summary>Reads a definition, if the command without its backslash begins one.</summary>
    public bool Define(string command, TexReader reader)
    {
        switch (command)
        {
            case "newcommand" or "renewcommand" or "providecommand" or "DeclareRobustCommand":
                reader.SkipSign('*');
                var name = reader.Name().Trim();
                var count = reader.Option() is { } number ? Count(number) : 0;
                Add(name, new(count, reader.Option(), reader.Name()));
                return true;
            case "def" or "gdef" or "edef" or "xdef":
                name = reader.Name();
                var parameters = reader.Parameters().Trim();
                if (!Parameters().IsMatch(parameters))
                    throw new FormatException($"the definition of {name} has parameters that are not #1, #2 and so on");
                Add(name, new(parameters.Length / 2, null, reader.Name()));
                return true;
            case "let":
                name = reader.Name();
                reader.SkipSign('=');
                var other = reader.Name();
                Add(name, Find(other) ?? new(0, null, other));
                return true;
            case "DeclareMathOperator":
                var star = reader.SkipSign('*') ? "*" : "";
                name = reader.Name().Trim();
                Add(name, new(0, null, $@"\operatorname{star}{{{reader.Name()}}}"));
                return true;
            default:
                return false;
        }
    }

    private void Add(string name, Macro macro)
    {
        if (!Command().IsMatch(name)) throw new FormatException($"'{name}' cannot be defined: it is not a command");
        macros[name] = macro;
    }

    private static int Count(string number) =>
        int.TryParse(number, out var count) && count is >= 0 and <= MostArguments ? count
            : throw new FormatException($"'{number}' is not a number of arguments");

    [GeneratedRegex(@"(\\[A-Za-z]+)?#([1-9])")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^(#[1-9])*$")]
    private static partial Regex Parameters();

    [GeneratedRegex(@"^\\([A-Za-z]+|.)$", RegexOptions.Singleline)]
    private static partial Regex Command();
}
