using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using LmNotebooks.Kernel.Notebooks;

namespace LmNotebooks.Tests.Kernel;

public class PythonJsonTests
{
    /// <summary>Reads a JSON document in each line, and writes it as Jupyter saves notebooks, a NUL after it.</summary>
    private const string Program = """
        import json, sys
        for line in sys.stdin.buffer:
            text = json.dumps(json.loads(line), ensure_ascii=False, indent=1, sort_keys=True)
            sys.stdout.buffer.write(text.encode("utf-8") + b"\0")
        """;

    private static string Written(string json) => PythonJson.Write(JsonNode.Parse(json));

    [Theory]
    [InlineData("0")]
    [InlineData("-17")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("-0", "0")]
    [InlineData("-0.0", "-0.0")]
    [InlineData("1.50", "1.5")]
    [InlineData("1e0", "1.0")]
    [InlineData("1E5", "100000.0")]
    [InlineData("0.0001", "0.0001")]
    [InlineData("0.00001", "1e-05")]
    [InlineData("123456789.123e-20", "1.23456789123e-12")]
    [InlineData("1e15", "1000000000000000.0")]
    [InlineData("9007199254740993.0", "9007199254740992.0")]
    [InlineData("1e16", "1e+16")]
    [InlineData("1.5e300", "1.5e+300")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("1.7976931348623157e308", "1.7976931348623157e+308")]
    [InlineData("0.1", "0.1")]
    [InlineData("1e400", "1e400")]
    public void Numbers_are_written_as_Python_writes_what_it_has_read(string json, string? written = null) =>
        Assert.Equal(written ?? json, Written(json));

    [Theory]
    [InlineData("😀 é 日本")]
    [InlineData("no-break\u00a0space, \u2028 and \u2029, \ufeff, \ue0a0, \u0085 and \u007f")]
    [InlineData("</script>&'+`")]
    public void Characters_are_written_as_themselves(string text) =>
        Assert.Equal($"\"{text}\"", PythonJson.Write(text));

    [Fact]
    public void Controls_quotes_and_backslashes_are_escaped() =>
        Assert.Equal("""
            "\u001b[31m \u0000\u001f \b\f\n\r\t \" \\ /"
            """, PythonJson.Write("\e[31m \0\u001f \b\f\n\r\t \" \\ /"));

    [Fact]
    public void Keys_are_sorted_by_code_point_and_what_is_empty_takes_one_line() =>
        Assert.Equal("{\n \"\": [],\n \"B\": {},\n \"a\": [\n  [],\n  {\n   \"x\": null\n  },\n  true\n ],"
            + "\n \"\uff5e\": 1,\n \"😀\": \"\"\n}",
            Written("{\"😀\":\"\",\"a\":[[],{\"x\":null},true],\"\uff5e\":1,\"B\":{},\"\":[]}"));

    [Fact]
    public async Task Any_document_is_written_byte_for_byte_as_Python_writes_it()
    {
        var documents = Document(4).Sample(400).ToList();
        var start = new ProcessStartInfo(Clients.Find("python3"), ["-c", Program])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        using var process = System.Diagnostics.Process.Start(start)!;
        var read = Task.Run(() => new StreamReader(process.StandardOutput.BaseStream, Encoding.UTF8).ReadToEnd());
        using (var input = new StreamWriter(process.StandardInput.BaseStream, new UTF8Encoding(false)))
            foreach (var document in documents) input.Write(document + "\n");
        var python = (await read).Split('\0');
        Assert.Equal(documents.Count + 1, python.Length);
        Assert.All(documents.Zip(python), pair => Assert.Equal(pair.Second, Written(pair.First)));
    }

    private static Gen<string> Digits(int most) =>
        Gen.Choose(0, 9).Select(d => (char)('0' + d)).ListOf()
            .Where(d => d.Count is > 0 && d.Count <= most).Select(string.Concat);

    /// <summary>Whole numbers and others, with and without an exponent, short and long.</summary>
    private static Gen<string> Number() =>
        from sign in Gen.Elements("", "-")
        from whole in Digits(25).Select(d => d.TrimStart('0')).Select(d => d.Length == 0 ? "0" : d)
        from fraction in Gen.OneOf(Gen.Constant(""), Digits(25).Select(d => "." + d))
        from small in Gen.Choose(0, 20)
        from large in Gen.Choose(-340, 280)
        from exponent in Gen.Elements("", $"E+{small}", $"e{large}")
        select sign + whole + fraction + exponent;

    private static Gen<string> Text() => Gen.Elements(
        "a", "B", "é", "😀", "\uff5e", "\ue000", "\u2028", "\ufeff", "\u007f", "\u0085", "\u00a0", " ", "/", "<", "'",
        @"\u001b", @"\u0000", @"\b", @"\f", @"\n", @"\r", @"\t", "\\\"", @"\\", @"\/", @"\ud83d\ude00", @"\u00e9")
        .ListOf().Select(parts => $"\"{string.Concat(parts)}\"");

    private static Gen<string> Double() => ArbMap.Default.GeneratorFor<double>().Where(double.IsFinite)
        .Select(d => d.ToString("R", CultureInfo.InvariantCulture));

    private static Gen<string> Document(int depth)
    {
        var leaf = Gen.OneOf(Text(), Number(), Double(), Gen.Elements("null", "true", "false", "[]", "{}"));
        if (depth == 0) return leaf;
        var inner = Document(depth - 1);
        return Gen.OneOf(leaf, inner.ListOf(3).Select(items => $"[{string.Join(", ", items)}]"),
            Text().Zip(inner).ListOf(4).Select(Fields));
    }

    private static string Fields(IEnumerable<(string Key, string Value)> fields)
    {
        var different = fields.DistinctBy(f => JsonNode.Parse(f.Key)!.GetValue<string>());
        return $"{{{string.Join(',', different.Select(f => $"{f.Key} : {f.Value}"))}}}";
    }
}
