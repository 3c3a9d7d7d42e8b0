using System.Text.Json;
using Avatar2D.Gateway.Commands;
using Avatar2D.Gateway.Measuring;
using Avatar2D.Gateway.Phone;

namespace Avatar2D.Gateway.Tests.Commands;

/// <summary>The JSON of the reports is read by machines: names do not change.</summary>
public sealed class ReportContractTests
{
    private static readonly string[] Contract =
    [
        "ackToReinviteMs", "firstIdrMs", "framesReceived", "fps", "largestGapMs", "videoLossPercent", "audioLossPercent",
        "avSkewMsP50", "avSkewMsP95", "endReason",
    ];

    private static readonly string[] Besides = ["videoRotationDegrees", "sipStatus", "audioCodec", "videoCodec", "videoSize", "recording"];

    private static readonly CallReport Full = new()
    {
        SipStatus = 200,
        AckToReinviteMs = 120.5,
        FirstIdrMs = 31,
        FramesReceived = 250,
        Fps = 25,
        LargestGapMs = 44,
        VideoLossPercent = 0,
        AudioLossPercent = 0.5,
        AvSkewMsP50 = -3,
        AvSkewMsP95 = 12,
        AudioCodec = "Opus",
        VideoCodec = "H264",
        VideoSize = "512x512",
        EndReason = "local_hangup",
        Recording = "call.mp4",
    };

    [Fact]
    public async Task Write_CallReportAsJson_HasTheNamesOfTheContract()
    {
        JsonElement report = await JsonOfAsync(writer => ReportWriter.WriteAsync(writer, Full, json: true));
        string[] names = [.. report.EnumerateObject().Select(property => property.Name)];
        Assert.Equal(Contract.Concat(Besides).Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
        Assert.Equal(120.5, report.GetProperty("ackToReinviteMs").GetDouble());
        Assert.Equal("local_hangup", report.GetProperty("endReason").GetString());
    }

    [Fact]
    public async Task Write_CallWithoutPicture_FiguresThatNeverCameAreNull()
    {
        var report = new CallReport { SipStatus = 486, FramesReceived = 0, EndReason = "busy" };
        JsonElement json = await JsonOfAsync(writer => ReportWriter.WriteAsync(writer, report, json: true));
        foreach (string name in Contract.Except(["framesReceived", "endReason"]))
            Assert.Equal(JsonValueKind.Null, json.GetProperty(name).ValueKind);
    }

    [Fact]
    public async Task Write_DemoReportAsJson_HoldsCallAndChecks()
    {
        var demo = new DemoReport(
            Full, 0.98, 640, new MouthFigures { Correlation = 0.93 }, new SyncFigures { Events = 14, Wanted = 14 }, "sync.png",
            [new DemoCheck("sound", "0.98", ">= 0.9", true, true), new DemoCheck("recording", "none", "a file", false, true)]);
        JsonElement json = await JsonOfAsync(writer => ReportWriter.WriteAsync(writer, demo, json: true));
        Assert.Equal(["passed", "call", "soundCorrelation", "soundDelayMs", "mouth", "sync", "syncPicture", "checks"], json.EnumerateObject().Select(property => property.Name));
        Assert.False(json.GetProperty("passed").GetBoolean());
        Assert.Equal(
            ["meter", "pictures", "correlation", "lagMs", "slope", "otherCorrelation", "closures", "closed", "pausesClosed", "openingP95"],
            json.GetProperty("mouth").EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            ["events", "wanted", "voiceToPictureMsP50", "voiceToPictureMsP95", "voiceToSoundMsP50", "arrivalSkewMsP50", "arrivalSkewMsP95", "stampSkewMsP50", "stampSkewMsP95"],
            json.GetProperty("sync").EnumerateObject().Select(property => property.Name));
        Assert.Equal(31, json.GetProperty("call").GetProperty("firstIdrMs").GetDouble());
        Assert.Equal(["name", "found", "wanted", "passed", "decides"], json.GetProperty("checks")[0].EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task Write_ForPeople_SaysWhatFailed()
    {
        using var writer = new StringWriter();
        await ReportWriter.WriteAsync(writer, new DemoReport(
            Full, 0.2, 0, null, null, null, [new DemoCheck("sound", "0.2", ">= 0.9", false, true), new DemoCheck("mouth", "0.8 r", ">= 0.9 r", false, false)]), json: false);
        Assert.Contains("FAILED sound: 0.2, wanted >= 0.9", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains("missed mouth: 0.8 r, wanted >= 0.9 r", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains("The demo call FAILED.", writer.ToString(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> JsonOfAsync(Func<TextWriter, Task> write)
    {
        using var writer = new StringWriter();
        await write(writer);
        return JsonDocument.Parse(writer.ToString()).RootElement;
    }
}
