using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using LmNotebooks.Records;
using static TorchSharp.torch;

namespace LmNotebooks.Tests.Records;

public sealed class SafeTensorsTests : IDisposable
{
    private static readonly ScalarType[] Types = [ScalarType.Float32, ScalarType.Float64, ScalarType.Int64, ScalarType.Byte];
    private static readonly Dictionary<string, string> None = [];

    private readonly Small.Folder folder = new();

    public void Dispose() => folder.Dispose();

    private string Path => folder.File("a.safetensors");

    /// <summary>Any bytes as numbers: also those that are none, and both zeros.</summary>
    private static Tensor Random(ScalarType type, long[] shape, Random random)
    {
        var t = empty(shape, type);
        if (t.numel() > 0) random.NextBytes(t.bytes);
        return t;
    }

    private static byte[] Bytes(Tensor t) => t.numel() == 0 ? [] : t.contiguous().bytes.ToArray();

    private sealed record Named(string Name, ScalarType Type, long[] Shape);

    private static Gen<Named[]> Files =>
        from names in Gen.ArrayOf(ArbMap.Default.GeneratorFor<string>())
        from tensors in Gen.CollectToArray(names.Where(n => n is not null && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(n)) == n).Distinct(), name =>
            from type in Gen.Elements(Types)
            from shape in Gen.ArrayOf(Gen.Choose(0, 4).Select(n => (long)n), 3).SelectMany(s => Gen.Choose(0, 3).Select(dims => s[..dims]))
            select new Named(name, type, shape))
        select tensors;

    [Property]
    public Property What_is_written_is_read() => Prop.ForAll(Files.ToArbitrary(), (Named[] file) =>
    {
        var random = new Random(file.Length);
        var tensors = file.ToDictionary(f => f.Name, f => Random(f.Type, f.Shape, random));
        var metadata = file.ToDictionary(f => f.Name, f => f.Name);
        SafeTensors.Write(Path, tensors, metadata);
        using var read = new SafeTensors(Path);
        Assert.Equal(metadata, read.Metadata);
        Assert.Equal(tensors.Keys.Order(), read.Entries.Keys.Order());
        foreach (var (name, t) in tensors)
        {
            var again = read.Read(name);
            Assert.Equal((t.dtype, string.Join(',', t.shape)), (again.dtype, string.Join(',', again.shape)));
            Assert.Equal(Bytes(t), Bytes(again));
        }
        Assert.Equal([Path], Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!));
    });

    [Fact]
    public void A_transposed_tensor_is_written_as_it_reads_and_can_be_read_into()
    {
        var t = arange(6, ScalarType.Float32).view(2, 3).t();
        SafeTensors.Write(Path, new Dictionary<string, Tensor> { ["t"] = t }, None);
        using var file = new SafeTensors(Path);
        Assert.Equal([0f, 3, 1, 4, 2, 5], file.Read("t").data<float>().ToArray());
        var into = zeros(2, 3).t();
        file.Read("t", into);
        Assert.True(into.equal(t).all().item<bool>());
    }

    [Fact]
    public void A_tensor_of_many_elements_is_written_and_read_in_parts()
    {
        var t = Random(ScalarType.Byte, [(1 << 24) + 3], new Random(1));
        SafeTensors.Write(Path, new Dictionary<string, Tensor> { ["first"] = ones(1), ["t"] = t }, None);
        using var file = new SafeTensors(Path);
        Assert.True(Bytes(t).AsSpan().SequenceEqual(Bytes(file.Read("t"))));
    }

    private const string Reader = """
        import json, struct, sys
        b = open(sys.argv[1], 'rb').read()
        n, = struct.unpack('<Q', b[:8])
        header, data = json.loads(b[8:8 + n]), b[8 + n:]
        assert (8 + n) % 8 == 0
        codes = {'F32': 'f', 'F64': 'd', 'I64': 'q', 'U8': 'B'}
        print(header.pop('__metadata__')['who'])
        for name, t in sorted(header.items()):
            (begin, end), code = t['data_offsets'], codes[t['dtype']]
            print(name, t['shape'], list(struct.unpack('<%d%s' % ((end - begin) // struct.calcsize(code), code), data[begin:end])))
        """;

    private const string Writer = """
        import json, struct, sys
        header = json.dumps({'b': {'dtype': 'I64', 'shape': [2], 'data_offsets': [4, 20]}, 'a': {'shape': [], 'data_offsets': [0, 4], 'dtype': 'F32'}})
        data = struct.pack('<fqq', 0.5, -1, 2**40)
        open(sys.argv[1], 'wb').write(struct.pack('<Q', len(header)) + header.encode() + data)
        """;

    private async Task<string> Python(string code)
    {
        var python = Clients.Find("python3", "/usr/bin");
        using var process = Process.Start(new ProcessStartInfo(python, ["-c", code, Path]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, ""), (process.ExitCode, await error));
        return output.ReplaceLineEndings("\n");
    }

    [Fact]
    public async Task Python_reads_what_is_written_here()
    {
        SafeTensors.Write(Path, new Dictionary<string, Tensor>
        {
            ["byte"] = tensor(new byte[] { 1, 255 }), ["double"] = tensor(new[] { 0.1 }), ["empty"] = empty(0, 3),
            ["float"] = tensor(new[,] { { 0.5f }, { -2f } }), ["long"] = tensor(1L << 40),
        }, new Dictionary<string, string> { ["who"] = "lm" });
        Assert.Equal("lm\nbyte [2] [1, 255]\ndouble [1] [0.1]\nempty [0, 3] []\nfloat [2, 1] [0.5, -2.0]\nlong [] [1099511627776]\n", await Python(Reader));
    }

    [Fact]
    public async Task What_Python_writes_is_read_here()
    {
        await Python(Writer);
        using var file = new SafeTensors(Path);
        Assert.Empty(file.Metadata);
        Assert.Equal(0.5f, file.Read("a").item<float>());
        Assert.Equal([-1L, 1L << 40], file.Read("b").data<long>().ToArray());
    }

    private string Refused(string header, int data, long? length = null)
    {
        var bytes = Encoding.UTF8.GetBytes(header);
        File.WriteAllBytes(Path, [.. BitConverter.GetBytes(length ?? bytes.Length), .. bytes, .. new byte[data]]);
        var message = Assert.Throws<InvalidDataException>(() => new SafeTensors(Path)).Message;
        Assert.Contains("a.safetensors", message);
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private static string Entry(string name, int begin, int end, string shape = "1", string dtype = "F32") =>
        $$"""{{name}}:{"dtype":"{{dtype}}","shape":[{{shape}}],"data_offsets":[{{begin}},{{end}}]}""";

    [Theory]
    [InlineData("header is not", "{ ", 0)]
    [InlineData("does not begin with '{'", " {}", 0)]
    [InlineData("header is not", "{}x", 0)]
    [InlineData("header is not", """{"a":null}""", 0)]
    [InlineData("header is not", """{"__metadata__":null}""", 0)]
    [InlineData("header is not", """{"__metadata__":{"a":1}}""", 0)]
    [InlineData("header is not", """{"__metadata__":{"a":null}}""", 0)]
    [InlineData("header is not", """{"__metadata__":{"a":"1","a":"2"}}""", 0)]
    [InlineData("header is not", """{"a":{"dtype":"F32","shape":[0]}}""", 0)]
    [InlineData("header is not", """{"a":{"dtype":"F32","shape":null,"data_offsets":[0,0]}}""", 0)]
    [InlineData("header is not", """{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0],"more":1}}""", 0)]
    [InlineData("header is not", """{"a":{"dtype":"F32","shape":[0.5],"data_offsets":[0,0]}}""", 0)]
    [InlineData("has [0]", """{"a":{"dtype":"F32","shape":[0],"data_offsets":[0]}}""", 0)]
    [InlineData("follow its header", "{}", 1)]
    public void A_header_that_is_not_as_the_format_wants_it_is_refused(string words, string header, int data) => Assert.Contains(words, Refused(header, data));

    [Fact]
    public void Places_that_overlap_leave_a_gap_or_lie_outside_are_refused()
    {
        string Of(int data, params string[] entries) => Refused($"{{{string.Join(',', entries)}}}", data);
        Assert.Contains("'b' should have 4 bytes from 4 on, and has [2, 6]", Of(6, Entry("\"a\"", 0, 4), Entry("\"b\"", 2, 6)));
        Assert.Contains("'b' should have 4 bytes from 4 on, and has [0, 4]", Of(4, Entry("\"a\"", 0, 4), Entry("\"b\"", 0, 4)));
        Assert.Contains("'b' should have 4 bytes from 4 on, and has [5, 9]", Of(9, Entry("\"a\"", 0, 4), Entry("\"b\"", 5, 9)));
        Assert.Contains("has [0, 8]", Of(8, Entry("\"a\"", 0, 8)));
        Assert.Contains("has [-4, 0]", Of(0, Entry("\"a\"", -4, 0)));
        Assert.Contains("take 4 bytes, and 3 follow", Of(3, Entry("\"a\"", 0, 4)));
        Assert.Contains("take 4 bytes, and 5 follow", Of(5, Entry("\"a\"", 0, 4)));
        Assert.Contains("negative", Of(4, Entry("\"a\"", 0, 4, "-1, -1")));
        Assert.Contains("header is not", Of(4, Entry("\"a\"", 0, 4, "4611686018427387904, 4611686018427387904")));
        Assert.Contains("header is not", Of(4, Entry("\"a\"", 0, 4), Entry("\"a\"", 0, 4)));
        Assert.Contains("header is not", Of(4, Entry("\"a\"", 0, 4), Entry("\"\\u0061\"", 0, 4)));
        Assert.Contains("the type F8", Of(4, Entry("\"a\"", 0, 4, dtype: "F8")));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100_000_001)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void A_header_of_an_impossible_length_is_refused(long length) => Assert.Contains("length of its header", Refused("{}", 0, length));

    [Fact]
    public void A_file_that_is_cut_off_anywhere_is_refused()
    {
        SafeTensors.Write(Path, new Dictionary<string, Tensor> { ["a"] = ones(3), ["b"] = ones(2, 2) }, new Dictionary<string, string> { ["who"] = "lm" });
        var whole = File.ReadAllBytes(Path);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(Path, whole[..length]);
            Assert.Throws<InvalidDataException>(() => new SafeTensors(Path));
        }
    }

    private const string Telling = "0123456789{}[],:\"\\ue-";   // characters that mean something in a header

    [Fact]
    public void Damage_anywhere_is_refused_or_is_read_and_nothing_else()
    {
        SafeTensors.Write(Path, new Dictionary<string, Tensor> { ["a"] = ones(3), ["bé"] = ones(2, 2) }, new Dictionary<string, string> { ["who"] = "lm" });
        var whole = File.ReadAllBytes(Path);
        var random = new Random(1);
        var refused = 0;
        for (var i = 0; i < 5000; i++)
        {
            var bytes = whole.ToArray();
            for (var n = random.Next(1, 4); n > 0; n--)
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)Telling[random.Next(Telling.Length)];
            File.WriteAllBytes(Path, bytes);
            try
            {
                using var file = new SafeTensors(Path);
                foreach (var name in file.Entries.Keys) file.Read(name);
            }
            catch (InvalidDataException) { refused++; }
        }
        Assert.InRange(refused, 1000, 5000);
    }

    [Fact]
    public void Reading_into_another_type_or_shape_is_refused_with_both()
    {
        SafeTensors.Write(Path, new Dictionary<string, Tensor> { ["a"] = ones(3) }, None);
        using var file = new SafeTensors(Path);
        string Refused(string name, Tensor into) => Assert.Throws<InvalidDataException>(() => file.Read(name, into)).Message;
        Assert.Contains("is Float32 [3], and Float32 [4] was expected", Refused("a", ones(4)));
        Assert.Contains("is Float32 [3], and Float64 [3] was expected", Refused("a", ones(3, float64)));
        Assert.Contains("no tensor 'b'", Refused("b", ones(3)));
    }

    [Fact]
    public void What_cannot_be_written_is_refused_and_the_older_file_stays()
    {
        SafeTensors.Write(Path, new Dictionary<string, Tensor> { ["a"] = ones(3) }, None);
        string Refused(string name, Tensor t) =>
            Assert.Throws<ArgumentException>(() => SafeTensors.Write(Path, new Dictionary<string, Tensor> { [name] = t }, None)).Message;
        Assert.Contains("'a' is Bool", Refused("a", ones(3, ScalarType.Bool)));
        Assert.Contains("cannot be called __metadata__", Refused("__metadata__", ones(3)));
        using var file = new SafeTensors(Path);
        Assert.Equal([3L], file.Entries["a"].Shape);
        var nowhere = folder.File(System.IO.Path.Combine("no", "folder", "a.safetensors"));
        Assert.Contains("cannot be written", Assert.Throws<IOException>(() => SafeTensors.Write(nowhere, new Dictionary<string, Tensor>(), None)).Message);
    }
}
