using System.Diagnostics;
using LmNotebooks.Files;

namespace LmNotebooks.Tests.Files;

public sealed class WholeFileTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly Small.Folder folder = new();

    public void Dispose() => folder.Dispose();

    private static string Refused(Action write) => Assert.Throws<IOException>(write).Message;

    private string Written(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
        File.WriteAllText(folder.File(name), text);
        return folder.File(name);
    }

    [Theory]
    [InlineData("a.txt", "real.txt")]
    [InlineData("a.txt", "below/real.txt")]
    [InlineData("below/a.txt", "../real.txt")]
    [InlineData("a.txt", "b.txt", "below/c.txt", "../real.txt")]
    public void A_symbolic_link_stays_a_link_and_what_it_leads_to_is_written(params string[] chain)
    {
        Directory.CreateDirectory(folder.File("below"));
        var at = folder.File(chain[0]);
        foreach (var target in chain[1..])
        {
            File.CreateSymbolicLink(at, target);
            at = Path.GetFullPath(target, Path.GetDirectoryName(at)!);
        }
        File.WriteAllText(at, "old");
        WholeFile.Write(folder.File(chain[0]), "new");
        Assert.Equal(chain[1], new FileInfo(folder.File(chain[0])).LinkTarget);
        Assert.Equal((null, "new"), (new FileInfo(at).LinkTarget, File.ReadAllText(at)));
    }

    [Fact]
    public void A_link_in_a_folder_that_is_a_link_leads_from_where_that_folder_really_is()
    {
        var real = Written("far/away/real.txt", "old");
        Directory.CreateDirectory(folder.File("far/away/below"));
        File.CreateSymbolicLink(folder.File("far/away/below/link.txt"), "../real.txt");
        Directory.CreateSymbolicLink(folder.File("short"), folder.File("far/away/below"));
        WholeFile.Write(folder.File("short/link.txt"), "new");
        Assert.Equal("new", File.ReadAllText(real));
        Assert.False(File.Exists(folder.File("real.txt")));
    }

    [Fact]
    public void A_link_to_a_file_that_is_not_there_yet_makes_it_and_links_in_a_circle_are_refused()
    {
        File.CreateSymbolicLink(folder.File("a.txt"), "b.txt");
        WholeFile.Write(folder.File("a.txt"), "new");
        Assert.Equal("new", File.ReadAllText(folder.File("b.txt")));
        File.CreateSymbolicLink(folder.File("c.txt"), "c.txt");
        Assert.Contains("leads in a circle", Refused(() => WholeFile.Write(folder.File("c.txt"), "x")));
    }

    [Fact]
    public void Permissions_stay_as_they_were_and_nobody_else_can_read_what_is_being_written()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other permissions.");
        if (OperatingSystem.IsWindows()) return;
        foreach (var more in new[] { UnixFileMode.None, UnixFileMode.GroupRead, UnixFileMode.OtherWrite,
            UnixFileMode.UserExecute })
        {
            var mode = Owner | more;
            var path = Written("n.txt", "old");
            File.SetUnixFileMode(path, mode);
            WholeFile.Write(path, stream =>
            {
                if (!OperatingSystem.IsWindows())
                    Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(stream.Name) & ~mode);
                stream.Write("new"u8);
            });
            Assert.Equal((mode, "new"), (File.GetUnixFileMode(path), File.ReadAllText(path)));
        }
    }

    [Fact]
    public void The_owner_stays_the_owner_when_the_superuser_writes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Small.MayWriteAll, "It takes the superuser of Linux.");
        var path = Written("n.txt", "old");
        Assert.Equal("", Said("chown", "1234:2345", path));
        WholeFile.Write(path, "new");
        Assert.Equal("1234:2345", Said("stat", "-c", "%u:%g", path));
    }

    private static string Said(string program, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd().Trim();
    }

    [Fact]
    public void A_write_protected_file_is_refused_by_its_name_before_and_when_it_is_written()
    {
        Assert.SkipWhen(Small.MayWriteAll, "Nothing is write-protected for the superuser.");
        var path = Written("n.txt", "old");
        File.SetAttributes(path, FileAttributes.ReadOnly);
        var words = $"{path} cannot be written: it is write-protected; allow writing to it, or choose another place.";
        Assert.Equal(words, Refused(() => WholeFile.CheckWritable(path)));
        Assert.Equal(words, Refused(() => WholeFile.Write(path, "new")));
        Assert.Equal("old", File.ReadAllText(path));
        File.SetAttributes(path, FileAttributes.Normal);
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void What_the_superuser_may_write_stays_protected_from_others()
    {
        Assert.SkipUnless(Small.MayWriteAll, "It takes the superuser.");
        if (OperatingSystem.IsWindows()) return;
        var path = Written("n.txt", "old");
        File.SetUnixFileMode(path, UnixFileMode.UserRead);
        WholeFile.Write(path, "new");
        Assert.Equal((UnixFileMode.UserRead, "new"), (File.GetUnixFileMode(path), File.ReadAllText(path)));
    }

    [Fact]
    public void A_folder_of_that_name_and_a_folder_that_is_not_there_are_refused_in_one_sentence()
    {
        Assert.Equal($"{folder.Path} cannot be written: it is a folder.",
            Refused(() => WholeFile.Write(folder.Path, "x")));
        var nowhere = folder.File("no/n.txt");
        Assert.StartsWith($"{nowhere} cannot be written: ", Refused(() => WholeFile.CheckWritable(nowhere)));
    }

    [Fact]
    public void A_write_that_fails_half_way_leaves_the_old_file_and_nothing_beside_it()
    {
        var path = Written("n.txt", "old");
        Assert.Throws<IOException>(() => WholeFile.Write(path, stream =>
        {
            stream.Write(new byte[100_000]);
            throw new IOException("No space left on device");
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Files_of_others_that_look_temporary_are_not_touched_and_the_longest_name_can_be_written()
    {
        string[] others = [.. new[] { "n.txt.tmp", "n.txt.part", ".n.txt", "n.txt~" }.Select(name =>
            Written(name, "mine"))];
        WholeFile.Write(folder.File("n.txt"), "new");
        Assert.All(others, other => Assert.Equal("mine", File.ReadAllText(other)));
        WholeFile.Write(folder.File(new string('n', 255)), "new");
        Assert.Equal(others.Length + 2, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void What_a_killed_writer_left_is_cleared_away_after_an_hour()
    {
        var (old, recent) = (Written(".lm-old.part", "torn"), Written(".lm-recent.part", "torn"));
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-2));
        WholeFile.Write(folder.File("n.txt"), "new");
        Assert.Equal((false, true), (File.Exists(old), File.Exists(recent)));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(10, true)]
    [InlineData(4096, true)]
    [InlineData(10, false)]
    public void A_file_that_is_empty_or_begins_with_zeros_is_blank(int zeros, bool blank)
    {
        File.WriteAllBytes(folder.File("n.txt"), [.. new byte[zeros], .. blank ? ""u8 : "text"u8]);
        Assert.Equal(blank, WholeFile.IsBlank(folder.File("n.txt")));
    }
}
