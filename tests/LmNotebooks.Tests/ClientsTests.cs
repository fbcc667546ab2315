namespace LmNotebooks.Tests;

public class ClientsTests
{
    [Fact]
    public void A_missing_client_skips_the_test()
    {
        // Not Assert.Throws: it lets a skip pass through, and this test would be skipped itself.
        try { Clients.Find("chromium", path: "", required: false); }
        catch (Exception e)
        {
            Assert.StartsWith("$XunitDynamicSkip$", e.Message);
            return;
        }
        Assert.Fail("The test went on.");
    }

    [Fact]
    public void A_missing_client_fails_the_test_where_clients_are_required() =>
        Assert.Contains("LM_REQUIRE_CLIENTS", Assert.Throws<Xunit.Sdk.FailException>(() =>
            Clients.Find("chromium", path: "", required: true)).Message);
}
