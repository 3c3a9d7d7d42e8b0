using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Avatar2D.Gateway.Measuring;
using Avatar2D.Gateway.Phone;

namespace Avatar2D.Gateway.Commands;

/// <summary>Prints reports, for people or as JSON.</summary>
internal static class ReportWriter
{
    /// <summary>Prints the report of a call.</summary>
    public static async Task WriteAsync(TextWriter output, CallReport report, bool json)
    {
        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(report, ReportJson.Default.CallReport));
            return;
        }

        foreach (string line in Lines(report))
            await output.WriteLineAsync(line);
    }

    /// <summary>Prints the report of a demo.</summary>
    public static async Task WriteAsync(TextWriter output, DemoReport report, bool json)
    {
        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(report, ReportJson.Default.DemoReport));
            return;
        }

        foreach (string line in Lines(report.Call))
            await output.WriteLineAsync(line);
        await output.WriteLineAsync(Row("sound against the speech", $"{Number(report.SoundCorrelation)} (heard {Number(report.SoundDelayMs)} ms later)"));
        foreach (string line in Lines(report.Mouth, report.Sync))
            await output.WriteLineAsync(line);
        if (report.SyncPicture is not null)
            await output.WriteLineAsync(Row("sound and mouth as picture", report.SyncPicture));
        foreach (DemoCheck check in report.Checks)
            await output.WriteLineAsync($"{Verdict(check)} {check.Name}: {check.Found}, wanted {check.Wanted}");
        await output.WriteLineAsync(report.Passed ? "The demo call passed." : "The demo call FAILED.");
    }

    /// <summary>Prints the report of a bench.</summary>
    public static async Task WriteAsync(TextWriter output, BenchReport report, bool json)
    {
        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(report, ReportJson.Default.BenchReport));
            return;
        }

        await output.WriteLineAsync(Row("calls", $"{report.Calls} of {report.Size} at {report.FramesPerSecond}, {report.Failed} failed"));
        await output.WriteLineAsync(Row("frame rate", $"least {Number(report.FpsMin)}, mean {Number(report.FpsMean)}"));
        await output.WriteLineAsync(Row("pictures", $"{report.FramesSent} sent, {report.LateFrames} late, {report.DroppedFrames} left out"));
        await output.WriteLineAsync(Row("lateness, 99 %", $"{Number(report.LatenessMsP99)} ms"));
        await output.WriteLineAsync(Row("picture against sound", $"{Number(report.AvSkewMsP50)} ms (half), drift {Number(report.AvSkewDriftMs)} ms"));
        await output.WriteLineAsync(Row("memory", $"resident {Numbers(report.ResidentMb)} MB, managed {Numbers(report.HeapMb)} MB (begin, end)"));
        foreach ((string stage, double ms) in report.CorePerFrameMs)
            await output.WriteLineAsync(Row($"core time, {stage}", $"{Number(ms)} ms a picture"));
    }

    /// <summary>Prints the report of a load.</summary>
    public static async Task WriteAsync(TextWriter output, LoadReport report, bool json)
    {
        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(report, ReportJson.Default.LoadReport));
            return;
        }

        await output.WriteLineAsync(Row("calls", $"{report.Calls}, {report.Peak} at one time, {Number(report.CallSeconds)} s together, {report.Failed} failed"));
        await output.WriteLineAsync(Row("endings", string.Join(", ", report.Endings.Select(ending => $"{ending.Value} {ending.Key}"))));
        await output.WriteLineAsync(Row("heard and seen", $"{report.AudioPackets} voice packets ({Number(report.AudioLossPercentP50)} % lost, half of the calls less), {report.Pictures} pictures"));
        if (report.Process.Count < 2)
            return;
        (ProcessSample first, ProcessSample last) = (report.Process[0], report.Process[^1]);
        await output.WriteLineAsync(Row("core time", $"{Number(report.CoreMsPerCallSecond)} ms for a second of a call"));
        await output.WriteLineAsync(Row("memory", $"{Number(first.ResidentMb)} MB before, {Number(report.Process.Max(sample => sample.ResidentMb))} at most, {Number(last.ResidentMb)} after"));
        await output.WriteLineAsync(Row("handles, sockets, threads", $"{first.Handles}, {first.Sockets}, {first.Threads} before; {last.Handles}, {last.Sockets}, {last.Threads} after"));
    }

    private static IEnumerable<string> Lines(CallReport report)
    {
        yield return Row("call", $"SIP {report.SipStatus}, ended: {report.EndReason}");
        yield return Row("codecs", $"{report.AudioCodec ?? "none"}, {report.VideoCodec ?? "no picture"} {report.VideoSize}");
        yield return Row("ACK to re-INVITE", $"{Number(report.AckToReinviteMs)} ms");
        yield return Row("its ACK to first picture", $"{Number(report.FirstIdrMs)} ms");
        yield return Row("pictures", $"{report.FramesReceived}, {Number(report.Fps)} a second, largest gap {Number(report.LargestGapMs)} ms");
        yield return Row("lost", $"video {Number(report.VideoLossPercent)} %, audio {Number(report.AudioLossPercent)} %");
        yield return Row("picture against sound", $"{Number(report.AvSkewMsP50)} ms (half), {Number(report.AvSkewMsP95)} ms (95 %)");
        if (report.Recording is not null)
            yield return Row("recording", report.Recording);
    }

    private static IEnumerable<string> Lines(MouthFigures? mouth, SyncFigures? sync)
    {
        if (mouth is null)
            yield return Row("mouth", "not read: no face model, or an avatar that nothing here can read");
        else
            yield return Row("mouth", $"{mouth.Pictures} pictures read by {mouth.Meter}, amplitude {Number(mouth.Slope)} of the film's, 95 % below {Number(mouth.OpeningP95)} eye distances");
        if (sync is not null)
            yield return Row("test signal", $"{sync.Events} of {sync.Wanted} events found; voice to sound {Number(sync.VoiceToSoundMsP50)} ms, to picture {Number(sync.VoiceToPictureMsP50)} ms (half)");
    }

    /// <summary>What does not decide is told without alarm, but never as reached when it is not.</summary>
    private static string Verdict(DemoCheck check) => check.Passed ? "ok    " : check.Decides ? "FAILED" : "missed";

    private static string Row(string name, string value) => $"{name,-26}{value}";

    private static string Numbers(IEnumerable<double> values) => string.Join(", ", values.Select(value => Number(value)));

    private static string Number(double? value) => value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "-";
}

/// <summary>JSON of the reports: camelCase names, which are a contract.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CallReport))]
[JsonSerializable(typeof(DemoReport))]
[JsonSerializable(typeof(BenchReport))]
[JsonSerializable(typeof(LoadReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
