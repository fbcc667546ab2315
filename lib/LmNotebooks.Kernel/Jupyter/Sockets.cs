using System.Net;
using System.Net.Sockets;

namespace LmNotebooks.Kernel.Jupyter;

/// <summary>A listening ZeroMQ socket of the kinds that a kernel has. Whatever a peer does costs at most one line of log and that peer.</summary>
internal abstract class ListeningSocket : IDisposable
{
    private readonly Socket listener;
    private readonly string name, type;
    private readonly string[] peerTypes;
    private readonly Action<string> log;
    private readonly HashSet<Peer> peers = [];
    private readonly Lock gate = new();

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
            throw new IOException($"The kernel cannot listen on {at} for {name}: {e.Message}.");
        }
    }

    public void Start() => Background.Run(name, AcceptAll);

    /// <summary>Hangs up, after what is queued has been sent.</summary>
    public virtual void Dispose()
    {
        listener.Dispose();
        lock (gate) foreach (var peer in peers) peer.Close();
    }

    /// <summary>A message came. Called on the thread of that peer.</summary>
    protected abstract void Received(Peer peer, List<byte[]> frames);

    protected virtual void Joined(Peer peer) { }

    protected virtual void Left(Peer peer) { }

    private void AcceptAll()
    {
        while (true)
        {
            try
            {
                var connection = listener.Accept();
                Background.Run(name, () => Serve(connection));
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted or SocketError.Interrupted or SocketError.InvalidArgument })
            {
                return; // disposed
            }
            catch (SocketException) { } // that peer hung up at once
        }
    }

    private void Serve(Socket connection)
    {
        Peer? peer = null;
        try
        {
            peer = Peer.Accept(connection, type, peerTypes);
            if (peer is null) return;
            lock (gate) peers.Add(peer);
            Joined(peer);
            while (true) Received(peer, peer.Receive());
        }
        catch (Exception e) when (peer is not null && e is IOException or ObjectDisposedException or SocketException) { } // it hung up
        catch (Exception e)
        {
            log($"{name}: a connection was closed: {e.Message}");
        }
        finally
        {
            if (peer is not null)
            {
                lock (gate) peers.Remove(peer);
                Left(peer);
                peer.Close();
            }
        }
    }
}

/// <summary>ZeroMQ's ROUTER: knows its peers by their routing ids, so that an answer finds a client that has connected anew.</summary>
internal sealed class RouterSocket(string name, IPEndPoint at, Action<List<byte[]>> received, Action<string> log)
    : ListeningSocket(name, at, "ROUTER", ["DEALER", "REQ", "ROUTER"], log)
{
    private readonly Dictionary<string, Peer> byIdentity = [];
    private readonly Dictionary<Peer, byte[]> identities = [];
    private readonly Lock gate = new();
    private int unnamed;

    /// <param name="frames">The first is the routing id.</param>
    /// <returns>Whether there is such a peer.</returns>
    public bool Send(IReadOnlyList<byte[]> frames)
    {
        lock (gate) return byIdentity.TryGetValue(Convert.ToHexString(frames[0]), out var peer) && peer.Send([.. frames.Skip(1)]);
    }

    protected override void Received(Peer peer, List<byte[]> frames)
    {
        lock (gate) frames.Insert(0, identities[peer]);
        received(frames);
    }

    protected override void Joined(Peer peer)
    {
        lock (gate)
        {
            var identity = peer.Identity.Length > 0 ? peer.Identity : [0, .. BitConverter.GetBytes(++unnamed)]; // ids that peers choose do not begin with 0
            identities[peer] = identity;
            byIdentity[Convert.ToHexString(identity)] = peer;
        }
    }

    protected override void Left(Peer peer)
    {
        lock (gate)
        {
            if (!identities.Remove(peer, out var identity)) return;
            var key = Convert.ToHexString(identity);
            if (byIdentity.GetValueOrDefault(key) == peer) byIdentity.Remove(key);
        }
    }
}

/// <summary>ZeroMQ's PUB, without a limit on what waits for a slow subscriber.</summary>
internal sealed class PublisherSocket(string name, IPEndPoint at, Action<string> log) : ListeningSocket(name, at, "PUB", ["SUB", "XSUB"], log)
{
    private readonly Dictionary<Peer, List<byte[]>> subscriptions = [];
    private readonly Lock gate = new();

    /// <param name="frames">The first is the topic.</param>
    public void Send(IReadOnlyList<byte[]> frames)
    {
        lock (gate)
            foreach (var (peer, topics) in subscriptions)
                if (topics.Any(t => frames[0].AsSpan().StartsWith(t))) peer.Send(frames);
    }

    protected override void Received(Peer peer, List<byte[]> frames)
    {
        if (frames[0] is not [var verb and (0 or 1), .. var topic]) return;
        lock (gate)
        {
            if (verb == 1) subscriptions[peer].Add(topic);
            else if (subscriptions[peer].FindIndex(t => t.AsSpan().SequenceEqual(topic)) is var at and >= 0) subscriptions[peer].RemoveAt(at);
        }
    }

    protected override void Joined(Peer peer)
    {
        lock (gate) subscriptions[peer] = [];
    }

    protected override void Left(Peer peer)
    {
        lock (gate) subscriptions.Remove(peer);
    }
}

/// <summary>The heartbeat: ZeroMQ's REP, which answers with what it is sent.</summary>
internal sealed class EchoSocket(string name, IPEndPoint at, Action<string> log) : ListeningSocket(name, at, "REP", ["REQ", "DEALER"], log)
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
