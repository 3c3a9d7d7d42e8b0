using System.Xml.Linq;
using Avatar2D.Interop.Tests.Harness;
using Avatar2D.Interop.Tests.Postgres;
using Avatar2D.Interop.Tests.S3;

namespace Avatar2D.Interop.Tests.Provisioning;

/// <summary>Every test of Gateway.Tests that opens a store, there on SQLite and a folder, again on the servers that several nodes share.</summary>
public sealed class StoreSuiteTests
{
    private const string Tests = "Avatar2D.Gateway.Tests";

    /// <summary>They judge files, and open no store: the same again would show nothing.</summary>
    private static readonly string[] _withoutStore = ["PrepareSourceTests", "VerdictTests", "HostileFileTests", "SubscriberIdentityTests"];

    private static readonly string _program = Path.Combine(AppContext.BaseDirectory.Replace("Interop.Tests", "Gateway.Tests", StringComparison.Ordinal), $"{Tests}.dll");

    private static readonly string[] _suite =
    [
        "-noColor", "-noLogo", "-noAutoReporters", "-namespace", $"{Tests}.Provisioning*", "-namespace", $"{Tests}.Subscribers*",
        .. _withoutStore.SelectMany(name => (string[])["-class-", $"{Tests}.Subscribers.{name}"]),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Suite_OnPostgresql_AllOfItPasses(bool hasObjectStore)
    {
        await using PostgresServer postgres = await PostgresServer.StartAsync();
        await using S3Server? s3 = hasObjectStore ? await S3Server.StartAsync() : null;
        Dictionary<string, string> store = SharedStore.Settings(postgres, s3);
        using var folder = new TempFolder();
        string report = folder.File("report.xml");
        (int status, string output) = await RunAsync([.. _suite, "-result-xml", report], store);
        Assert.True(status == 0, output);
        XElement[] run = [.. XDocument.Load(report).Descendants("test")];
        Assert.All(run, test => Assert.Equal("Pass", (string?)test.Attribute("result"))); // None was left out.
        string[] methods = [.. run.Select(test => $"{(string?)test.Attribute("type")}.{(string?)test.Attribute("method")}").Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(await ListAsync(), methods);
        int opened = postgres.Log.Split("CREATE SCHEMA").Length - 1;
        Assert.True(opened >= methods.Length / 2, $"Only {opened} stores in the server for {methods.Length} tests.");
        if (s3 is not null)
            Assert.Contains("Stored object", s3.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void TestsThatAreLeftOut_OpenNoStore()
    {
        foreach (string name in _withoutStore)
        {
            string source = File.ReadAllText(Path.Combine(Checkout.Root, "tests", "Gateway.Tests", "Subscribers", $"{name}.cs"));
            Assert.DoesNotMatch(@"\b(ApiRig|TestStore|StoreDatabase|StoreFiles)\b", source);
        }
    }

    private static async Task<string[]> ListAsync()
    {
        (int status, string output) = await RunAsync([.. _suite, "-list", "methods"], new Dictionary<string, string>());
        Assert.True(status == 0, output);
        return [.. output.Split('\n').Where(line => line.StartsWith(Tests, StringComparison.Ordinal)).Order(StringComparer.Ordinal)]; // A banner stands above them.
    }

    private static async Task<(int Status, string Output)> RunAsync(string[] arguments, Dictionary<string, string> store)
    {
        Assert.True(File.Exists(_program), $"{_program} is missing: build Avatar2D.sln.");
        await using ExternalProcess tests = ExternalProcess.Start(
            "dotnet", [_program, .. arguments], environment: store.ToDictionary(pair => $"AVATAR2D_TEST_{pair.Key.Replace(":", "__", StringComparison.Ordinal)}", pair => pair.Value));
        int status = await tests.EndedAsync(TimeSpan.FromMinutes(10));
        return (status, tests.Output);
    }
}
