using System.Text.Json.Nodes;
using LmNotebooks.Records;

namespace LmNotebooks.Tests.Records;

public sealed class RunFileTests : IDisposable
{
    private readonly Small.Folder folder = new();
    private static readonly RunHeader Header =
        new("question", "Joint", new JsonObject { ["width"] = 16 }, 3, "cpu", 1, "data", "source",
        new Dictionary<string, string> { ["dotnet"] = "10" }, DateTimeOffset.UnixEpoch);
    private static readonly RunEvent Event = new("joint", 1, 160, 1e9, 0.5, double.NaN, 2.5);
    private static readonly RunResult Result =
        new(1000, 8000, 160, 0, 1e9, 1e9, 0.5, 2.5) { Measures = new Dictionary<string, double> { ["excess"] = 0.1 } };

    public void Dispose() => folder.Dispose();

    private string Written()
    {
        var path = folder.File("deep/run.jsonl");
        using var file = RunFile.Create(path, Header);
        file.Append(Event);
        file.Append(Event with { Step = 2, TrainLoss = 0.1 + 0.2 });
        file.Append(Result);
        return path;
    }

    [Fact]
    public void What_is_written_is_read_back_to_the_last_bit()
    {
        var record = RunFile.Read(Written());
        Assert.Equal((Header.Arm, Header.Seed, 16),
            (record.Header.Arm, record.Header.Seed, (int)record.Header.Config["width"]!));
        Assert.Equal([Event, Event with { Step = 2, TrainLoss = 0.1 + 0.2 }], record.Events);
        Assert.Equal(Result with { Measures = record.Result!.Measures }, record.Result);
        Assert.Equal(Result.Measures, record.Result.Measures);
        Assert.True(record.Finished);
        Assert.Empty(record.Warnings);
    }

    [Fact]
    public void The_objectives_own_loss_is_written_only_where_there_is_one()
    {
        var path = Written();
        Assert.DoesNotContain("objectiveLoss", File.ReadAllText(path));
        using (var file = RunFile.Create(path, Header)) file.Append(Event with { ObjectiveLoss = 0.7 });
        Assert.Equal([Event with { ObjectiveLoss = 0.7 }], RunFile.Read(path).Events);
    }

    [Fact]
    public void A_torn_last_line_is_dropped_with_a_warning_wherever_it_tore()
    {
        var whole = File.ReadAllBytes(Written());
        var lastLine = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;
        for (var length = lastLine + 1; length < whole.Length; length++)
        {
            var path = folder.File("torn.jsonl");
            File.WriteAllBytes(path, whole[..length]);
            var record = RunFile.Read(path);
            Assert.Equal(2, record.Events.Count);
            Assert.False(record.Finished);
            Assert.Contains("torn off", Assert.Single(record.Warnings));
        }
    }

    [Fact]
    public void A_broken_line_in_the_middle_is_an_error_that_names_the_line()
    {
        var path = Written();
        var lines = File.ReadAllLines(path);
        lines[1] = lines[1][..20];
        File.WriteAllLines(path, lines);
        Assert.Contains("line 2", Assert.Throws<InvalidDataException>(() => RunFile.Read(path)).Message);
    }

    [Fact]
    public void A_file_without_a_whole_header_is_a_run_that_never_began()
    {
        var whole = File.ReadAllBytes(Written());
        var header = Array.IndexOf(whole, (byte)'\n');
        foreach (var bytes in (byte[][])[[], new byte[4096], "\r\n\n"u8.ToArray(), whole[..1], whole[..(header / 2)],
            whole[..header], whole[(header + 1)..]])
        {
            File.WriteAllBytes(folder.File("blank.jsonl"), bytes);
            Assert.Null(RunFile.TryRead(folder.File("blank.jsonl")));
            Assert.Contains("never began: delete the file",
                Assert.Throws<InvalidDataException>(() => RunFile.Read(folder.File("blank.jsonl"))).Message);
        }
        File.WriteAllBytes(folder.File("torn.jsonl"), [.. whole[..(header + 1)], .. new byte[4096]]);
        Assert.False(RunFile.TryRead(folder.File("torn.jsonl"))!.Finished);
    }

    [Fact]
    public void Line_ends_of_Windows_and_a_byte_order_mark_are_read_and_a_merge_conflict_is_refused_by_its_line()
    {
        var (path, whole) = (Written(), File.ReadAllText(Written()));
        foreach (var text in (string[])[whole.ReplaceLineEndings("\r\n"), "\ufeff" + whole, whole + "\n \n"])
        {
            File.WriteAllText(path, text);
            Assert.Equal((true, 2), (RunFile.Read(path).Finished, RunFile.Read(path).Events.Count));
        }
        File.WriteAllText(path, $"<<<<<<< HEAD\n{whole}=======\n{whole}>>>>>>> other\n");
        Assert.Contains("line 1 is not a line of a run record: delete the file",
            Assert.Throws<InvalidDataException>(() => RunFile.TryRead(path)).Message);
    }

    [Fact]
    public void A_full_disk_is_one_sentence_that_names_the_file()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "Only Linux has /dev/full.");
        var message = Assert.Throws<IOException>(() => RunFile.Create("/dev/full", Header)).Message;
        Assert.Contains("The run record /dev/full cannot be written: No space left on device", message);
    }

    [Fact]
    public void A_folder_below_a_regular_file_is_one_sentence()
    {
        File.WriteAllText(folder.File("file"), "");
        Assert.Contains("cannot be written", Assert.Throws<IOException>(() =>
            RunFile.Create(folder.File("file/run.jsonl"), Header)).Message);
    }
}
