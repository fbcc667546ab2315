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
    private static readonly ScalarType[] Types =
    [
        ScalarType.Float64, ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Int64,
        ScalarType.Int32, ScalarType.Int16, ScalarType.Int8, ScalarType.Byte, ScalarType.Bool,
    ];
    private static readonly Dictionary<string, string> None = [];

    private readonly Small.Folder folder = new();

    public void Dispose() => folder.Dispose();

    private string Path => folder.File("a.safetensors");

    /// <summary>Any bytes as numbers: also those that are none, and both zeros.</summary>
    private static Tensor Random(ScalarType type, long[] shape, Random random)
    {
        var t = empty(shape, type);
        if (t.numel() > 0) random.NextBytes(t.bytes);
        if (type == ScalarType.Bool)
            foreach (ref var b in t.bytes) b &= 1;
        return t;
    }

    private static byte[] Bytes(Tensor t) => t.numel() == 0 ? [] : t.contiguous().bytes.ToArray();

    private sealed record Named(string Name, ScalarType Type, long[] Shape);

    private static Gen<Named[]> Files =>
        from names in Gen.ArrayOf(ArbMap.Default.GeneratorFor<string>())
        from tensors in Gen.CollectToArray(names.Where(n => n is not null
            && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(n)) == n).Distinct(), name =>
            from type in Gen.Elements(Types)
            from shape in Gen.ArrayOf(Gen.Choose(0, 4).Select(n => (long)n), 3)
                .SelectMany(s => Gen.Choose(0, 3).Select(dims => s[..dims]))
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
        codes = {'F32': 'f', 'F64': 'd', 'I64': 'q', 'U8': 'B', 'F16': 'e', 'BOOL': '?', 'I16': 'h'}
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
        using var process = Process.Start(new ProcessStartInfo(python,
            ["-c", code, Path]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
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
            ["bool"] = tensor(new[] { true, false }), ["half"] = tensor(new[] { 0.5f }).half(),
            ["byte"] = tensor(new byte[] { 1, 255 }), ["short"] = tensor(new short[] { -2 }),
                ["double"] = tensor(new[] { 0.1 }), ["empty"] = empty(0, 3),
            ["float"] = tensor(new[,] { { 0.5f }, { -2f } }), ["long"] = tensor(1L << 40),
        }, new Dictionary<string, string> { ["who"] = "lm" });
        Assert.Equal("lm\nbool [2] [True, False]\nbyte [2] [1, 255]\ndouble [1] [0.1]\nempty [0, 3] []\n"
            + "float [2, 1] [0.5, -2.0]\nhalf [1] [0.5]\nlong [] [1099511627776]\nshort [1] [-2]\n",
                await Python(Reader));
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
    public void A_header_that_is_not_as_the_format_wants_it_is_refused(string words, string header, int data) =>
        Assert.Contains(words, Refused(header, data));

    /// <summary>A file of one tensor of this type with this data.</summary>
    private SafeTensors Of(string dtype, byte[] data, string shape)
    {
        var header = Encoding.UTF8.GetBytes($"{{{Entry("\"a\"", 0, data.Length, shape, dtype)}}}");
        File.WriteAllBytes(Path, [.. BitConverter.GetBytes((long)header.Length), .. header, .. data]);
        return new SafeTensors(Path);
    }

    [Theory]
    [InlineData("F16")]
    [InlineData("BF16")]
    public void A_float_of_16_bits_is_read_as_it_is_and_into_a_wider_one_without_a_loss(string dtype)
    {
        ushort[] bits = [.. Enumerable.Range(0, 1 << 16).Select(i => (ushort)i)];
        var isHalf = dtype == "F16";
        float Value(ushort b) => isHalf ? (float)BitConverter.UInt16BitsToHalf(b)
            : BitConverter.Int32BitsToSingle(b << 16);
        using var file = Of(dtype, [.. bits.SelectMany(BitConverter.GetBytes)], "65536");
        using var own = file.Read("a");
        Assert.Equal(isHalf ? ScalarType.Float16 : ScalarType.BFloat16, own.dtype);
        Assert.Equal(bits.SelectMany(BitConverter.GetBytes), own.bytes.ToArray());
        using Tensor single = empty(1 << 16), wide = empty(1 << 16, float64);
        file.Read("a", single);
        file.Read("a", wide);
        Assert.Equal(bits.Select(Value), single.data<float>().ToArray());
        Assert.Equal(bits.Select(b => (double)Value(b)), wide.data<double>().ToArray());
        Assert.Contains("and Int64 [65536] was expected",
            Assert.Throws<InvalidDataException>(() => file.Read("a", empty(1 << 16, int64))).Message);
    }

    [Theory]
    [InlineData("U16")]
    [InlineData("F8_E4M3")]
    [InlineData("C64")]
    [InlineData("F4")]
    [InlineData("not known yet")]
    public void A_tensor_of_a_type_that_is_not_read_is_refused_by_its_name_and_the_others_are_read(string dtype)
    {
        var header = Encoding.UTF8.GetBytes($"{{{Entry("\"x\"", 0, 6, "3", dtype)},{Entry("\"y\"", 6, 10)}}}");
        byte[] data = [.. new byte[6], .. BitConverter.GetBytes(0.5f)];
        File.WriteAllBytes(Path, [.. BitConverter.GetBytes((long)header.Length), .. header, .. data]);
        using var file = new SafeTensors(Path);
        Assert.Equal(0.5f, file.Read("y").item<float>());
        Assert.Equal(dtype, file.Entries["x"].Dtype);
        var message = Assert.Throws<InvalidDataException>(() => file.Read("x")).Message;
        Assert.Contains($"'x' in {Path} has the type {dtype}, which is not read: save it there as one of F64, F32,",
            message);
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => file.Read("x", empty(3))).Message);
    }

    [Fact]
    public void Tensors_without_elements_scalars_and_odd_names_are_read()
    {
        var header = Encoding.UTF8.GetBytes("""
            {"/":{"dtype":"F32","shape":[0,3],"data_offsets":[0,0]},
             "a\"b\\c \u00e9 😀":{"shape":[],"dtype":"I32","data_offsets":[0,4]},
             "":{"dtype":"BOOL","shape":[1,1,0],"data_offsets":[4,4]},
             "__metadata__":{"":"","format":"pt"}}      
            """);
        File.WriteAllBytes(Path, [.. BitConverter.GetBytes((long)header.Length), .. header, 5, 0, 0, 0]);
        using var file = new SafeTensors(Path);
        Assert.Equal(5, file.Read("a\"b\\c é 😀").item<int>());
        Assert.Equal([0L, 3], file.Read("/").shape);
        Assert.Equal([1L, 1, 0], file.Read("").shape);
        Assert.Equal("pt", file.Metadata["format"]);
    }

    [Theory]
    [InlineData("0, 4611686018427387904, 4611686018427387904")]
    [InlineData("4611686018427387904, 0")]
    [InlineData("0, 9223372036854775807")]
    public void A_shape_without_elements_may_be_of_any_size_and_takes_no_memory(string shape)
    {
        try
        {
            using var file = Of("U8", [], shape);
            using var read = file.Read("a");
            Assert.Equal(0, read.numel());
        }
        catch (InvalidDataException) { }
    }

    [Fact]
    public void A_shape_of_many_dimensions_is_read_or_refused()
    {
        using var file = Of("U8", [7], string.Join(',', Enumerable.Repeat(1, 200)));
        try { Assert.Equal(7, file.Read("a").view(1).item<byte>()); }
        catch (InvalidDataException) { }
    }

    [Property(MaxTest = 300)]
    public void Arbitrary_bytes_are_refused_or_read_and_take_little_memory(byte[] bytes, byte kind)
    {
        byte[] length = (kind % 4) switch
        {
            0 => [],
            1 => BitConverter.GetBytes((long)bytes.Length),
            2 => BitConverter.GetBytes(1L << 60 | (uint)bytes.Length),
            _ => [.. BitConverter.GetBytes(bytes.Length + 1L), (byte)'{'],
        };
        File.WriteAllBytes(Path, [.. length, .. bytes]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using var file = new SafeTensors(Path);
            foreach (var name in file.Entries.Keys) file.Read(name);
        }
        catch (InvalidDataException) { }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Places_that_overlap_leave_a_gap_or_lie_outside_are_refused()
    {
        string Of(int data, params string[] entries) => Refused($"{{{string.Join(',', entries)}}}", data);
        Assert.Contains("'b' should have 4 bytes from 4 on, and has [2, 6]",
            Of(6, Entry("\"a\"", 0, 4), Entry("\"b\"", 2, 6)));
        Assert.Contains("'b' should have 4 bytes from 4 on, and has [0, 4]",
            Of(4, Entry("\"a\"", 0, 4), Entry("\"b\"", 0, 4)));
        Assert.Contains("'b' should have 4 bytes from 4 on, and has [5, 9]",
            Of(9, Entry("\"a\"", 0, 4), Entry("\"b\"", 5, 9)));
        Assert.Contains("has [0, 8]", Of(8, Entry("\"a\"", 0, 8)));
        Assert.Contains("has [-4, 0]", Of(0, Entry("\"a\"", -4, 0)));
        Assert.Contains("take 4 bytes, and 3 follow", Of(3, Entry("\"a\"", 0, 4)));
        Assert.Contains("take 4 bytes, and 5 follow", Of(5, Entry("\"a\"", 0, 4)));
        Assert.Contains("negative", Of(4, Entry("\"a\"", 0, 4, "-1, -1")));
        Assert.Contains("header is not", Of(4, Entry("\"a\"", 0, 4, "4611686018427387904, 4611686018427387904")));
        Assert.Contains("header is not", Of(4, Entry("\"a\"", 0, 4), Entry("\"a\"", 0, 4)));
        Assert.Contains("header is not", Of(4, Entry("\"a\"", 0, 4), Entry("\"\\u0061\"", 0, 4)));
        Assert.Contains("has [0, -1]", Of(0, Entry("\"a\"", 0, -1, dtype: "F8")));
        Assert.Contains("has [1, 2]", Of(2, Entry("\"a\"", 1, 2, dtype: "F8")));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100_000_001)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void A_header_of_an_impossible_length_is_refused(long length) =>
        Assert.Contains("length of its header", Refused("{}", 0, length));

    [Fact]
    public void A_file_that_is_cut_off_anywhere_is_refused()
    {
        SafeTensors.Write(Path, new Dictionary<string, Tensor> { ["a"] = ones(3), ["b"] = ones(2, 2) },
            new Dictionary<string, string> { ["who"] = "lm" });
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
        SafeTensors.Write(Path, new Dictionary<string, Tensor> { ["a"] = ones(3), ["bé"] = ones(2, 2) },
            new Dictionary<string, string> { ["who"] = "lm" });
        var whole = File.ReadAllBytes(Path);
        var random = new Random(1);
        var refused = 0;
        for (var i = 0; i < 5000; i++)
        {
            var bytes = whole.ToArray();
            for (var n = random.Next(1, 4); n > 0; n--)
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)random.Next(256)
                    : (byte)Telling[random.Next(Telling.Length)];
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
        string Refused(string name, Tensor into) => Assert.Throws<InvalidDataException>(() => file.Read(name, into))
            .Message;
        Assert.Contains("is Float32 [3], and Float32 [4] was expected", Refused("a", ones(4)));
        Assert.Contains("is Float32 [3], and Float64 [3] was expected", Refused("a", ones(3, float64)));
        Assert.Contains("no tensor 'b'", Refused("b", ones(3)));
    }

    [Fact]
    public void What_cannot_be_written_is_refused_and_the_older_file_stays()
    {
        SafeTensors.Write(Path, new Dictionary<string, Tensor> { ["a"] = ones(3) }, None);
        string Refused(string name, Tensor t) =>
            Assert.Throws<ArgumentException>(() =>
                SafeTensors.Write(Path, new Dictionary<string, Tensor> { [name] = t }, None)).Message;
        Assert.Contains("'a' is ComplexFloat32", Refused("a", ones(3, ScalarType.ComplexFloat32)));
        Assert.Contains("cannot be called __metadata__", Refused("__metadata__", ones(3)));
        using var file = new SafeTensors(Path);
        Assert.Equal([3L], file.Entries["a"].Shape);
        var nowhere = folder.File(System.IO.Path.Combine("no", "folder", "a.safetensors"));
        Assert.Contains("cannot be written", Assert.Throws<IOException>(() =>
            SafeTensors.Write(nowhere, new Dictionary<string, Tensor>(), None)).Message);
    }
}
