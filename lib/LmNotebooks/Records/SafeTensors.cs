using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using LmNotebooks.Files;
using static TorchSharp.torch;

namespace LmNotebooks.Records;

/// <summary>An open file of named tensors in the safetensors format (github.com/huggingface/safetensors): the length of
/// the header, 8 bytes little-endian; the header, JSON; the tensors, row-major and without gaps. Nothing in such a file
/// is ever run, and many programs read it. A tensor is read when it is asked for, straight into its memory. Where
/// libtorch lacks the types of some tensors, the others are read all the same.</summary>
internal sealed class SafeTensors : IDisposable
{
    private const long MostHeader = 100_000_000;   // the format's own limit
    private const int Chunk = 1 << 24; // elements that are staged at a time, where a tensor is not in this memory
    private const string MetadataKey = "__metadata__";
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly Dictionary<string, (ScalarType Type, int Bytes)> Types = new()
    {
        ["F64"] = (ScalarType.Float64, 8), ["F32"] = (ScalarType.Float32, 4),
        ["F16"] = (ScalarType.Float16, 2), ["BF16"] = (ScalarType.BFloat16, 2),
        ["I64"] = (ScalarType.Int64, 8), ["I32"] = (ScalarType.Int32, 4),
        ["I16"] = (ScalarType.Int16, 2), ["I8"] = (ScalarType.Int8, 1),
        ["U8"] = (ScalarType.Byte, 1), ["BOOL"] = (ScalarType.Bool, 1),
    };

    private readonly FileStream stream;
    private readonly long data;   // where the tensors begin

    /// <exception cref="InvalidDataException">It is no such file, or a broken one; one sentence.</exception>
    public SafeTensors(string path)
    {
        stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        try
        {
            var header = Header();
            data = sizeof(long) + header.Length;
            var fields = JsonSerializer.Deserialize<Dictionary<string,
                JsonElement>>(new UTF8Encoding(false, true).GetString(header), Json)!;
            if (fields.Remove(MetadataKey, out var texts)) Metadata = Field<Dictionary<string, string>>(texts);
            if (Metadata.Values.Contains(null)) throw new JsonException();
            Entries = fields.ToDictionary(f => f.Key, f => Field<TensorEntry>(f.Value));
            CheckPlaces();
        }
        catch (Exception e)
        {
            stream.Dispose();
            if (e is not (JsonException or ArgumentException or InvalidOperationException or OverflowException)) throw;
            throw Broken("its header is not as the format wants it");
        }
    }

    /// <summary>Texts that the writer added.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, TensorEntry> Entries { get; }

    /// <summary>Reads a tensor into another of the same type and shape. F16 and BF16 are also read into wider floats,
    /// which hold their numbers exactly; nothing is ever rounded.</summary>
    /// <exception cref="InvalidDataException">The file has no such tensor, or one of another type or shape; one
    /// sentence with both.</exception>
    public void Read(string name, Tensor target)
    {
        var (entry, type) = Find(name);
        var wider = type is ScalarType.Float16 or ScalarType.BFloat16
            && target.dtype is ScalarType.Float32 or ScalarType.Float64;
        if ((type != target.dtype && !wider) || !entry.Shape.SequenceEqual(target.shape))
            throw new InvalidDataException($"'{name}' in {stream.Name} is {Text(type, entry.Shape)}, and "
                + $"{Text(target.dtype, target.shape)} was expected.");
        using var off = no_grad();
        using var scope = NewDisposeScope();
        if (wider)
        {
            target.copy_(Read(name));
            return;
        }
        using var packed = target.is_contiguous() ? target.alias() : empty(target.shape, target.dtype);
        stream.Position = data + entry.DataOffsets[0];
        foreach (var part in Parts(packed))
        {
            using var staged = part.cpu();   // the part itself, where it is in this memory
            stream.ReadExactly(staged.bytes);
            part.copy_(staged);
        }
        if (!target.is_contiguous()) target.copy_(packed);
    }

    /// <summary>The tensor of that name, in this memory and of the file's type.</summary>
    /// <exception cref="InvalidDataException">The file has no such tensor, or one that libtorch cannot
    /// hold.</exception>
    public Tensor Read(string name)
    {
        var (entry, type) = Find(name);
        Tensor result;
        try { result = empty(entry.Shape, type); }
        catch (ExternalException e)
        {
            var why = e.Message.Split('\n')[0];
            var what = $"'{name}' in {stream.Name} is {Text(type, entry.Shape)}";
            throw new InvalidDataException($"{what}, which libtorch cannot hold: {why}.", e);
        }
        Read(name, result);
        return result;
    }

    public void Dispose() => stream.Dispose();

