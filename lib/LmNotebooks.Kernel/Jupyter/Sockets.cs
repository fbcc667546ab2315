using System.Net;
using System.Net.Sockets;

namespace LmNotebooks.Kernel.Jupyter;

/// <summary>A listening ZeroMQ socket of the kinds that a kernel has. Whatever a peer does costs at most one line of
/// log and that peer.</summary>
internal abstract class ListeningSocket : IDisposable
{
    private readonly Socket listener;
    private readonly string name, type;
    private readonly string[] peerTypes;
    private readonly Action<string> log;
    private volatile Peer[] peers = [];
    private readonly Lock joining = new();

    /// <param name="type">What it is in ZeroMQ, and in <paramref name="peerTypes"/> what may connect.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    protected ListeningSocket(string name, IPEndPoint at, string type, string[] peerTypes, Action<string> log)
    {
        (this.name, this.type, this.peerTypes, this.log) = (name, type, peerTypes, log);
        listener = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(at);
            listener.Listen();
        }
        catch (SocketException e)
        {
            listener.Dispose();
            throw new IOException($"The kernel cannot listen on {at} for {name}: {e.Message}. Start it again from the "
                + "editor, which chooses other ports.");
        }
    }

    /// <summary>The clients that are connected, in the order in which they came.</summary>
    protected IReadOnlyList<Peer> Peers => peers;

    public void Start() => Background.Run(name, AcceptAll);

    /// <summary>Hangs up, after what is queued has been sent.</summary>
    public void Dispose()
    {
        listener.Dispose();
        foreach (var peer in peers) peer.Close();
    }

    /// <summary>A message came. Called on the thread of that peer.</summary>
    protected abstract void Received(Peer peer, List<byte[]> frames);

    private void AcceptAll()
    {
        while (true)
        {
            try
            {
                var connection = listener.Accept();
                Background.Run(name, () => Serve(connection));
            }
            catch (SocketException) { } // that one hung up at once
            catch (ObjectDisposedException) { return; }
        }
    }

    private void Serve(Socket connection)
    {
        Peer? peer = null;
        try
        {
            peer = Peer.Accept(connection, type, peerTypes);
            if (peer is null) return;
            lock (joining) peers = [.. peers, peer];
            while (true) Received(peer, peer.Receive());
        }
        // it hung up, or we did
        catch (Exception e) when (peer is not null && e is IOException or ObjectDisposedException) { }
        catch (Exception e)
        {
            log($"{name}: a connection was closed: {e.Message}");
        }
        finally
        {
            lock (joining) peers = [.. peers.Where(p => p != peer)];
            peer?.Close();
        }
    }
}

/// <summary>ZeroMQ's ROUTER: knows its peers by their routing ids, so that an answer finds a client that has connected
/// anew.</summary>
internal sealed class RouterSocket(string name, IPEndPoint at, Action<List<byte[]>> received, Action<string> log)
    : ListeningSocket(name, at, "ROUTER", ["DEALER", "REQ", "ROUTER"], log)
{
    /// <param name="frames">The first is the routing id.</param>
    /// <returns>Whether there is such a peer.</returns>
    public bool Send(IReadOnlyList<byte[]> frames) =>
        Peers.LastOrDefault(p => p.Identity.AsSpan().SequenceEqual(frames[0])) is { } peer
            && peer.Send([.. frames.Skip(1)]);

    protected override void Received(Peer peer, List<byte[]> frames) => received([peer.Identity, .. frames]);
}

/// <summary>ZeroMQ's PUB, without a limit on what waits for a slow subscriber.</summary>
internal sealed class PublisherSocket(string name, IPEndPoint at, Action<string> log)
    : ListeningSocket(name, at, "PUB", ["SUB", "XSUB"], log)
{
    /// <param name="frames">The first is the topic.</param>
    public void Send(IReadOnlyList<byte[]> frames)
    {
        foreach (var peer in Peers.Where(p => p.Topics.Any(t => frames[0].AsSpan().StartsWith(t)))) peer.Send(frames);
    }

    /// <summary>A subscriber says which topics it wants, and does not want any more, by the beginnings of their
    /// names.</summary>
    protected override void Received(Peer peer, List<byte[]> frames)
    {
        if (frames[0] is [1, .. var wanted]) peer.Topics = [.. peer.Topics, wanted];
        else if (frames[0] is [0, .. var unwanted]
            && peer.Topics.FirstOrDefault(t => t.AsSpan().SequenceEqual(unwanted)) is { } one)
            peer.Topics = [.. peer.Topics.Where(t => t != one)];
    }
}

/// <summary>The heartbeat: ZeroMQ's REP, which answers with what it is sent.</summary>
internal sealed class EchoSocket(string name, IPEndPoint at, Action<string> log)
    : ListeningSocket(name, at, "REP", ["REQ", "DEALER"], log)
{
    protected override void Received(Peer peer, List<byte[]> frames) => peer.Send(frames);
}

/// <summary>Threads of the kernel's own, which do not keep the process alive.</summary>
internal static class Background
{
    public static Thread Run(string name, Action body)
    {
        var thread = new Thread(() => body()) { IsBackground = true, Name = $"Jupyter {name}" };
        thread.UnsafeStart();
        return thread;
    }
}
