using System.Text;
using FsCheck;
using FsCheck.Xunit;
using LmNotebooks.Languages;

namespace LmNotebooks.Tests.Languages;

public sealed class LabelledFileTests : IDisposable
{
    private readonly Small.Folder folder = new();

    public void Dispose() => folder.Dispose();

    private string FilePath => folder.File("labelled.csv");

    private IReadOnlyList<LabelledText> Read(string content)
    {
        File.WriteAllText(FilePath, content);
        return LabelledFile.Read(FilePath);
    }

    private static readonly LabelledText[] Two = [new("a b", "x"), new("c", "y")];

    [Theory]
    [InlineData("text,label\na b,x\nc,y\n")]
    [InlineData("text,label\r\na b,x\r\nc,y")]
    [InlineData("text,label\ra b,x\rc,y\r")]
    [InlineData("\uFEFFText,LABEL\na b,x\nc,y\n")]
    [InlineData("Label , Text\nx, a b \ny,\tc\n")]
    [InlineData("number,label,note,text\n1,x,,a b\n2,y,\"text, label\",c\n")]
    [InlineData("\"text\",\"label\"\n\"a b\",\"x\"\n\"c\",\"y\"\n")]
    [InlineData("\n\ntext,label\n\na b,x\n  \nc,y\n\n\n")]
    public void A_table_is_read_however_a_program_writes_it(string content) => Assert.Equal(Two, Read(content));

    [Fact]
    public void A_text_in_quotes_may_have_commas_quotes_and_line_ends() => Assert.Equal(
        [new("one, \"two\"\r\nthree", "a, b"), new("é, 日本", "'b'")],
        Read("text,label\n\"one, \"\"two\"\"\r\nthree\",\"a, b\"\n\"é, 日本\",'b'\n"));

    [Theory]
    [InlineData("\n \n",
        "The first line of FILE is '': it must name the columns text and label, each once, with commas "
        + "between them.")]
    [InlineData("a b,x\nc,y\n",
        "The first line of FILE is 'a b,x': it must name the columns text and label, each once, "
        + "with commas between them.")]
    [InlineData("text;label\na b;x\n", "The first line of FILE is 'text;label': it must name the columns text and "
        + "label, each once, with commas between them.")]
    [InlineData("text,label,Text\na,x,b\n",
        "The first line of FILE is 'text,label,Text': it must name the columns text "
        + "and label, each once, with commas between them.")]
    [InlineData("text\na\n", "The first line of FILE is 'text': it must name the columns text and label, each once, "
        + "with commas between them.")]
    [InlineData("text,label\n", "FILE has no texts below its first line: add some.")]
    [InlineData("text,label\na,x\n\"b\nb\",x\n", "All texts of FILE have the label 'x': add texts with another one.")]
    [InlineData("text,label\na,x\n\n\"b\nb\",y\nc,\n", "Line 6 of FILE has no label: write one, or delete the line.")]
    [InlineData("text,label\na,x\n\" \n \",y\n", "Line 3 of FILE has no text: write one, or delete the line.")]
    [InlineData("text,label\na,x\n,\n", "Line 3 of FILE has no text: write one, or delete the line.")]
    [InlineData("text,label\na,x\nb, and c,y\n", "Line 3 of FILE has 3 fields, and the first line 2: put a text that "
        + "has commas in quotes.")]
    [InlineData("text,label\na,x\nb\n", "Line 3 of FILE has 1 fields, and the first line 2: put a text that has commas "
        + "in quotes.")]
    [InlineData("text,label\na,x\nb,y\n\" a\",x\n", "Lines 2 and 4 of FILE have the same text: delete one of them.")]
    [InlineData("text,label\na,x\na,y\n", "Lines 2 and 3 of FILE have the same text: delete one of them.")]
    [InlineData("text,label\na,x\n\"b,y\nc,x\n", "The quotes do not match in what begins on line 3 of FILE: put "
        + "the whole field in quotes, and double each quote within it.")]
    [InlineData("text,label\n\"a\nb\",x\na 5\" disk,y\n",
        "The quotes do not match in what begins on line 4 of "
        + "FILE: put the whole field in quotes, and double each quote within it.")]
    public void What_is_no_such_table_is_refused_in_a_sentence_that_says_where_and_what_to_do(string content,
        string sentence) => Assert.Equal(sentence.Replace("FILE", FilePath),
            Assert.Throws<InvalidDataException>(() => Read(content)).Message);

    [Fact]
    public void No_file_an_empty_one_a_folder_and_another_encoding_are_refused_in_a_sentence()
    {
        Assert.Equal($"There is no file or folder {FilePath}.",
            Assert.Throws<FileNotFoundException>(() => LabelledFile.Read(FilePath)).Message);
        Assert.Equal($"There is no text in {FilePath}.", Assert.Throws<IOException>(() => Read("")).Message);
        Assert.Equal($"{folder.Path} is a folder: name a CSV file in it.",
            Assert.Throws<FileNotFoundException>(() => LabelledFile.Read(folder.Path)).Message);
        File.WriteAllText(FilePath, "text,label\nä,x\nb,y\n", Encoding.Latin1);
        Assert.EndsWith("Save it as UTF-8.",
            Assert.Throws<InvalidDataException>(() => LabelledFile.Read(FilePath)).Message);
    }

    [Property]
    public bool What_is_written_is_read_again(NonNull<string>[] texts, bool[] labels)
    {
        LabelledText[] written = [.. texts.Select(t => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(t.Get)).Trim())
            .Where(text => text != "").Append("\"a\", \r\nb").Append("c").Distinct()
            .Select((text, n) => new LabelledText(text, n < labels.Length && labels[n] ? "yes, \"really\"" : "no")),
            new("the last, which has another label", "other")];
        LabelledFile.Write(FilePath, written);
        return LabelledFile.Read(FilePath).SequenceEqual(written);
    }
}
