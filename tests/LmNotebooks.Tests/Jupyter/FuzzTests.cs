using System.Net.Sockets;
using System.Text;
using NetMQ;

namespace LmNotebooks.Tests.Jupyter;

/// <summary>Whatever is said to it, on every socket, the kernel lives and answers.</summary>
public sealed class FuzzTests : IDisposable
{
    private const int Rounds = 400;
    private static readonly byte[] Greeting = [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 0, .. "NULL"u8, .. new byte[48]];

    private readonly RunningKernel kernel = new(new StandIn());

    public void Dispose() => kernel.Dispose();

    private int[] Ports => [kernel.File.ShellPort, kernel.File.ControlPort, kernel.File.StdinPort,
        kernel.File.IoPubPort, kernel.File.HeartbeatPort];

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Bytes_that_are_no_messages(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Bytes(random);
            using var socket = new TcpClient("127.0.0.1", Ports[random.Next(Ports.Length)]);
            try
            {
                socket.GetStream().Write(bytes);
                if (random.Next(4) == 0) socket.LingerState = new LingerOption(true, 0);   // hang up with a reset
            }
            catch (IOException) { }   // the kernel has hung up already
            if (round % 50 == 0) StillThere();
        }
        StillThere();
    }

    private static byte[] Bytes(Random random)
    {
        var noise = new byte[random.Next(300)];
        random.NextBytes(noise);
        string[] types = ["DEALER", "SUB", "REQ", "PUB", "", "XXXXXXXXXXXXXXXXXXXXXXXX"];
        var type = Encoding.ASCII.GetBytes(types[random.Next(types.Length)]);
        byte[] body = [.. "\u0005READY\u000bSocket-Type"u8, 0, 0, 0, (byte)type.Length, .. type];
        byte[] ready = [4, (byte)body.Length, .. body];
        byte[] whole = [.. Greeting, .. ready, .. noise];
        switch (random.Next(6))
        {
            case 0: return noise;
            case 1: return whole[..random.Next(whole.Length + 1)];
            case 2:   // a few bytes changed
                for (var i = random.Next(1, 6); i > 0; i--) whole[random.Next(whole.Length)] = (byte)random.Next(256);
                return whole;
            case 3:   // a frame of absurd length
                return [.. Greeting, .. ready, 2, .. BitConverter.GetBytes(random.NextInt64(long.MinValue,
                    long.MaxValue)), .. noise];
            case 4:   // many frames of one message, and hang up before its end
                return [.. Greeting, .. ready, .. Enumerable.Range(0, random.Next(3000))
                    .SelectMany(_ => new byte[] { 1, 0 })];
            default: return whole;
        }
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Messages_that_are_no_requests(int seed)
    {
        var random = new Random(seed);
        using var client = new KernelClient(kernel.File, "fuzz");
        NetMQSocket[] sockets = [client.Shell, client.Control, client.Stdin];
        for (var round = 0; round < Rounds; round++)
        {
            var socket = sockets[random.Next(sockets.Length)];
            var signed = random.Next(5) > 0;
            if (random.Next(4) == 0) socket.SendMultipartBytes(Frames(random));
            else client.SendRaw(socket, Header(random), Json(random, 0), parent: random.Next(3) == 0 ? Json(random, 0)
                : "{}", signature: signed ? null : "0badc0de");
            if (round % 50 == 0) StillThere();
        }
        StillThere();
    }

    private static List<byte[]> Frames(Random random) => [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ =>
    {
        var bytes = new byte[random.Next(40)];
        random.NextBytes(bytes);
        return random.Next(3) == 0 ? "<IDS|MSG>"u8.ToArray() : bytes;
    })];

    private static string Header(Random random)
    {
        string[] types =
        [
            "execute_request", "complete_request", "inspect_request", "is_complete_request", "history_request",
                "comm_open", "comm_msg", "comm_info_request",
            "kernel_info_request", "interrupt_request", "debug_request", "input_reply", "no_such_request", "\\u0000\\n",
        ];
        var id = random.Next(4) == 0 ? Json(random, 3) : "\"i\"";
        return random.Next(5) == 0 ? Json(random, 0)
            : $$"""{"msg_id": {{id}}, "msg_type": "{{types[random.Next(types.Length)]}}"}""";
    }

    /// <summary>Objects with the names of real requests and anything as their values.</summary>
    private static string Json(Random random, int depth)
    {
        string[] names =
        [
            "code", "cursor_pos", "silent", "user_expressions", "n", "start", "stop", "session", "pattern",
                "hist_access_type", "comm_id", "value", "msg_id", "msg_type",
        ];
        string Pair(int _) => $"\"{names[random.Next(names.Length)]}\":{Json(random, depth + 1)}";
        string Object() => "{" + string.Join(',', Enumerable.Range(0, random.Next(5)).Select(Pair)) + "}";
        return depth == 0 ? random.Next(12) == 0 ? new string('[', 5000) : Object()
            : random.Next(depth > 4 ? 8 : 11) switch
        {
            0 => "null", 1 => "true", 2 => "-1", 3 => "1e400", 4 => "99999999999999999999", 5 => "\"\\ud83d\"", 6 =>
                "\"(a\"",
            7 => random.Next(30) == 0 ? "nul" : "\"*?\\\\\"",
            8 => string.Concat(Enumerable.Repeat("[", 70)) + string.Concat(Enumerable.Repeat("]", 70)), 9 =>
                $"[{Json(random, depth + 1)}]", _ => Object(),
        };
    }

    private void StillThere()
    {
        Assert.Equal("ok", kernel.Client.Ask(kernel.Client.Shell, "kernel_info_request")["status"]);
        Assert.Equal("ok", kernel.Client.Ask(kernel.Client.Control, "kernel_info_request")["status"]);
    }
}