    /// <summary>Writes a file. It gets its name when it is whole and on the disk: who opens it finds the old one or the
    /// new one.</summary>
    /// <exception cref="ArgumentException">A tensor has a type that this class does not write.</exception>
    /// <exception cref="IOException">The file cannot be written; one sentence.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string,
        string> metadata)
    {
        var (fields, offset) = (new Dictionary<string, object> { [MetadataKey] = metadata }, 0L);
        foreach (var (name, t) in tensors)
        {
            var (dtype, (_, bytes)) = Types.FirstOrDefault(d => d.Value.Type == t.dtype);
            if (dtype is null)
                throw new ArgumentException($"'{name}' is {t.dtype}: only "
                + $"{string.Join(", ", Types.Values.Select(v => v.Type))} are written.");
            if (name == MetadataKey)
                throw new ArgumentException($"A tensor cannot be called {name}: the format keeps that name for "
                + "itself.");
            fields[name] = new TensorEntry(dtype, t.shape, [offset, offset += t.numel() * bytes]);
        }
        var header = JsonSerializer.SerializeToUtf8Bytes(fields, Json);
        // the tensors begin at a multiple of 8, as readers that map the file want it
        var length = (header.Length + 7) / 8 * 8;
        try
        {
            WholeFile.Write(path, file =>
            {
                var head = new byte[sizeof(long) + length];
                head.AsSpan().Fill((byte)' ');
                BinaryPrimitives.WriteInt64LittleEndian(head, length);
                header.CopyTo(head, sizeof(long));
                file.Write(head);
                foreach (var t in tensors.Values) Write(file, t);
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path} cannot be written: {e.Message.TrimEnd('.')}. Free some space or choose "
                + "another folder.", e);
        }
    }

    private (TensorEntry, ScalarType) Find(string name)
    {
        if (!Entries.TryGetValue(name, out var entry))
            throw new InvalidDataException($"{stream.Name} has no tensor '{name}'.");
        if (Types.TryGetValue(entry.Dtype, out var type)) return (entry, type.Type);
        throw new InvalidDataException($"'{name}' in {stream.Name} has the type {entry.Dtype}, which is not read: "
            + $"save it there as one of {string.Join(", ", Types.Keys)}.");
    }

    private static void Write(FileStream file, Tensor tensor)
    {
        using var off = no_grad();
        using var scope = NewDisposeScope();
        foreach (var part in Parts(tensor.contiguous()))
        {
            using var staged = part.cpu();
            file.Write(staged.bytes);
        }
    }

    private static IEnumerable<Tensor> Parts(Tensor packed)
    {
        using var flat = packed.view(-1);
        for (var begin = 0L; begin < flat.numel(); begin += Chunk)
        {
            using var part = flat.narrow(0, begin, Math.Min(Chunk, flat.numel() - begin));
            yield return part;
        }
    }

    private static T Field<T>(JsonElement field) => field.Deserialize<T>(Json) ?? throw new JsonException();

    private byte[] Header()
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        if (stream.Length < number.Length) throw Broken("it is too short");
        stream.ReadExactly(number);
        var length = BinaryPrimitives.ReadInt64LittleEndian(number);
        if (length < 2 || length > Math.Min(MostHeader, stream.Length - number.Length))
            throw Broken($"the length of its header cannot be {(ulong)length}");
        var header = new byte[length];
        stream.ReadExactly(header);
        return header[0] == '{' ? header : throw Broken("its header does not begin with '{'");
    }

    /// <summary>The tensors must follow each other without gap or overlap, and end where the file ends.</summary>
    private void CheckPlaces()
    {
        var end = 0L;
        foreach (var (name, e) in Entries.OrderBy(e => e.Value.DataOffsets.FirstOrDefault())
            .ThenBy(e => e.Value.DataOffsets.LastOrDefault()))
        {
            if (e.Shape.Any(n => n < 0)) throw Broken($"'{name}' has a negative size");
            var bytes = Types.TryGetValue(e.Dtype, out var type)
                ? e.Shape.Aggregate((long)type.Bytes, (product, n) => checked(product * n))
                : Math.Max(0, e.DataOffsets.LastOrDefault() - end);     // of unknown size: the place is believed
            if (e.DataOffsets.Length != 2 || e.DataOffsets[0] != end || e.DataOffsets[1] - end != bytes)
                throw Broken($"'{name}' should have {bytes} bytes from {end} on, and has "
                    + $"[{string.Join(", ", e.DataOffsets)}]");
            end += bytes;
        }
        if (end != stream.Length - data)
            throw Broken($"its tensors take {end} bytes, and {stream.Length - data} follow its header");
    }

    private InvalidDataException Broken(string why) => new($"{stream.Name} is not a whole safetensors file: {why}.");

    private static string Text(ScalarType type, long[] shape) => $"{type} [{string.Join(", ", shape)}]";
}
