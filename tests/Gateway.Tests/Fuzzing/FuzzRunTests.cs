using Avatar2D.Gateway.Commands;
using Avatar2D.Gateway.Fuzzing;
using Avatar2D.Gateway.Tests.Commands;
using Avatar2D.Gateway.Tests.Load;

namespace Avatar2D.Gateway.Tests.Fuzzing;

/// <remarks>A run judges the live heap of the whole process.</remarks>
[Collection(AloneInTheProcess.Name)]
public sealed class FuzzRunTests
{
    public static TheoryData<string> Names => [.. FuzzTargets.All.Select(target => target.Name)];

    /// <summary>Inputs that once failed, or that are kept for their oddness, as hexadecimal text: parser, bytes.</summary>
    public static TheoryData<string, string> Found => new()
    {
        { "sdp", "763D300A6F3D612031203120494E2049503420680A733D200A743D3020300A6D3D617564696F203420" },
        { "rtp", "BF0000000000000000000000" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Run_AShortOne_FindsNothingAndTakesSome(string name)
    {
        FuzzReport report = await new FuzzRun(FuzzTargets.Find(name)!, seed: 11, from: 0, count: 20_000, TimeProvider.System)
            .RunAsync(_ => { }, TestContext.Current.CancellationToken);

        Assert.Empty(report.Failures);
        Assert.Equal(20_000, report.Inputs);
        Assert.InRange(report.Accepted, 200, 20_000);
    }

    [Theory]
    [MemberData(nameof(Found))]
    public void Check_KeptInput_Passes(string name, string hex) => FuzzTargets.Find(name)!.Open()(Convert.FromHexString(hex));

    [Fact]
    public void Make_SameSeedAndNumber_SameInputWhateverCameBefore()
    {
        var one = new Mutator(FuzzTargets.Find("sip")!, 5);
        var other = new Mutator(FuzzTargets.Find("sip")!, 5);
        for (int i = 0; i < 100; i++)
            one.Make(i);
        Assert.Equal(other.Make(100), one.Make(100));
        Assert.NotEqual(other.Make(100), new Mutator(FuzzTargets.Find("sip")!, 6).Make(100));
    }

    [Fact]
    public async Task Run_ParserThatThrows_IsFoundWithTheNumberOfTheInput()
    {
        var broken = new FuzzTarget("broken", [[1, 2, 3, 4]], [], () => input => input.Length > 8 ? throw new InvalidOperationException("long") : true);
        FuzzReport report = await new FuzzRun(broken, 1, 0, 1000, TimeProvider.System).RunAsync(_ => { }, TestContext.Current.CancellationToken);

        Assert.NotEmpty(report.Failures);
        Assert.All(report.Failures, failure => Assert.True(new Mutator(broken, 1).Make(failure.Number).Length > 8));
    }

    [Theory]
    [InlineData("fuzz --target nonsense", "--target")]
    [InlineData("fuzz --count 0", "--count")]
    [InlineData("fuzz --from -1", "--from")]
    public async Task Verb_WrongUse_IsRefused(string arguments, string expected)
    {
        CommandRun run = await CommandRun.OfAsync(arguments.Split(' '));
        run.AssertUsageError(expected);
    }

    [Fact]
    public async Task Verb_OfTwoParsers_ReportsBothAsJson()
    {
        CommandRun run = await CommandRun.OfAsync(["fuzz", "--target", "rtcp,telephone-event", "--count", "500", "--json"]);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("\"target\":\"rtcp\",\"seed\":1,\"from\":0,\"inputs\":500", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"target\":\"telephone-event\"", run.Output, StringComparison.Ordinal);
    }
}
