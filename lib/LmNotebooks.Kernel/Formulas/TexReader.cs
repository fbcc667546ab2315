using System.Text.RegularExpressions;

namespace LmNotebooks.Kernel.Formulas;

/// <summary>The tokens of a formula: a character, or a command with its backslash. Macros are replaced by their text as
/// they are met.</summary>
internal sealed partial class TexReader(string tex, TexMacros macros)
{
    // A macro may call itself, or double its text at each call.
    private const int MostCalls = 1000, MostExpanded = 100_000;

    private readonly Stack<Part> parts = new([new Part(tex)]);
    private string? peeked;
    private int calls, expanded;

    /// <summary>The formula, or the text of a macro that is being read before it goes on.</summary>
    private sealed class Part(string text)
    {
        public string Text { get; } = text;
        public int At { get; set; }
        public bool Ended => At >= Text.Length;
    }

    /// <summary>The next token, which stays; null at the end.</summary>
    public string? Peek() => peeked ??= Next();

    /// <summary>The next token; null at the end. Blanks and comments are none.</summary>
    public string? Next()
    {
        if (peeked is { } known)
        {
            peeked = null;
            return known;
        }
        while (true)
        {
            var token = Token();
            if (token is null || macros.Find(token) is not { } macro) return token;
            Expand(macro);
        }
    }

    /// <summary>Reads the next token if it is this one.</summary>
    public bool Skip(string token) => Peek() == token && Next() is not null;

    /// <summary>The characters between the braces that follow, as they are.</summary>
    public string Group() => Next() == "{" ? Until('}') : throw new FormatException("an argument in braces is missing");

    // What follows reads characters, not tokens: nothing may have been peeked at before it.

    /// <summary>The characters between the brackets that follow; null if none do.</summary>
    public string? Option() => SkipSign('[') ? Until(']') : null;

    /// <summary>The braces that follow without them, or one token that is not replaced if it is a macro: the name in
    /// \def\name.</summary>
    public string Name() => Token() switch
    {
        "{" => Until('}'),
        { } token => token,
        null => throw new FormatException("an argument is missing"),
    };

    /// <summary>Reads this character if it is the next one that is not blank.</summary>
    public bool SkipSign(char sign)
    {
        var part = Solid();
        if (part.Ended || part.Text[part.At] != sign) return false;
        part.At++;
        return true;
    }

    /// <summary>The characters that belong to a number that begins before them.</summary>
    public string Digits() => Match(Number());

    /// <summary>Passes over what may stand behind the end of a line: a star, and a distance such as [2pt].</summary>
    public void SkipDistance() => Match(Distance());

    /// <summary>A length such as 1em, with its unit, after \kern and the like.</summary>
    public string Length() => Match(Kern());

    /// <summary>The characters between two equal ones, as in \verb|x|.</summary>
    public string Verbatim()
    {
        var text = Match(Verb());
        return text.Length > 1 ? text[1..^1] : throw new FormatException("the end of \\verb is missing");
    }

    /// <summary>The rest of a formula that is only looked at as text: the parameters of \def, up to its
    /// brace.</summary>
    public string Parameters() => Match(BeforeBrace());

    private void Expand(TexMacros.Macro macro)
    {
        if (++calls > MostCalls) throw new FormatException("its macros do not end");
        var arguments = new string[macro.Arguments];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = i == 0 && macro.Default is { } value ? Option() ?? value : Name();
        var text = macro.Text(arguments);
        if ((expanded += text.Length) > MostExpanded) throw new FormatException("its macros do not end");
        parts.Push(new Part(text));
    }

    private string Until(char end)
    {
        var part = parts.Peek();
        var (start, depth) = (part.At, 0);
        for (; !part.Ended; part.At++)
        {
            var c = part.Text[part.At];
            if (c == end && depth == 0) return part.Text[start..part.At++];
            depth += c switch { '{' => 1, '}' => -1, _ => 0 };
            if (c == '\\') part.At++;
        }
        throw new FormatException($"'{end}' is missing");
    }

    private string Match(Regex pattern)
    {
        var part = Current();
        var match = pattern.Match(part.Text, part.At);
        part.At += match.Length;
        return match.Value;
    }

    private Part Current()
    {
        while (parts.Count > 1 && parts.Peek().Ended) parts.Pop();
        return parts.Peek();
    }

    /// <summary>The part that has the next character that is not blank; an ended one if there is none.</summary>
    private Part Solid()
    {
        while (true)
        {
            var part = Current();
            part.At += Blank().Match(part.Text, part.At).Length;
            if (!part.Ended || parts.Count == 1) return part;
        }
    }

    private string? Token()
    {
        var part = Solid();
        if (part.Ended) return null;
        var token = OneToken().Match(part.Text, part.At).Value;
        part.At += token.Length;
        return token != @"\" ? token : throw new FormatException("it ends in a backslash");
    }

    [GeneratedRegex(@"\G(?>\s+|%[^\n]*\n?)*")]
    private static partial Regex Blank();

    [GeneratedRegex(@"\G(?:\\[A-Za-z]+|\\?[\uD800-\uDBFF][\uDC00-\uDFFF]|\\?.)", RegexOptions.Singleline)]
    private static partial Regex OneToken();

    [GeneratedRegex(@"\G(?:[0-9]|\.[0-9])*")]
    private static partial Regex Number();

    [GeneratedRegex(@"\G\*?\s*(?:\[\s*-?[0-9.]+\s*[a-z]+\s*\])?")]
    private static partial Regex Distance();

    [GeneratedRegex(@"\G\s*[+-]?[0-9.]+\s*[a-z]{2}")]
    private static partial Regex Kern();

    [GeneratedRegex(@"\G([^A-Za-z\s\p{Cs}]).*?\1")]
    private static partial Regex Verb();

    [GeneratedRegex(@"\G[^{}]*")]
    private static partial Regex BeforeBrace();
}
