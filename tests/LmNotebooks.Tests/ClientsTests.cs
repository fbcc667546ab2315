using Xunit.Sdk;

namespace LmNotebooks.Tests;

public class ClientsTests
{
    [Fact]
    public void A_missing_client_skips_the_test() => Assert.IsType<SkipException>(Missing(required: false));

    [Fact]
    public void A_missing_client_fails_the_test_where_clients_are_required() => Assert.IsType<FailException>(Missing(required: true));

    [Fact]
    public void A_client_on_the_path_is_found()
    {
        var name = "lm-client-" + Guid.NewGuid().ToString("N");
        var file = Path.Combine(Path.GetTempPath(), name + (OperatingSystem.IsWindows() ? ".exe" : ""));
        File.WriteAllText(file, "");
        try
        {
            Assert.Equal(file, Clients.Find([name], Path.GetDirectoryName(file)!, required: true));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Caught here: <see cref="Record.Exception(Action)"/> lets a skip through.</summary>
    private static Exception? Missing(bool required)
    {
        try
        {
            Clients.Find(["no-such-program"], "", required);
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
