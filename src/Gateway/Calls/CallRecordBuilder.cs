using Avatar2D.Gateway.Calls.Media;
using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Rtp.Sdp;

namespace Avatar2D.Gateway.Calls;

/// <summary>Collects what the call detail record of one call needs and writes it once.</summary>
/// <param name="start">What is known when the INVITE has come.</param>
/// <param name="writer">Where it goes.</param>
/// <param name="time">Clock of the record.</param>
internal sealed class CallRecordBuilder(CallDetailRecord start, CdrWriter writer, TimeProvider time)
{
    private CallDetailRecord _record = start;

    /// <summary>The INVITE was answered.</summary>
    public void Answered(int status) => _record = _record with { AnswerTime = time.GetUtcNow(), SipStatus = status };

    /// <summary>The far end said no to the picture.</summary>
    public void PictureRefused() => _record = _record with { NoPictureReason = CdrNoPicture.Refused };

    /// <summary>The far end has ended the call and said why.</summary>
    /// <param name="reason">Its Reason header fields (RFC 3326).</param>
    public void FarEndGaveReason(string reason) => _record = _record with { FarEndReason = CallerHeaders.Cut(reason) };

    /// <summary>The call is over.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="figures">Its media; null for a call that never had any.</param>
    public void Finish(CallEndReason reason, CallFigures? figures)
    {
        CallDetailRecord record = _record with
        {
            EndTime = time.GetUtcNow(),
            EndReason = reason,
            SipStatus = _record.AnswerTime is null ? reason.Info().SipStatus : _record.SipStatus,
        };
        if (figures is not null)
            record = WithMedia(record, figures);
        writer.TryWrite(record);
    }

    private static CallDetailRecord WithMedia(CallDetailRecord record, CallFigures figures) => record with
    {
        AudioCodec = NameOf(figures.AudioCodec),
        VideoCodec = NameOf(figures.VideoCodec),
        NoPictureReason = figures.VideoCodec is null ? record.NoPictureReason : null,
        VideoWidth = figures.Format?.Width,
        VideoHeight = figures.Format?.Height,
        VideoFramesPerSecond = figures.Format is { } format ? (int)format.FrameRate : null,
        FirstPictureDelayMs = figures.FirstPictureDelay?.TotalMilliseconds,
        FramesSent = figures.Pictures.FramesSent,
        FramesLate = figures.Pictures.FramesLate,
        FramesDropped = figures.Pictures.FramesDropped,
        KeyFrameRequests = figures.KeyFrameRequests,
        KeysPressed = figures.Keys,
        AudioPacketsReceived = figures.Audio.PacketsReceived,
        AudioPacketsSent = figures.Audio.PacketsSent,
        AudioPacketsLost = figures.Audio.PacketsLost,
        AudioJitterMs = figures.Audio.Jitter.TotalMilliseconds,
        VideoPacketsSent = figures.Video?.PacketsSent ?? 0,
        RemoteAudioLossPercent = figures.Audio.RtcpReceived > 0 ? figures.Audio.RemoteFractionLost / 2.56 : null,
        RemoteVideoLossPercent = figures.Video is { RtcpReceived: > 0 } video ? video.RemoteFractionLost / 2.56 : null,
    };

    private static string? NameOf(CodecKind? kind) => kind switch
    {
        CodecKind.Pcmu => "PCMU",
        CodecKind.Pcma => "PCMA",
        CodecKind.G722 => "G722",
        CodecKind.Amr => "AMR",
        CodecKind.AmrWb => "AMR-WB",
        CodecKind.Opus => "opus",
        CodecKind.H264 => "H264",
        CodecKind.H265 => "H265",
        _ => null,
    };
}
