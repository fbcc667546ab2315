using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace LmNotebooks.Kernel.Jupyter;

/// <summary>One connected ZeroMQ peer: the listening side of ZMTP 3.0 without encryption (rfc.zeromq.org/spec/23). Each
/// peer has a thread that reads and a thread that writes: nothing here waits for the thread pool, which a cell may
/// fill, nor for a peer that does not read.</summary>
/// <remarks>Why not NetMQ: its version 4.0.4 ends the process where a peer introduces itself wrongly, stalls on the
/// first half of a message, and, outside of Windows, hears nothing while cells fill the thread pool. The tests use it
/// as a client.</remarks>
internal sealed class Peer
{
    private const int MostBytes = 1 << 26, MostFrames = 1000, HeadBytes = 9;
    private const byte More = 1, Long = 2, Command = 4;
    private static readonly TimeSpan Handshake = TimeSpan.FromSeconds(30), LastWrites = TimeSpan.FromSeconds(1);
    private static readonly byte[] Greeting = [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 0, .. "NULL"u8, .. new byte[48]];

    private readonly Socket socket;
    private readonly BufferedStream input;
    private readonly BlockingCollection<byte[]> outbox = [];
    private readonly Thread writer;

    private Peer(Socket socket)
    {
        this.socket = socket;
        input = new BufferedStream(new NetworkStream(socket));
        writer = Background.Run("writer", WriteAll);
    }

    /// <summary>The routing id: its own choice, or one that nobody chooses, since theirs do not begin with 0.</summary>
    public byte[] Identity { get; private set; } = [0, .. Guid.NewGuid().ToByteArray()];

    /// <summary>What a subscriber wants. Replaced as a whole: other threads read it.</summary>
    public byte[][] Topics { get; set; } = [];

    /// <summary>Shakes hands.</summary>
    /// <param name="type">What this side is, and, in <paramref name="expected"/>, what the other may be.</param>
    /// <returns>The peer; null if it went away before it had said a word, as programs do that only test whether a port
    /// is open.</returns>
    /// <exception cref="InvalidDataException">What it says is not ZMTP 3, or not all that it has to say; the rest of a
    /// sentence.</exception>
    public static Peer? Accept(Socket socket, string type, IReadOnlyList<string> expected)
    {
        socket.NoDelay = true;
        socket.ReceiveTimeout = (int)Handshake.TotalMilliseconds;
        var peer = new Peer(socket);
        try
        {
            peer.Queue(Greeting);
            var first = peer.FirstByte();
            if (first < 0) return peer.Gone();
            var rest = peer.Read(Greeting.Length - 1);
            if (first != 0xFF || (rest[8] & 1) == 0 || rest[9] < 3 || !rest.AsSpan(11, 20).TrimEnd((byte)0)
                .SequenceEqual("NULL"u8))
                throw new InvalidDataException("it does not speak ZMTP 3 without encryption");
            byte[] ready = [.. "\u0005READY\u000bSocket-Type"u8, 0, 0, 0, (byte)type.Length,
                .. Encoding.ASCII.GetBytes(type)];
            peer.Queue([Command, (byte)ready.Length, .. ready]);
            peer.Greeted(peer.ReadFrame(out var flags), flags, expected);
            socket.ReceiveTimeout = 0;
            return peer;
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            peer.Close();
            throw e as InvalidDataException
                ?? new InvalidDataException("it hung up or fell silent before it had introduced itself", e);
        }
    }

    /// <returns>The frames of the next message.</returns>
    /// <exception cref="InvalidDataException">No message of ours can look like this.</exception>
    /// <exception cref="IOException">The peer has gone.</exception>
    public List<byte[]> Receive()
    {
        var frames = new List<byte[]>();
        for (var bytes = 0L; ;)
        {
            var frame = ReadFrame(out var flags);
            if ((flags & Command) != 0) continue; // heartbeats and the like: ZMTP 3.0 has none that need an answer
            frames.Add(frame);
            bytes += frame.Length;
            if (bytes > MostBytes || frames.Count > MostFrames)
                throw new InvalidDataException("its message is too large");
            if ((flags & More) == 0) return frames;
        }
    }

    /// <summary>Queues a message without limit and without waiting.</summary>
    /// <returns>Whether the peer is still there.</returns>
    public bool Send(IReadOnlyList<byte[]> frames)
    {
        var message = new MemoryStream(frames.Sum(f => f.Length + HeadBytes));
        for (var i = 0; i < frames.Count; i++) Write(message, frames[i], i < frames.Count - 1 ? More : (byte)0);
        return Queue(message.ToArray());
    }

    /// <summary>Writes what is queued, if the peer reads it soon, and hangs up.</summary>
    public void Close()
    {
        outbox.CompleteAdding();
        writer.Join(LastWrites);
        socket.Close();
    }

    private bool Queue(byte[] bytes)
    {
        try { outbox.Add(bytes); }
        catch (InvalidOperationException) { return false; } // closed meanwhile
        return true;
    }

    private Peer? Gone()
    {
        Close();
        return null;
    }

    private int FirstByte()
    {
        try { return input.ReadByte(); }
        catch (IOException) { return -1; }
    }

    private void Greeted(ReadOnlySpan<byte> command, byte flags, IReadOnlyList<string> expected)
    {
        if ((flags & Command) == 0 || !command.StartsWith("\u0005READY"u8))
            throw new InvalidDataException("it did not say READY");
        var type = "";
        for (var rest = command[6..]; rest.Length > 0;)
        {
            var name = Take(ref rest, Take(ref rest, 1)[0]);
            var value = Take(ref rest, BinaryPrimitives.ReadUInt32BigEndian(Take(ref rest, 4)));
            if (name.SequenceEqual("Socket-Type"u8)) type = Encoding.ASCII.GetString(value);
            else if (name.SequenceEqual("Identity"u8) && value.Length > 0) Identity = value.ToArray();
        }
        if (!expected.Contains(type))
            throw new InvalidDataException($"it is not a {string.Join(" or ", expected)} socket");
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, uint length)
    {
        if (length > rest.Length) throw new InvalidDataException("its READY is cut off");
        var taken = rest[..(int)length];
        rest = rest[(int)length..];
        return taken;
    }

    private byte[] ReadFrame(out byte flags)
    {
        flags = Read(1)[0];
        if ((flags & ~(More | Long | Command)) != 0)
            throw new InvalidDataException("it sent a frame with unknown flags");
        var length = (flags & Long) != 0 ? BinaryPrimitives.ReadUInt64BigEndian(Read(8)) : Read(1)[0];
        if (length > MostBytes) throw new InvalidDataException("its message is too large");
        return Read((int)length);
    }

    private byte[] Read(int count)
    {
        var bytes = new byte[count];
        input.ReadExactly(bytes);
        return bytes;
    }

    private static void Write(MemoryStream message, byte[] frame, byte flags)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        head[0] = (byte)(flags | Long);
        BinaryPrimitives.WriteInt64BigEndian(head[1..], frame.Length);
        message.Write(head);
        message.Write(frame);
    }

    private void WriteAll()
    {
        try
        {
            foreach (var message in outbox.GetConsumingEnumerable())
                for (var sent = 0; sent < message.Length;) sent += socket.Send(message.AsSpan(sent));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            outbox.CompleteAdding(); // the reading side notices by itself
        }
    }
}
