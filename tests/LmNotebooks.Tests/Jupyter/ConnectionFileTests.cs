using System.Text.Json.Nodes;
using LmNotebooks.Kernel.Jupyter;

namespace LmNotebooks.Tests.Jupyter;

public sealed class ConnectionFileTests : IDisposable
{
    private readonly Small.Folder folder = new();
    private string Path => folder.File("c.json");

    public void Dispose() => folder.Dispose();

    private static JsonObject Whole => new()
    {
        ["ip"] = "127.0.0.1", ["transport"] = "tcp", ["shell_port"] = 1, ["iopub_port"] = 2, ["stdin_port"] = 3,
            ["control_port"] = 4, ["hb_port"] = 65535,
        ["key"] = "k", ["signature_scheme"] = "hmac-sha256", ["kernel_name"] = "x",
    };

    private ConnectionFile Read(string text)
    {
        File.WriteAllText(Path, text);
        return ConnectionFile.Read(Path);
    }

    [Fact]
    public void All_that_it_says_is_read() =>
        Assert.Equal(new ConnectionFile("127.0.0.1", "tcp", 1, 4, 2, 3, 65535, "k", "hmac-sha256"),
        Read(Whole.ToJsonString()));

    [Fact]
    public void Without_an_address_a_kernel_listens_on_this_machine_only()
    {
        var json = Whole;
        foreach (var name in new[] { "ip", "transport", "signature_scheme" }) json.Remove(name);
        Assert.Equal(new ConnectionFile("127.0.0.1", "tcp", 1, 4, 2, 3, 65535, "k", "hmac-sha256"),
            Read(json.ToJsonString()));
    }

    [Theory]
    [InlineData("shell_port", "0", "'shell_port' is not a port from 1 to 65535.")]
    [InlineData("hb_port", "65536", "'hb_port' is not a port from 1 to 65535.")]
    [InlineData("iopub_port", "\"2\"", "'iopub_port' is not a port from 1 to 65535.")]
    [InlineData("stdin_port", "2.5", "'stdin_port' is not a port from 1 to 65535.")]
    [InlineData("control_port", null, "'control_port' is not a port from 1 to 65535.")]
    [InlineData("key", "7", "'key' is not a text.")]
    [InlineData("key", null, "'key' is missing.")]
    [InlineData("ip", "null", "'ip' is not a text.")]
    [InlineData("ip", "\"everywhere\"", "'ip' is 'everywhere', and not an address such as 127.0.0.1.")]
    [InlineData("transport", "\"ipc\"", "'transport' is 'ipc', and this kernel speaks only tcp.")]
    [InlineData("signature_scheme", "\"hmac-md5\"",
        "'signature_scheme' is 'hmac-md5', and this kernel signs only with hmac-sha256.")]
    public void A_field_that_is_wrong_is_named(string name, string? value, string sentence)
    {
        var json = Whole;
        if (value is null) json.Remove(name);
        else json[name] = JsonNode.Parse(value);
        Assert.Equal($"{Path} is not a connection file: {sentence}",
            Assert.Throws<InvalidDataException>(() => Read(json.ToJsonString())).Message);
    }

    [Theory]
    [InlineData("", "it is not valid JSON."), InlineData("{", "it is not valid JSON."),
        InlineData("[]", "it is not a JSON object."), InlineData("\"\\ud800\"", "it is not a JSON object.")]
    [InlineData("{\"ip\": \"\\ud800\"}", "it is not valid JSON.")]
    public void What_is_no_connection_file_is_refused(string text, string sentence) =>
        Assert.Equal($"{Path} is not a connection file: {sentence}",
            Assert.Throws<InvalidDataException>(() => Read(text)).Message);

    [Fact]
    public void A_missing_file_and_a_folder_are_refused_with_their_names()
    {
        Assert.Contains(Path, Assert.Throws<FileNotFoundException>(() => ConnectionFile.Read(Path)).Message);
        Assert.Contains(folder.Path, Assert.ThrowsAny<SystemException>(() => ConnectionFile.Read(folder.Path)).Message);
    }
}
