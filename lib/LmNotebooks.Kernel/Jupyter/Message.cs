using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LmNotebooks.Kernel.Jupyter;

/// <summary>Signs messages and checks signatures, with a key that only the client and the kernel know.</summary>
internal sealed class Signature(string key)
{
    public const string Scheme = "hmac-sha256";
    private readonly byte[] key = Encoding.UTF8.GetBytes(key);

    /// <returns>In hexadecimal letters; empty where the key is.</returns>
    public byte[] Of(params IEnumerable<byte[]> parts)
    {
        if (key.Length == 0) return [];
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        foreach (var part in parts) hash.AppendData(part);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    public bool Accepts(byte[] signature, params IEnumerable<byte[]> parts) => key.Length == 0
        || CryptographicOperations.FixedTimeEquals(signature, Of(parts));
}

/// <summary>A message from a client.</summary>
/// <param name="Channel">Where it came.</param>
/// <param name="Route">The frames that lead an answer back.</param>
/// <param name="Header">As it came, byte for byte: what answers carry as their parent.</param>
/// <param name="ParentId">Id of the message that this one answers; null if it does not say.</param>
internal sealed record Request(
    RouterSocket Channel, IReadOnlyList<byte[]> Route, byte[] Header, string Type, string? ParentId,
        JsonObject Metadata, JsonObject Content)
{
    /// <summary>When it came, in ticks of <see cref="Stopwatch"/>.</summary>
    public long Received { get; } = Stopwatch.GetTimestamp();

    /// <exception cref="InvalidDataException">It is missing, or something else; one sentence.</exception>
    public string Text(string name) => Get<string>(name, null, "a text");

    public string Text(string name, string missing) => Get(name, missing, "a text");

    public bool Flag(string name, bool missing) => Get<bool?>(name, missing, "true or false")!.Value;

    public int Whole(string name, int missing) => Get<int?>(name, missing, "a whole number")!.Value;

    private T Get<T>(string name, T? missing, string what)
    {
        if (Content[name] is not { } node)
            return missing ?? throw new InvalidDataException($"The {Type} has no '{name}'.");
        try { return node.GetValue<T>(); }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"'{name}' of the {Type} is not {what}.");
        }
    }
}

/// <summary>Messages as the frames of the Jupyter protocol: route, delimiter, signature, header, parent header,
/// metadata, content.</summary>
internal sealed class MessageFormat(string key)
{
    public const string ProtocolVersion = "5.3";
    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray(), None = "{}"u8.ToArray();
    private static readonly JsonSerializerOptions Json =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly Signature signature = new(key);
    private readonly string session = Guid.NewGuid().ToString();

    /// <exception cref="InvalidDataException">It is malformed, or signed with another key; the rest of a
    /// sentence.</exception>
    public Request Decode(RouterSocket channel, IReadOnlyList<byte[]> frames)
    {
        var at = frames.TakeWhile(f => !f.AsSpan().SequenceEqual(Delimiter)).Count();
        if (frames.Count < at + 6) throw new InvalidDataException("it has too few frames");
        if (!signature.Accepts(frames[at + 1], frames.Skip(at + 2).Take(4)))
            throw new InvalidDataException("its signature is wrong");
        try
        {
            var (header, parent) = (Object(frames[at + 2]), Object(frames[at + 3]));
            var type = header["msg_type"]?.GetValue<string>()
                ?? throw new InvalidDataException("its header has no msg_type");
            var parentId = parent["msg_id"]?.GetValue<string>();
            return new Request(channel, [.. frames.Take(at)], frames[at + 2], type, parentId, Object(frames[at + 4]),
                Object(frames[at + 5]));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException("a part of it is not the JSON that it should be");
        }
    }

    /// <param name="route">Routing id, or the topic of a publication.</param>
    /// <param name="parent">Header of what this answers.</param>
    /// <param name="id">Of the new message.</param>
    public IReadOnlyList<byte[]> Encode(IReadOnlyList<byte[]> route, string type, byte[] parent, JsonObject content,
        out string id)
    {
        id = Guid.NewGuid().ToString();
        byte[][] parts =
        [
            Bytes(new JsonObject
            {
                ["msg_id"] = id, ["msg_type"] = type, ["session"] = session, ["username"] = "kernel",
                ["date"] = DateTime.UtcNow.ToString("O"), ["version"] = ProtocolVersion,
            }),
            parent, None, Bytes(content),
        ];
        return [.. route, Delimiter, signature.Of(parts), .. parts];
    }

    private static JsonObject Object(byte[] frame) =>
        JsonNode.Parse(frame, documentOptions: Strict) as JsonObject
            ?? throw new InvalidDataException("a part of it is not a JSON object");

    private static byte[] Bytes(JsonObject json) => JsonSerializer.SerializeToUtf8Bytes(json, Json);
}
