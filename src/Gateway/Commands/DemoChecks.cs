using System.Globalization;
using Avatar2D.Gateway.Measuring;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Phone;

namespace Avatar2D.Gateway.Commands;

/// <summary>What the demo call is held to.</summary>
internal static class DemoChecks
{
    /// <summary>Bound on the first picture, measured from the ACK of the re-INVITE.</summary>
    private const double FirstPictureMs = 500;

    /// <summary>Two lossy codings away from the speech, G.711 still has far more than this.</summary>
    private const double SoundBound = 0.9;

    /// <summary>Opus keeps what is heard, not the wave form.</summary>
    private const double OpusSoundBound = 0.7;

    private const double MouthBound = 0.9, OtherBelow = 0.4, ClosureBound = 0.8, PauseBound = 0.95;

    private const double DelayP50Ms = 185, DelayP95Ms = 220, SkewMs = 20;

    /// <summary>
    /// All checks. The call itself decides whether the demo passed; what the mouth does and how late it is depends on the model and on
    /// what else the machine has to do, so it is told and does not decide.
    /// </summary>
    public static IReadOnlyList<DemoCheck> Of(DemoReport report, GatewayOptions options, AudioCodecChoice codec) =>
        [.. OfCall(report, options, codec), .. OfMouth(report.Mouth, options.Video.FramesPerSecond), .. OfSync(report.Sync)];

    private static IEnumerable<DemoCheck> OfCall(DemoReport report, GatewayOptions options, AudioCodecChoice codec)
    {
        CallReport call = report.Call;
        double soundBound = codec is AudioCodecChoice.Opus or AudioCodecChoice.Amr or AudioCodecChoice.AmrWb ? OpusSoundBound : SoundBound;
        int fps = options.Video.FramesPerSecond;
        yield return new("the call was answered", $"SIP {call.SipStatus}", "SIP 200", call.SipStatus == 200, true);
        yield return new("first picture", Text(call.FirstIdrMs, "ms"), $"<= {FirstPictureMs} ms after the ACK", call.FirstIdrMs <= FirstPictureMs, true);
        yield return new("frame rate", Text(call.Fps, "fps"), $"{fps} fps", call.Fps > fps - 1, true);
        yield return new("sound", Text(report.SoundCorrelation, ""), Text(soundBound, "", ">= "), report.SoundCorrelation >= soundBound, true);
        yield return new("recording", call.Recording ?? "none", "a file", call.Recording is not null, true);
    }

    private static IEnumerable<DemoCheck> OfMouth(MouthFigures? mouth, int fps)
    {
        double frameMs = 1000.0 / fps;
        double? other = mouth?.OtherCorrelation;
        double? recall = mouth is { Closures: > 0 } ? (double)mouth.Closed / mouth.Closures : null;
        yield return new("mouth as the model's own film", Text(mouth?.Correlation, "r"), Text(MouthBound, "r", ">= "), mouth?.Correlation >= MouthBound, false);
        yield return new("mouth against its sound", Text(mouth?.LagMs, "ms"), Text(frameMs, "ms", "+-"), Math.Abs(mouth?.LagMs ?? double.NaN) <= frameMs, false);
        yield return new(
            "mouth against other sentences", Text(other, "r"), Text(mouth?.Correlation - OtherBelow, "r", "<= "), other <= mouth?.Correlation - OtherBelow, false);
        yield return new(
            "lips closed in m, b and p", mouth is null ? "none" : $"{mouth.Closed} of {mouth.Closures}", Text(100 * ClosureBound, "%", ">= "), recall >= ClosureBound, false);
        yield return new(
            "lips closed in pauses", Text(100 * mouth?.PausesClosed, "% of pictures"), Text(100 * PauseBound, "%", ">= "), mouth?.PausesClosed >= PauseBound, false);
    }

    private static IEnumerable<DemoCheck> OfSync(SyncFigures? sync)
    {
        double? arrival = sync?.ArrivalSkewMsP95;
        double? stamps = sync?.StampSkewMsP95;
        yield return new(
            "voice to picture", $"{Text(sync?.VoiceToPictureMsP50, "ms")} (half), {Text(sync?.VoiceToPictureMsP95, "ms")} (95 %)",
            $"<= {DelayP50Ms} and {DelayP95Ms} ms", sync?.VoiceToPictureMsP50 <= DelayP50Ms && sync?.VoiceToPictureMsP95 <= DelayP95Ms, false);
        yield return new("picture against sound, by arrival", Text(arrival, "ms (95 %)"), Text(SkewMs, "ms", "+-"), Math.Abs(arrival ?? double.NaN) <= SkewMs, false);
        yield return new("picture against sound, by stamps", Text(stamps, "ms (95 %)"), Text(SkewMs, "ms", "+-"), Math.Abs(stamps ?? double.NaN) <= SkewMs, false);
    }

    private static string Text(double? value, string unit, string sign = "") =>
        value is { } number ? string.Create(CultureInfo.InvariantCulture, $"{sign}{number:0.##} {unit}").TrimEnd() : "none";
}
